package provider_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// home is a workspace of a user who has a home folder of their own and no configuration of the command line.
type home struct {
	*workspace
	at, cloud string
}

// newHome is the home of a user who has run make install, and who has the stand-in of huaweicloud's provider in the
// same mirror. It returns what make install printed.
func newHome(t *testing.T) (home, string) {
	t.Helper()
	h := home{workspace: newFolder(t), at: t.TempDir(), cloud: t.TempDir()}
	h.env = []string{"HOME=" + h.at, "XDG_DATA_HOME=", "XDG_CONFIG_HOME=", "TF_CLI_CONFIG_FILE=", "STANDIN_CLOUD=" + h.cloud}
	telemetry := filepath.Join(h.at, ".config", "go", "telemetry") // which go would write to after the test
	if err := os.MkdirAll(telemetry, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(telemetry, "mode"), []byte("off"), 0o600); err != nil {
		t.Fatal(err)
	}
	printed := h.make("install")
	folder := filepath.Join(
		h.at, ".terraform.d", "plugins", os.Getenv("TF_ACC_PROVIDER_HOST"), "huaweicloud", "huaweicloud", "1.97.1",
		runtime.GOOS+"_"+runtime.GOARCH,
	)
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(folder, "terraform-provider-huaweicloud_v1.97.1"),
		"github.com/cidrplan/terraform-provider-cidrplan/internal/standin").CombinedOutput()
	if err != nil {
		t.Fatalf("build of the stand-in: %v\n%s", err, out)
	}
	return h, printed
}

