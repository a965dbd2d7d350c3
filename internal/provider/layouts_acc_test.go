package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The layouts of a configuration that the README shows, with for_each and modules. They are run
// by the command line, since the test framework's steps know no for_each.

// literal plans the configuration and returns the Pod ranges that the plan shows, which must all
// be known.
func (w *workspace) literal() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	planned := w.plans()[allocator].Change
	if unknown, _ := json.Marshal(planned.AfterUnknown); strings.Contains(string(unknown), "true") {
		w.t.Fatalf("the plan leaves values unknown: %s", unknown)
	}
	allocations, _ := planned.After["allocations"].(map[string]any)
	for name, a := range allocations {
		out[name], _ = a.(map[string]any)["pod_cidr"].(string)
	}
	return out
}

func (w *workspace) expect(want map[string]string) {
	w.t.Helper()
	if got := w.literal(); !maps.Equal(got, want) {
		w.t.Fatalf("Pod ranges in the plan = %v, want %v", got, want)
	}
}

// applied applies the last plan; the next one must be empty.
func (w *workspace) applied() {
	w.t.Helper()
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
}

func TestAccLayoutClustersAsResources(t *testing.T) {
	t.Parallel()
	config := `
variable "clusters" {
  type    = map(object({ max_nodes = number }))
  default = { shop = { max_nodes = 100 }, data = { max_nodes = 50 } }
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_cluster" "all" {
  for_each  = var.clusters
  name      = each.key
  vpc       = cidrplan_vpc.prod.name
  profile   = "ack-flannel"
  max_nodes = each.value.max_nodes
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = cidrplan_cluster.all
}
resource "terraform_data" "consumer" {
  for_each = cidrplan_allocator.k8s.allocations
  input    = each.value.ack
}
output "inputs" {
  value = { for k, c in terraform_data.consumer : k => c.output.pod_cidr }
}
`
	w := newWorkspace(t, config)
	w.expect(map[string]string{"shop": "10.64.0.0/19", "data": "10.64.32.0/20"})
	w.applied()
	w.config(strings.Replace(config, "data = {", "a = { max_nodes = 300 }, data = {", 1))
	w.expect(map[string]string{"a": "10.64.128.0/17", "shop": "10.64.0.0/19", "data": "10.64.32.0/20"})
	w.applied()
	var inputs map[string]string
	if err := json.Unmarshal([]byte(w.output("inputs")), &inputs); err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"a": "10.64.128.0/17", "shop": "10.64.0.0/19", "data": "10.64.32.0/20"}; !maps.Equal(inputs, want) {
		t.Errorf("consumers got %v, want %v", inputs, want)
	}
	w.run("destroy", "-auto-approve")
}

func TestAccLayoutModulesThatOnlyConsume(t *testing.T) {
	t.Parallel()
	config := `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters = {
    shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    data = { vpc = "prod", profile = "ack-flannel", max_nodes = 50 }
  }
}
module "shop" {
  source  = "./cluster"
  network = cidrplan_allocator.k8s.allocations["shop"]
}
output "shop" {
  value = module.shop.pod_cidr
}
`
	w := newWorkspace(t, config)
	w.file("cluster/main.tf", `
variable "network" {
  type = object({ ack = object({ pod_cidr = string, service_cidr = string, node_cidr_mask = number }) })
}
resource "terraform_data" "cluster" {
  input            = var.network.ack
  triggers_replace = [var.network.ack.pod_cidr]
}
output "pod_cidr" {
  value = terraform_data.cluster.output.pod_cidr
}
`)
	w.run("get")
	w.expect(map[string]string{"shop": "10.64.0.0/19", "data": "10.64.32.0/20"})
	w.applied()
	// An edit of another cluster leaves the consumer alone, also one that replaces on change.
	w.config(strings.Replace(config, "max_nodes = 50", "max_nodes = 60", 1))
	out := w.run("plan")
	if !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("an edit of one cluster touched more than the allocator:\n%s", out)
	}
}

// One of 60 clusters is added at the front and another removed: the plan stays short. It shows the
// cluster where it is declared, its allocation, and what is released.
func TestAccPlanOfOneAmongSixtyIsShort(t *testing.T) {
	t.Parallel()
	clusters := func(names ...string) string {
		var b strings.Builder
		b.WriteString(`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/10"]
  hubs      = { cen = { kind = "cen" } }
  sites     = { idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"] } }
  vpcs = {
    prod = {
      platform = "alicloud"
      cidr_blocks = ["192.168.0.0/17"]
      hubs = ["cen"]
      routes = { vpn = { destination = "10.20.0.0/16", next_hop = "vpn" } }
      route_quota = 10000
    }
    lab  = { platform = "alicloud", cidr_blocks = ["192.168.128.0/17"], peers = ["prod"] }
  }
  clusters = {
`)
		for _, name := range names {
			fmt.Fprintf(&b, "    %s = { vpc = \"prod\", profile = \"ack-flannel\", max_nodes = 100 }\n", name)
		}
		return b.String() + "  }\n}\n"
	}
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("k%02d", i))
	}
	w := newWorkspace(t, clusters(names...))
	before := w.literal()
	w.applied()

	added := slices.Concat([]string{"a"}, names)
	w.config(clusters(added...))
	if lines := changes(w.run("plan")); lines >= 30 { // what it needs, and its allocation
		t.Errorf("adding one of 60 shows %d changed lines, want fewer than 30", lines)
	}
	after := w.literal()
	w.applied()
	removed := slices.DeleteFunc(slices.Clone(added), func(name string) bool { return name == "k30" })
	w.config(clusters(removed...))
	if lines := changes(w.run("plan")); lines >= 40 { // and what is released
		t.Errorf("removing one of 61 shows %d changed lines, want fewer than 40", lines)
	}
	last := w.literal()
	for _, name := range names {
		if before[name] != after[name] || name != "k30" && last[name] != before[name] {
			t.Errorf("%s moved: %s, %s, %s", name, before[name], after[name], last[name])
		}
	}
}

// changes counts the lines of a plan that show a change.
func changes(plan string) int {
	n := 0
	_, plan, _ = strings.Cut(plan, "will perform the following actions")
	plan, _, _ = strings.Cut(plan, "\nPlan: ")
	for line := range strings.Lines(plan) {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "+ ") || strings.HasPrefix(trimmed, "- ") ||
			strings.HasPrefix(trimmed, "~ ") {
			n++
		}
	}
	return n
}
