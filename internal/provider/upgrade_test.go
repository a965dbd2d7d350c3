package provider_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// The folder holds a configuration and the state that an earlier version of the provider wrote for
// it, when there were three platforms and an allocation had fewer attributes.
const before = "testdata/before_platforms/"

func upgraded(t *testing.T) (w *workspace, config string) {
	t.Helper()
	config = strings.TrimPrefix(read(t, before+"main.tf"), strings.TrimPrefix(header, "\n"))
	w = newWorkspace(t, config)
	state := read(t, before+"state.json")
	if host := os.Getenv("TF_ACC_PROVIDER_HOST"); host != "" {
		state = strings.ReplaceAll(state, "registry.terraform.io/cidrplan", host+"/cidrplan")
	}
	w.file("terraform.tfstate", state)
	return w, config
}

// changes plans and returns the places at which the allocations would change, and the addresses of
// what would be destroyed.
func (w *workspace) changes() (places, destroyed []string) {
	w.t.Helper()
	w.run("plan", "-out=plan")
	var plan struct {
		ResourceChanges []struct {
			Address string
			Change  struct {
				Actions       []string
				Before, After any
				AfterUnknown  any `json:"after_unknown"`
			}
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(w.run("show", "-json", "plan")), &plan); err != nil {
		w.t.Fatal(err)
	}
	for _, c := range plan.ResourceChanges {
		if c.Address == allocator {
			places = changed(c.Change.Before, c.Change.After, c.Change.AfterUnknown)
		}
		if slices.Contains(c.Change.Actions, "delete") {
			destroyed = append(destroyed, c.Address)
		}
	}
	return places, destroyed
}

// A new version of the provider finds nothing to do and nothing to say of a state that an older one
// wrote.
func TestAccUpgradePlansNothing(t *testing.T) {
	t.Parallel()
	w, _ := upgraded(t)
	for _, d := range w.tells() {
		t.Errorf("after the upgrade the plan says\n%s", d)
	}
	w.run("plan", "-detailed-exitcode")
	w.run("apply", "-auto-approve", "-refresh-only")
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

// The first edit after an upgrade writes the lock, of what was held all the while.
func TestAccUpgradeWritesTheLockWithTheFirstEdit(t *testing.T) {
	t.Parallel()
	w, config := upgraded(t)
	if was := w.holds(allocator); was["lock"] != nil || was["released"] != nil {
		t.Fatalf("the old state has lock %v, released %v", was["lock"], was["released"])
	}
	w.config(edit(t, config, "max_nodes = 100\n", "max_nodes = 90\n"))
	p := w.plans()[allocator].Change
	if places := differing("", p.Before["allocations"], p.After["allocations"]); len(places) > 0 || p.After["lock"] == nil || p.After["released"] != nil {
		t.Errorf("the first edit changes %q of the allocations, writes the lock %v and releases %v", places, p.After["lock"], p.After["released"])
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	// A lock has ranges and no arguments: those that the old version did not have come with a restore.
	fresh := newWorkspace(t, edit(t, config, "max_nodes = 100\n", "max_nodes = 90\n", "  existing = {\n", "  existing = merge(jsondecode(file(\"cidrplan.lock.json\")), {\n", "[\"10.64.0.0/18\"] }\n  }", "[\"10.64.0.0/18\"] }\n  })"))
	fresh.file("cidrplan.lock.json", w.holds(allocator)["lock"].(string))
	restored := differing("", p.After["allocations"], fresh.plans()[allocator].Change.After["allocations"])
	if !slices.Equal(restored, []string{"legacy.cce.container_network_type", "pay.cce.container_network_type"}) {
		t.Errorf("the lock of the upgraded state restores something else at %q", restored)
	}
}

// Edits after an upgrade change what they would have changed before it, and add nothing that the
// new version knows to what is held.
func TestAccUpgradeKeepsEveryOutputUnderEdits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		edit   []string
		places []string
	}{
		"another need":          {[]string{"max_nodes = 100\n", "max_nodes = 128\n"}, nil},
		"another supernet":      {[]string{`["10.64.0.0/12"]`, `["10.80.0.0/12", "fd00::/8"]`}, nil},
		"a new cluster":         {[]string{"clusters = {", `clusters = {` + "\n" + `new = { vpc = "huawei", profile = "cce-overlay", max_nodes = 10 }`}, []string{"new"}},
		"a cluster gone":        {[]string{`edge   = { vpc = "idc", profile = "kubernetes-overlay", max_nodes = 30 }`, ``}, []string{"edge"}},
		"a Service pin":         {[]string{`pod_cidrs = ["10.96.0.0/20"]`, `pod_cidrs = ["10.96.0.0/20"], service_cidr = "172.20.24.0/22"`}, nil},
		"a Service need":        {[]string{`pod_cidrs = ["10.96.0.0/20"]`, `pod_cidrs = ["10.96.0.0/20"], max_services = 1000`}, nil},
		"no memory in writing":  {[]string{`brown = { pod_cidrs = ["10.97.0.0/20"], service_cidr = "172.31.0.0/20", node_cidr_mask = 25 }`, ``}, nil},
		"node subnets":          {[]string{"max_nodes = 100\n", "max_nodes = 100\n" + `node_subnets = ["nodes"]` + "\n"}, nil},
		"one family in writing": {[]string{"max_nodes = 100\n", "max_nodes = 100\n" + `ip_families = ["ipv4"]` + "\n"}, nil},
		"a further Pod range": {[]string{`"10.113.0.0/18"]`, `"10.113.0.0/18", "10.114.0.0/18"]`},
			[]string{"legacy.cce.container_network_cidr", "legacy.pod_cidrs", "legacy.usable.nodes"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, config := upgraded(t)
			w.config(edit(t, config, test.edit...))
			places, destroyed := w.changes()
			if !slices.Equal(places, test.places) {
				t.Errorf("the edit changes %q of the allocations, want %q", places, test.places)
			}
			for _, address := range destroyed {
				cluster := strings.Split(strings.Join(append(test.places, "."), ""), ".")[0]
				if address != `terraform_data.cluster["`+cluster+`"]` {
					t.Errorf("the edit destroys %s", address)
				}
			}
		})
	}
}