// make runs a target of the makefile. Go keeps its caches, which it would look for in the home folder.
func (h home) make(target string) string {
	h.t.Helper()
	caches, err := exec.Command("go", "env", "GOPATH", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command("make", "--no-print-directory", "-C", repository, target)
	cmd.Env = append(os.Environ(), h.env...)
	for i, value := range strings.Fields(string(caches)) {
		cmd.Env = append(cmd.Env, []string{"GOPATH", "GOCACHE", "GOMODCACHE"}[i]+"="+value)
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		h.t.Fatalf("make %s: %v\n%s", target, err, out)
	}
	return string(out)
}

// empty asks that a plan changes nothing.
func (h home) empty() {
	h.t.Helper()
	if out := h.run("plan"); !strings.Contains(out, "No changes.") {
		h.t.Fatalf("want an empty plan, got\n%s", out)
	}
}

// built is what the cloud was given for a cluster beyond what it returns.
func (h home) built(name string) map[string]string {
	h.t.Helper()
	var cluster struct{ ExtendParam map[string]string }
	if err := json.Unmarshal([]byte(read(h.t, filepath.Join(h.cloud, "cce-"+name+".json"))), &cluster); err != nil {
		h.t.Fatal(err)
	}
	return cluster.ExtendParam
}

// cceClusters are the documented blocks of huaweicloud_cce_cluster: that of the example for all three networks, that of the
// README, and that of the guide for a cluster with multi_az. What they leave out, or take from resources that the
// stand-in lacks, is filled in.
func cceClusters(t *testing.T) string {
	t.Helper()
	out := resourceOf(t, read(t, repository+"/examples/platforms/huaweicloud/cluster.tf"), "all", "", nil)
	for label, page := range map[string]string{"readme": english, "az": "docs/guides/feeding-ack-and-cce.md"} {
		for _, b := range blocks(t, page) {
			if strings.Contains(b.text, "huaweicloud_cce_cluster") && strings.Contains(b.text, "multi_az") == (label == "az") &&
				b.language != "text" {
				out += resourceOf(
					t, b.text, label, `"`+label+`"`,
					map[string]string{"flavor_id": `"cce.s2.medium"`, "container_network_type": `"vpc-router"`},
				)
			}
		}
	}
	return out
}

// resourceOf is the first huaweicloud_cce_cluster of a text under another label, with arguments that it lacks.
func resourceOf(t *testing.T, text, label, name string, lacking map[string]string) string {
	t.Helper()
	for _, block := range parse(t, label, text).Body().Blocks() {
		if block.Type() != "resource" || block.Labels()[0] != "huaweicloud_cce_cluster" {
			continue
		}
		block.SetLabels([]string{block.Labels()[0], label})
		body := block.Body()
		for argument, value := range lacking {
			if body.GetAttribute(argument) == nil {
				body.SetAttributeRaw(argument, raw(value))
			}
		}
		body.SetAttributeRaw("vpc_id", raw(`"vpc-1"`))
		body.SetAttributeRaw("subnet_id", raw(`"subnet-1"`))
		if body.GetAttribute("eni_subnet_id") != nil {
			body.SetAttributeRaw("eni_subnet_id", raw(`each.value.pod_subnets == null ? null : "subnet-2,subnet-3"`))
		}
		if name != "" {
			body.SetAttributeRaw("name", raw(name))
		}
		return string(block.BuildTokens(nil).Bytes())
	}
	t.Fatalf("no huaweicloud_cce_cluster for %q", label)
	return ""
}

func raw(expression string) hclwrite.Tokens {
	return hclwrite.Tokens{{Type: hclsyntax.TokenIdent, Bytes: []byte(expression)}}
}

// TestAccInstalledBesideACloudProvider does what the README says from a fresh clone: make install, the lines that it
// prints beside another provider, init, plan and apply. The clusters are built with the documented blocks; the second
// plan is empty, and an import of clusters that exist replaces none.
func TestAccInstalledBesideACloudProvider(t *testing.T) {
	t.Parallel()
	h, printed := newHome(t)
	lines := regexp.MustCompile(`(?s)  terraform \{.*?\n  \}\n`).FindString(printed)
	if !strings.Contains(strings.Join(strings.Fields(read(t, repository+"/"+english)), " "), strings.Join(strings.Fields(lines), " ")) {
		t.Errorf("make install does not print the lines of the README:\n%s", printed)
	}
	h.file(
		"versions.tf",
		strings.Replace(
			lines, "cidrplan/cidrplan\" }\n", "cidrplan/cidrplan\" }\n huaweicloud = { source = \"huaweicloud/huaweicloud\" }\n", 1,
		),
	)
	h.file(
		"main.tf",
		strings.Replace(
			read(t, "testdata/clouds/cce_by_hand.tf"), "prevent_destroy = true", "prevent_destroy = false", 1,
		),
	)
	clusters := cceClusters(t)
	h.file("cluster.tf", clusters)

	h.run("init")
	h.run("plan", "-out=tfplan")
	h.run("apply", "tfplan")
	h.empty()
	for _, name := range []string{"search", "readme", "az"} {
		if got := h.built(name)["alpha.cce/fixPoolMask"]; got != "25" {
			t.Errorf("cluster %q has node blocks of %q, want 25", name, got)
		}
	}

	ids := map[string]string{`all["batch"]`: "batch", `all["pay"]`: "pay", `all["search"]`: "search", "readme": "readme", "az": "az"}
	imports := ""
	forget := []string{"state", "rm"}
	for address, id := range ids {
		imports += "import {\n to = huaweicloud_cce_cluster." + address + "\n id = \"cce-" + id + "\"\n}\n"
		forget = append(forget, "huaweicloud_cce_cluster."+address)
	}
	h.forget(forget...)
	h.file("imports.tf", imports)
	h.file("cluster.tf", withoutLifecycle(t, clusters))
	if out := h.run("plan"); !strings.Contains(out, "5 to import, 5 to add, 0 to change, 5 to destroy") {
		t.Errorf("without ignore_changes the stand-in must replace all that was imported, as the real provider does:\n%s", out)
	}
	h.file("cluster.tf", clusters)
	if out := h.run("apply", "-auto-approve"); !strings.Contains(out, "5 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("an import must change nothing:\n%s", out)
	}
	h.empty()

	if out := h.run("plan", `-replace=huaweicloud_cce_cluster.all["search"]`); !strings.Contains(out, `+ fix_pool_mask = "25"`) {
		t.Errorf("an imported cluster that is replaced must get node blocks of /25:\n%s", out)
	}
	h.run("destroy", "-auto-approve")
	if left, err := filepath.Glob(h.cloud + "/*"); err != nil || len(left) > 0 {
		t.Errorf("left in the cloud: %v %v", left, err)
	}
	h.make("uninstall")
	if left, err := filepath.Glob(h.at + "/.terraform.d/plugins/*/cidrplan"); err != nil || len(left) > 0 {
		t.Errorf("make uninstall leaves %v %v", left, err)
	}
}

// forget is state rm, which has its options behind the second word.
func (h home) forget(args ...string) {
	h.t.Helper()
	cmd := exec.Command(os.Getenv("TF_ACC_TERRAFORM_PATH"), args...)
	cmd.Dir, cmd.Env = h.dir, append(os.Environ(), h.env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

func withoutLifecycle(t *testing.T, text string) string {
	t.Helper()
	file := parse(t, "clusters", text)
	for _, block := range file.Body().Blocks() {
		for _, inner := range block.Body().Blocks() {
			if inner.Type() == "lifecycle" {
				block.Body().RemoveBlock(inner)
			}
		}
	}
	return string(file.Bytes())
}
