package provider_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// Each folder holds a configuration and the state that an earlier version of the provider wrote for it: one when there were
// three platforms and an allocation had fewer attributes, and one when claims, lock and required_routes were attributes.
const (
	before          = "testdata/before_platforms/"
	beforeFunctions = "testdata/before_functions/"
)

func upgraded(t *testing.T) (w *workspace, config string) { return upgradedFrom(t, before) }

func upgradedFrom(t *testing.T, folder string) (w *workspace, config string) {
	t.Helper()
	config = strings.TrimPrefix(read(t, folder+"main.tf"), strings.TrimPrefix(header, "\n"))
	w = newWorkspace(t, config)
	state := read(t, folder+"state.json")
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
	for _, c := range w.wholePlan().ResourceChanges {
		if c.Address == allocator {
			places = changed(c.Change.Before, c.Change.After, c.Change.AfterUnknown)
		}
		if slices.Contains(c.Change.Actions, "delete") {
			destroyed = append(destroyed, c.Address)
		}
	}
	return places, destroyed
}

// A new version of the provider plans no change and reports nothing for a state that an older version
// wrote.
func TestAccUpgradePlansNothing(t *testing.T) {
	t.Parallel()
	w, _ := upgraded(t)
	w.wantNoReports("plan", "-detailed-exitcode")
	w.run("apply", "-auto-approve", "-refresh-only")
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

// A state with attributes that are functions now plans empty, refreshed or not, and has a record of its ranges after a refresh.
func TestAccUpgradeDropsAttributes(t *testing.T) {
	t.Parallel()
	w, _ := upgradedFrom(t, beforeFunctions)
	w.run("plan", "-detailed-exitcode", "-refresh=false")
	w.run("plan", "-detailed-exitcode")
	if before := w.records(); len(before) != 0 {
		t.Fatalf("the old state has records: %q", before)
	}
	w.run("apply", "-auto-approve", "-refresh-only")
	for kind, values := range map[string]map[string]any{"cidrplan_allocator": w.holds(allocator), "cidrplan_blocks": w.holds(ourBlocks)} {
		if values["lock"] != nil || values["claims"] != nil || values["required_routes"] != nil {
			t.Errorf("%s has kept attributes", kind)
		}
		var record bytes.Buffer
		if err := json.Compact(&record, []byte(lockIn(t, values))); err != nil || record.String() != w.records()[kind] {
			t.Errorf("the record of %s is %s, and its lock %s", kind, w.records()[kind], record.String())
		}
	}
	w.run("plan", "-detailed-exitcode")

	// A hand edit of the state is found by the record, which the guide on lost state takes out of it.
	edited := strings.ReplaceAll(
		read(t, w.dir+"/terraform.tfstate"), `"service_cidr": "172.20.148.0/22"`, `"service_cidr": "172.20.176.0/22"`,
	)
	w.file("terraform.tfstate", edited)
	w.fails(allOf("State Is Damaged", "and the record says"), "plan")
}

// records are the records of ranges in the private data of the state, by the type of the resource, as the guide on lost state reads them.
func (w *workspace) records() map[string]string {
	w.t.Helper()
	var state struct {
		Resources []struct {
			Type      string
			Instances []struct{ Private []byte }
		}
	}
	if err := json.Unmarshal([]byte(read(w.t, w.dir+"/terraform.tfstate")), &state); err != nil {
		w.t.Fatal(err)
	}
	all := map[string]string{}
	for _, r := range state.Resources {
		var private map[string][]byte
		if packed := r.Instances[0].Private; len(packed) > 0 {
			if err := json.Unmarshal(packed, &private); err != nil {
				w.t.Fatal(err)
			}
		}
		if private["lock"] != nil {
			all[r.Type] = string(private["lock"])
		}
	}
	return all
}

// storedIn are the attributes of a resource in a state file.
func storedIn(t *testing.T, file, kind string) map[string]any {
	t.Helper()
	var state struct {
		Resources []struct {
			Type      string
			Instances []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(read(t, file)), &state); err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Resources {
		if r.Type == kind {
			return r.Instances[0].Attributes
		}
	}
	t.Fatalf("%s has no %s", file, kind)
	return nil
}

// The first edit after an upgrade keeps what was held all the while, and its lock restores it.
func TestAccUpgradeKeepsAllWithTheFirstEdit(t *testing.T) {
	t.Parallel()
	w, config := upgraded(t)
	if was := w.holds(allocator); was["released"] != nil {
		t.Fatalf("the old state has released %v", was["released"])
	}
	w.config(edit(t, config, "max_nodes = 100\n", "max_nodes = 90\n"))
	p := w.plans()[allocator].Change
	if places := differing("", p.Before["allocations"], p.After["allocations"]); len(places) > 0 || p.After["released"] != nil {
		t.Errorf("the first edit changes %q of the allocations and releases %v", places, p.After["released"])
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	// A lock has ranges and no arguments: those that the old version did not have come with a restore.
	fresh := newWorkspace(
		t,
		edit(
			t, config, "max_nodes = 100\n", "max_nodes = 90\n", "  existing = {\n",
			"  existing = merge(jsondecode(file(\"cidrplan.lock.json\")), {\n", "[\"10.64.0.0/18\"] }\n  }", "[\"10.64.0.0/18\"] }\n  })",
		),
	)
	fresh.file("cidrplan.lock.json", lockIn(t, w.holds(allocator)))
	restored := differing("", p.After["allocations"], fresh.plans()[allocator].Change.After["allocations"])
	if !slices.Equal(restored, []string{
		"build.kubernetes.node_cidr_mask_size_ipv4", "edge.kubernetes.node_cidr_mask_size_ipv4",
		"legacy.cce.container_network_type", "pay.cce.container_network_type",
	}) {
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
		"another need":     {[]string{"max_nodes = 100\n", "max_nodes = 128\n"}, nil},
		"another supernet": {[]string{`["10.64.0.0/12"]`, `["10.80.0.0/12", "fd00::/8"]`}, nil},
		"a new cluster": {
			[]string{"clusters = {", `clusters = {` + "\n" + `new = { vpc = "huawei", profile = "cce-overlay", max_nodes = 10 }`},
			[]string{"new"},
		},
		"a cluster gone": {
			[]string{`edge   = { vpc = "idc", profile = "kubernetes-overlay", max_nodes = 30 }`, ``},
			[]string{"edge"},
		},
		"a Service pin": {
			[]string{`pod_cidrs = ["10.96.0.0/20"]`, `pod_cidrs = ["10.96.0.0/20"], service_cidr = "172.20.24.0/22"`},
			nil,
		},
		"a Service need": {[]string{`pod_cidrs = ["10.96.0.0/20"]`, `pod_cidrs = ["10.96.0.0/20"], max_services = 1000`}, nil},
		"no prior allocations": {
			[]string{`brown = { pod_cidrs = ["10.97.0.0/20"], service_cidr = "172.31.0.0/20", node_cidr_mask = 25 }`, ``},
			nil,
		},
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
