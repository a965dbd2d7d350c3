package statefile

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Joined are the facts of files.
type Joined struct {
	Gathered
	Facts clouds.Facts
	// Left are the objects that the facts do not have, in whole or in part, in the order of files and addresses.
	Left []Left
}

// Left is why the facts lack an object.
type Left struct{ Address, File, Reason string }

// Join joins the objects of files to facts, which are all known. What belongs to nothing in the files, or is known only after the apply
// of a plan, is left out and listed.
func Join(catalog *clouds.Catalog, files []Contents) Joined {
	j := Joined{Gathered: Gather(catalog, files)}
	j.Left = j.later
	var faults []topology.Fault
	j.Facts, faults = catalog.Join(j.Given)
	for _, place := range slices.Sorted(maps.Keys(j.Facts.Unplaced.Value)) {
		j.leave(place, messages.Unplaced(j.Facts.Unplaced.Value[place]))
	}
	for _, f := range slices.Concat(j.Faults, faults) {
		reason := messages.CloudFault(f)
		if e, is := f.Problem.(clouds.Contradiction); is && e.Other == "" { // it resembles another one by its key or range alone
			reason = messages.Unplaced(clouds.Unplaced{Type: e.Type, Missing: string(e.Owner), Reference: e.Reference})
		}
		j.leave(f.At[:min(3, len(f.At))].String(), reason)
	}
	slices.SortFunc(j.Left, func(a, b Left) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Address, b.Address), cmp.Compare(a.Reason, b.Reason))
	})
	j.Left = slices.Compact(j.Left)
	return j
}

// leave lists the object at a place.
func (j *Joined) leave(place, reason string) {
	l := Left{Address: place, Reason: reason}
	if o, is := j.Origin[place]; is {
		l.Address, l.File = o.Address(), o.File
	}
	j.Left = append(j.Left, l)
}
