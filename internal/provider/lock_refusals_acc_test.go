package provider_test

import "testing"

// What the lock says stands against what is asked for, as the state would.
func TestAccLockIsHeldAgainstTheConfiguration(t *testing.T) {
	t.Parallel()
	lock := `{"shop": {"profile": "ack-flannel", "pod_cidrs": ["10.64.0.0/19"], "service_cidr": "172.20.0.0/22", "node_cidr_mask": 26}}`
	for name, test := range map[string]struct {
		cluster string
		texts   []string
	}{
		"more nodes": {"profile = \"ack-flannel\", max_nodes = 200", []string{"Held Range Is Too Small", "max_nodes = 200"}},
		"another mask": {
			"profile = \"ack-flannel\", max_nodes = 100, node_cidr_mask = 25",
			[]string{"Held Value Would Change", "node_cidr_mask"},
		},
		"another profile": {"profile = \"kubernetes-routed\", max_nodes = 100", []string{"profile", "ack-flannel"}},
	} {
		config := network(`shop = { vpc = "prod", ` + test.cluster + ` }`)
		w := newWorkspace(t, config+"\nimport {\n  to = cidrplan_allocator.k8s\n  id = file(\"cidrplan.lock.json\")\n}\n")
		w.file("cidrplan.lock.json", lock)
		// An import does not have the profile of a lock yet.
		if out, err := w.exec("plan"); err == nil || !allOf(test.texts...).MatchString(out) {
			t.Errorf("%s, imported: %s", name, tail(out))
		}
		w.config(network(`shop = { vpc = "prod", `+test.cluster+` }`, `existing = jsondecode(file("cidrplan.lock.json"))`))
		if out, err := w.exec("plan"); err == nil || !allOf(test.texts...).MatchString(out) {
			t.Errorf("%s, existing: %s", name, tail(out))
		}
	}
}

// A lock that was not written by an allocator restores nothing.
func TestAccBadLocksAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop)+"\nimport {\n  to = cidrplan_allocator.k8s\n  id = file(\"cidrplan.lock.json\")\n}\n")
	for name, test := range map[string]struct {
		lock  string
		texts []string
	}{
		"no JSON":          {`{`, nil},
		"an unknown field": {`{"shop": {"profile": "ack-flannel", "pods": ["10.64.0.0/19"]}}`, []string{`unknown field "pods"`}},
		"a bad range": {
			`{"shop": {"profile": "ack-flannel", "pod_cidrs": ["10.64.0.1/19"]}}`,
			[]string{`entry "shop" of the lock`, "10.64.0.0/19"},
		},
		"a bad block": {
			`{"shop": {"profile": "ack-flannel", "pod_cidrs": ["10.64.0.0/19"], "pod_aggregate": "10/8"}}`,
			[]string{`entry "shop" of the lock`},
		},
		"no such profile": {
			`{"shop": {"profile": "ack-flanel", "pod_cidrs": ["10.64.0.0/19"]}}`,
			[]string{`profile "ack-flanel", which this version does not know`},
		},
		"no profile": {
			`{"shop": {"pod_cidrs": ["10.64.0.0/19"], "service_cidr": "172.20.0.0/22", "node_cidr_mask": 26}}`,
			[]string{"profile"},
		},
		"two locks": {`{"shop": {"profile": "ack-flannel", "pod_cidrs": ["10.64.0.0/19"]}} {}`, nil},
		"a list":    {`{"shop": ["10.64.0.0/19"]}`, nil},
	} {
		w.file("cidrplan.lock.json", test.lock)
		if out, err := w.exec("plan"); err == nil || !allOf(append([]string{"Lock Cannot Be Read"}, test.texts...)...).MatchString(out) {
			t.Errorf("%s: %s", name, tail(out))
		}
	}
}

// tail is the end of what was printed, where the message stands.
func tail(out string) string { return out[max(0, len(out)-1500):] }
