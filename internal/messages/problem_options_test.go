package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsOfSizes(t *testing.T) {
	at := pathOf("clusters.size")
	for name, test := range map[string]struct {
		argument                  string
		value, low, high, advised int64
		want                      string
	}{
		"too many nodes":                     {"max_nodes", 9, 1, 5, 7, "Set clusters.size = 5 or less."},
		"more nodes than are advised":        {"max_nodes", 9, 1, 5, 3, "Set clusters.size = 3 or less."},
		"too many nodes where one is served": {"max_nodes", 9, 5, 5, 3, "Set clusters.size = 3 or less."},
		"nodes where none is served":         {"max_nodes", 9, 6, 5, 7, "Remove clusters.size."},
		"too few nodes":                      {"max_nodes", 1, 2, 5, 7, "Set clusters.size = 2 or more."},
		"as many nodes as are served":        {"max_nodes", 5, 1, 5, 3, "Set clusters.size = 1 or more."},
		"too many Services":                  {"max_services", 9, 1, 5, 3, "Set clusters.size = 5 or less."},
		"as many Services as are served":     {"max_services", 5, 1, 5, 3, "Set clusters.size = 1 or more."},
		"too few Services":                   {"max_services", 1, 2, 5, 3, "Set clusters.size = 2 or more."},
		"one number of Services is served":   {"max_services", 9, 5, 5, 3, "Set clusters.size = 5 or less."},
		"no number of Services is served":    {"max_services", 9, 6, 5, 3, "Remove clusters.size."},
	} {
		e := &profile.SizeError{Argument: test.argument, Value: test.value, Min: test.low, Max: test.high}
		wantParts(t, name, Writer{}.resolve(sizeOptions(at, e, test.advised)), ToResolve+test.want)
	}
}

func TestOptionsOfUndeclaredNames(t *testing.T) {
	of := func(kind topology.NameKind, name string, known ...string) topology.Undeclared {
		return topology.Undeclared{Kind: kind, Name: name, Known: known}
	}
	called := of(topology.ProfileName, "VPC-CNI", "ack-flannel")
	called.Called = []string{"tke-vpc-cni", "eks"}
	for name, test := range map[string]struct {
		at    string
		e     topology.Undeclared
		parts []string
	}{
		"a name like a known one": {"a.vpc", of(topology.NetworkName, "prood", "prod", "data"), []string{`Set a.vpc = "prod".`, "!Remove"}},
		"a name like none": {
			"a.vpc", of(topology.NetworkName, "zzz", "prod", "data"), []string{`Set a.vpc to one of "data", "prod".`, "!Remove"},
		},
		"a name where none is declared": {"a.vpc", of(topology.NetworkName, "zzz"), []string{"Remove a.vpc.", "!Set"}},
		"a guard like none": {
			"prevent_release[0]", of(topology.ClusterName, "zzz", "prod"),
			[]string{`Set prevent_release[0] = "prod".`, "Remove prevent_release[0]."},
		},
		"a key like a known name": {
			`renumber["prood"]`, of(topology.ClusterName, "prood", "prod"),
			[]string{`Remove renumber["prood"].`, `Rename renumber["prood"] to renumber["prod"].`},
		},
		"a key like none": {`renumber["zzz"]`, of(topology.ClusterName, "zzz", "prod"), []string{`Remove renumber["zzz"].`, "!Rename"}},
		"an argument like a known one": {
			"a.max_node", of(topology.ArgumentName, "max_node", "max_nodes"),
			[]string{"Remove a.max_node.", "Rename a.max_node to a.max_nodes."},
		},
		"a word of the platform": {"a.profile", called, []string{`Set a.profile to one of "tke-vpc-cni", "eks".`, "!Remove"}},
	} {
		wantParts(t, name, Writer{}.resolve(Writer{}.undeclaredOptions(pathOf(test.at), test.e)), test.parts...)
	}
}

func TestOptionsOfOtherProblems(t *testing.T) {
	for name, test := range map[string]struct {
		at      string
		problem any
		parts   []string
	}{
		"a value like an allowed one": {
			"a", topology.NotOneOf{Value: "warm", Allowed: []string{"warn", "error"}}, []string{`Set a = "warn".`},
		},
		"a value like none": {"a", topology.NotOneOf{Value: "zzz", Allowed: []string{"warn", "error"}}, []string{
			`Set a to one of "warn", "error".`,
		}},
		"an acceptance of nothing": {`a["k"]`, conflict.NoKey{Key: "k"}, []string{`Remove a["k"].`}},
		"the options of the core":  {"a", topology.SelfPeer{Name: "x"}, []string{"Remove a."}},
		"nothing to be done":       {"a", topology.NameInUse{Name: "x"}, []string{"!To resolve"}},
	} {
		p := Writer{Catalog: profile.Default()}
		wantParts(t, name, p.resolve(p.optionsOf(topology.Fault{At: pathOf(test.at), Problem: test.problem})), test.parts...)
	}
	given := []topology.Option{topology.OptionOf(topology.Restore(pathOf("b")))}
	if got := (Writer{}).optionsOf(topology.Fault{At: pathOf("a"), Problem: topology.SelfPeer{}, Options: given}); len(got) != 1 ||
		got[0].Edits[0].At.String() != "b" {
		t.Errorf("the options of the core are replaced by %v", got)
	}
}

// Many acceptances and many clusters are edited as far as they are listed.
func TestOptionsOfManyAreBounded(t *testing.T) {
	routed := shipped(t, "kubernetes-routed")
	for count, want := range map[int]int{1: 1, maxListed: maxListed, maxListed + 1: maxListed} {
		var until conflict.UntilWithoutToday
		var unset topology.UnsetByTerraform
		for i := range count {
			until.At = append(until.At, pathOf("accepted_conflicts"))
			unset.Clusters = append(unset.Clusters, topology.UnsetCluster{Cluster: fmt.Sprint("c", i), Profile: routed})
		}
		if got := len(untilOptions(until)[1].Edits); got != want {
			t.Errorf("%d acceptances: %d edits", count, got)
		}
		if got := len((Writer{}).unsetOptions(unset)[0].Edits); got != want {
			t.Errorf("%d clusters: %d edits", count, got)
		}
		if got := len(appendedOptions(appendedTimes(t, count))[0].Edits); got != want {
			t.Errorf("%d clusters with further Pod ranges: %d edits", count, got)
		}
	}
}
