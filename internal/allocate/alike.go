package allocate

import (
	"reflect"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// repeated is a problem that many clusters or blocks can have alike. One of them lists the others.
type repeated interface{ listing(other any) any }

func (a Assumed) listing(other any) any {
	a.Others = append(a.Others, other.(Assumed))
	return a
}

func (d Doubled) listing(other any) any {
	d.Others = append(d.Others, other.(Doubled))
	return d
}

func (o OutsideSupernets) listing(other any) any {
	o.Others = append(o.Others, other.(OutsideSupernets))
	return o
}

// oneOfAKind makes one warning of those that say the same of many clusters or blocks: Terraform shows the first of several
// and only counts the others.
func (r Request) oneOfAKind(faults []topology.Fault) []topology.Fault {
	var kept []topology.Fault
	places := map[reflect.Type]int{}
	for _, f := range faults {
		if _, repeats := f.Problem.(repeated); !repeats {
			kept = append(kept, f)
			continue
		}
		kind := reflect.TypeOf(f.Problem)
		first, known := places[kind]
		if !known {
			places[kind] = len(kept)
			kept = append(kept, f)
			continue
		}
		kept[first].At, kept[first].Problem = r.all(), kept[first].Problem.(repeated).listing(f.Problem)
		kept[first].Options = together(kept[first].Options, f.Options)
	}
	return kept
}

// together are the options of two faults that became one: those of one case have the edits of both.
func together(options, further []topology.Option) []topology.Option {
	out := slices.Clone(options)
	for _, o := range further {
		same := slices.IndexFunc(out, func(other topology.Option) bool { return other.Case == o.Case && other.Rebuilds == o.Rebuilds })
		if same < 0 {
			out = append(out, o)
			continue
		}
		edits := slices.Clone(out[same].Edits)
		for _, edit := range o.Edits {
			if !slices.ContainsFunc(edits, func(known topology.Edit) bool { return reflect.DeepEqual(known, edit) }) {
				edits = append(edits, edit)
			}
		}
		out[same].Edits = edits
	}
	return out
}
