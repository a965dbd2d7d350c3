package allocate

import (
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// repeated is a problem that many clusters or blocks can have at the same time. One of them lists the others of its kind; one whose
// kind is nil stays on its own.
type repeated interface {
	kind() any
	listing(other any) any
}

// maxTogether is the number of clusters up to which options of a problem that many have change each of them.
const maxTogether = 20

// kind combines clusters for which cidrplan assumes the same kind of ranges, all of one default or all of several possible defaults.
func (a AssumedRanges) kind() any {
	return fmt.Sprintf("assumed %v, a choice: %t", a.Kind, a.Choice())
}

// Choice says whether the ranges are several of IPv4, of which the platform chose one.
func (a AssumedRanges) Choice() bool {
	return len(a.Ranges) > 1 && cidr.FamilyOf(a.Ranges[1]) == cidr.V4
}

func (a AssumedRanges) listing(other any) any {
	a.Others = append(a.Others, other.(AssumedRanges))
	return a
}

func (d DoubledNodeBlock) kind() any { return "doubled" }

func (d DoubledNodeBlock) listing(other any) any {
	d.Others = append(d.Others, other.(DoubledNodeBlock))
	return d
}

// kind combines clusters that change from one network to the same other one, if that seems to be the old network under a new name.
func (o OtherNetwork) kind() any {
	if !o.Renamable || o.Confirmed {
		return nil
	}
	return [2]string{o.Was, o.Now}
}

func (o OtherNetwork) listing(other any) any {
	o.Others = append(o.Others, other.(OtherNetwork).Cluster)
	return o
}

func (o OutsideSupernets) kind() any { return "outside" }

func (o OutsideSupernets) listing(other any) any {
	o.Others = append(o.Others, other.(OutsideSupernets))
	return o
}

// combined makes one fault of equal faults of many clusters or blocks: of several warnings, Terraform shows the first one and only counts
// the others, and many errors with the same cause hide the cause.
func (r Request) combined(faults []topology.Fault) []topology.Fault {
	var kept []topology.Fault
	places, number := map[any]int{}, map[any]int{}
	for _, f := range faults {
		problem, repeats := f.Problem.(repeated)
		if !repeats || problem.kind() == nil {
			kept = append(kept, f)
			continue
		}
		kind := problem.kind()
		number[kind]++
		first, known := places[kind]
		if !known {
			places[kind] = len(kept)
			kept = append(kept, f)
			continue
		}
		kept[first].At, kept[first].Problem = r.all(), kept[first].Problem.(repeated).listing(f.Problem)
		if number[kind] <= maxTogether {
			kept[first].Options = together(kept[first].Options, f.Options)
		} else {
			kept[first].Options = slices.DeleteFunc(kept[first].Options, func(o topology.Option) bool { return len(o.Edits) > 1 })
		}
	}
	return kept
}

// together are the options of two faults that became one. An option that both have gets the edits of both.
func together(options, further []topology.Option) []topology.Option {
	out := slices.Clone(options)
	for _, o := range further {
		same := slices.IndexFunc(out, func(other topology.Option) bool { return other.Kind == o.Kind && other.Rebuilds == o.Rebuilds })
		if same < 0 {
			out = append(out, o)
			continue
		}
		out[same].Add(o.Edits...)
	}
	return out
}
