package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is assumed of many clusters is one warning, in a plan and in an audit.
func TestOneWarningNamesAllClustersOfAnAssumption(t *testing.T) {
	r := request()
	for i := range 30 {
		cluster(
			fmt.Sprintf("c%02d", i), "ack-flannel", profile.Need{},
			func(cl *topology.Cluster) { cl.PodCIDRs = prefixes(fmt.Sprintf("10.%d.0.0/16", 70+i)) },
		)(
			&r,
		)
	}
	for kind, faults := range map[string][]topology.Fault{
		"plan": Plan(r, profile.Default()).Faults, "audit": Audit(r, topology.WhatIf{}, profile.Default()).Faults,
	} {
		named, warnings := map[string]bool{}, 0
		for _, f := range faults {
			if e, ok := f.Problem.(AssumedRanges); ok {
				warnings++
				named[e.Cluster] = true
				for _, other := range e.Others {
					named[other.Cluster] = true
				}
			}
		}
		if warnings != 1 || len(named) != 30 {
			t.Errorf("%s: %d warnings name %d clusters", kind, warnings, len(named))
		}
	}
}

// Options of one kind become one that has the edits of all.
func TestOptionsOfFaultsThatBecomeOne(t *testing.T) {
	edit := func(name string) topology.Edit { return topology.Remove(topology.Path{}.Attr("clusters").Key(name)) }
	option := func(kind topology.OptionKind, rebuilds bool, names ...string) topology.Option {
		o := topology.Option{Kind: kind, Rebuilds: rebuilds}
		for _, name := range names {
			o.Edits = append(o.Edits, edit(name))
		}
		return o
	}
	for name, test := range map[string]struct{ first, further, want []topology.Option }{
		"of one kind": {
			[]topology.Option{option(topology.NotBuilt, false, "a"), option(topology.Mistake, false, "a")},
			[]topology.Option{option(topology.NotBuilt, false, "b"), option(topology.Mistake, false, "b")},
			[]topology.Option{option(topology.NotBuilt, false, "a", "b"), option(topology.Mistake, false, "a", "b")},
		},
		"of one kind that only one of them rebuilds": {
			[]topology.Option{option("", false, "a")}, []topology.Option{option("", true, "b")},
			[]topology.Option{option("", false, "a"), option("", true, "b")},
		},
		"of several kinds": {
			[]topology.Option{option(topology.NotBuilt, false, "a")}, []topology.Option{option(topology.Mistake, false, "b")},
			[]topology.Option{option(topology.NotBuilt, false, "a"), option(topology.Mistake, false, "b")},
		},
	} {
		if got := together(test.first, test.further); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

// Of few clusters, the options of one warning change each of them. Of many, only those are left that change one place.
func TestOptionsOfAWarningOfManyClusters(t *testing.T) {
	one, two := topology.Remove(topology.Path{}.Attr("supernets")), topology.Remove(topology.Path{}.Attr("pools"))
	for number, want := range map[int][]int{1: {1, 2}, 2: {2, 3}, maxTogether: {maxTogether, maxTogether + 1}, maxTogether + 1: nil} {
		var faults []topology.Fault
		for i := range number {
			own := topology.Remove(topology.Path{}.Attr("clusters").Key(fmt.Sprint(i)))
			faults = append(faults, topology.Fault{Problem: DoubledNodeBlock{PodsPerNode: int64(i)}, Options: []topology.Option{
				topology.OptionWhen(topology.NotBuilt, own), topology.OptionWhen(topology.Mistake, own, two),
			}})
		}
		faults[0].Options = append(faults[0].Options, topology.OptionOf(one))
		combined := request().combined(faults)
		if len(combined) != 1 || len(combined[0].Problem.(DoubledNodeBlock).Others) != number-1 {
			t.Fatalf("%d faults become %+v", number, combined)
		}
		var edits []int
		for _, o := range combined[0].Options {
			edits = append(edits, len(o.Edits))
		}
		if !slices.Equal(edits, append(want, 1)) {
			t.Errorf("%d clusters: options with %d edits, want %d and 1", number, edits, want)
		}
	}
}

// A platform chooses one of several ranges of IPv4; a range of each family is in use.
func TestDefaultRangesOfWhichThePlatformChoosesOne(t *testing.T) {
	for want, all := range map[bool][][]string{
		true:  {{"10.100.0.0/16", "172.20.0.0/16"}},
		false: {nil, {"10.244.0.0/16"}, {"10.244.0.0/16", "fd00::/64"}},
	} {
		for _, ranges := range all {
			if got := (AssumedRanges{Ranges: prefixes(ranges...)}).Choice(); got != want {
				t.Errorf("%v: a choice: %t", ranges, got)
			}
		}
	}
}
