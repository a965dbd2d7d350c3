package provider_test

import (
	"archive/zip"
	"encoding/json"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// factsConfig is an allocator in a Huawei Cloud VPC whose existing clusters are facts of an expression.
func factsConfig(clusters string) string {
	return requiring("huaweicloud") + `
locals {
  network = provider::cidrplan::facts({ huaweicloud = { vpcs = { prod = huaweicloud_vpc.prod }, clusters = ` + clusters + ` } })
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  vpcs      = local.network.vpcs
  existing  = local.network.existing
  clusters  = { new = { vpc = "prod", profile = "cce-overlay", max_nodes = 20 } }
}
`
}

func cceCluster(label, forEach, pods string) string {
	return `
resource "huaweicloud_cce_cluster" "` + label + `" {
  for_each               = ` + forEach + `
  name                   = each.key
  flavor_id              = "cce.s2.medium"
  vpc_id                 = "vpc-1"
  subnet_id              = "subnet-1"
  container_network_type = "overlay_l2"
  container_network_cidr = ` + pods + `
  service_network_cidr   = "10.247.0.0/16"
}
`
}

const factsVPC = `
resource "huaweicloud_vpc" "prod" {
  name = "prod"
  cidr = "172.16.0.0/16"
}
`

// What consumes an allocation is never among the facts of its allocator: one resource block with an if is a cycle, two blocks are none.
func TestAccClustersAmongTheFactsOfTheirAllocator(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "").withClouds(nil)
	allocated := "cidrplan_allocator.k8s.allocations"
	w.file("main.tf", factsConfig(`{ for k, v in huaweicloud_cce_cluster.all : k => v if k == "old" }`)+factsVPC+
		cceCluster(
			"all", "merge({ old = null }, "+allocated+")",
			`each.key == "old" ? "10.65.0.0/16" : each.value.cce.container_network_cidr`,
		))
	w.fails(regexp.MustCompile(`Error: Cycle: .*cidrplan_allocator\.k8s`), "plan")

	w.file("main.tf", factsConfig("huaweicloud_cce_cluster.old")+factsVPC+cceCluster("old", `{ old = "10.64.0.0/16" }`, "each.value")+
		cceCluster("new", allocated, "each.value.cce.container_network_cidr"))
	all := w.plans()
	if unknown := unknowns("", all[allocator].Change.AfterUnknown.(map[string]any)["allocations"]); len(unknown) > 0 {
		t.Errorf("not known in the plan: %s", unknown)
	}
	pods, _ := all[`huaweicloud_cce_cluster.new["new"]`].Change.After["container_network_cidr"].(string)
	if pods == "" || strings.HasPrefix(pods, "10.64.") {
		t.Errorf("the new cluster has %q", pods)
	}
}

// A set of a new VPC with one element that is known after apply is unknown as a whole, which means none. Terraform stops where it turns
// out to have a range, and the next plan has it.
func TestAccSetOfANewVPCWithAnUnknownElement(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "").withClouds(nil)
	w.file("main.tf", factsConfig("{}")+edit(t, factsVPC, "  name = ", "  secondary_cidrs = [terraform_data.block.output]\n  name = ")+`
resource "terraform_data" "block" {
  input = "172.20.0.0/16"
}
`)
	w.fails(regexp.MustCompile(`(?s)Provider produced inconsistent final plan.*cidrplan_allocator\.k8s.*\.vpcs`), "apply", "-auto-approve")
	w.run("apply", "-auto-approve")
	w.wantEmptyPlan()
}

// secret is the value of each attribute that cidrplan must not read.
const secret = "s3cr3t-of-a-cluster"

// Credentials in the objects of clusters are in no plan, state, message or log.
func TestAccCredentialsOfClustersStayOut(t *testing.T) {
	t.Parallel()
	given, catalog := map[string]map[string]any{}, clouds.Default()
	for cloud := range cloudSources {
		objects := map[string]any{}
		for _, typ := range catalog.Platform(cloud).Of(clouds.Clusters) {
			if typ.Elements == "" {
				objects[typ.Name] = withSecrets(t, cloud, typ)
			}
		}
		given[cloud] = map[string]any{"clusters": objects}
	}
	text, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	w := newInstalled(t, `
locals {
  objects = jsondecode(file("objects.json"))
  live    = provider::cidrplan::facts(local.objects)
}
output "live" {
  value = local.live
}
`)
	w.file("objects.json", string(text))
	w.env = append(w.env, "TF_LOG=TRACE", "TF_LOG_PATH="+filepath.Join(w.dir, "trace.log"))
	shown := w.run("plan", "-out=plan") + w.run("show", "-json", "plan") + w.run("apply", "plan") + read(t, w.stateAt())
	for _, member := range unzipped(t, filepath.Join(w.dir, "plan")) {
		shown += member
	}
	w.config(strings.Replace(read(t, filepath.Join(w.dir, "main.tf")), header, "", 1) + `
output "wrong" {
  value = provider::cidrplan::facts({
    alicloud = { vpcs = local.objects.alicloud.clusters, clusters = local.objects.huaweicloud.clusters }
  })
}
`)
	shown += w.fails(regexp.MustCompile("alicloud_cs_managed_kubernetes"), "plan") + read(t, filepath.Join(w.dir, "trace.log"))
	if !strings.Contains(shown, "10.99.0.0/16") {
		t.Error("the ranges were not read")
	}
	if at := strings.Index(shown, secret); at >= 0 {
		t.Errorf("a secret is shown: %s", shown[max(0, at-200):min(len(shown), at+200)])
	}
}

// withSecrets is an object of a type with ranges where the data reads them, and a secret in each other attribute.
func withSecrets(t *testing.T, cloud string, typ *clouds.Type) map[string]any {
	t.Helper()
	var types map[string]struct{ Attributes, Block_types map[string]any } //nolint:revive // the name in the file
	if err := json.Unmarshal([]byte(read(t, "../clouds/testdata/schemas/"+cloud+".json")), &types); err != nil {
		t.Fatal(err)
	}
	object := map[string]any{"kube_config_raw": secret, "password": secret, "psk": secret}
	for _, of := range []map[string]any{types[typ.Name].Attributes, types[typ.Name].Block_types} {
		for name := range of {
			object[name] = secret
		}
	}
	for _, path := range typ.Paths() {
		first, rest, deeper := strings.Cut(path, ".")
		value := "10.99.0.0/16"
		switch {
		case strings.Contains(path, "mask"):
			value = "24"
		case slices.Contains(typ.ID, path):
			value = typ.Name
		}
		switch {
		case deeper && object[first] == secret:
			object[first] = map[string]any{rest: value, "password": secret}
		case deeper:
			object[first].(map[string]any)[rest] = value
		default:
			object[first] = value
		}
	}
	return object
}

// unzipped are the contents of the files in a zip file.
func unzipped(t *testing.T, path string) []string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close() //nolint:errcheck // only read
	var out []string
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}
