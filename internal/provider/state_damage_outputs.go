package provider

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// againstRanges compares the arguments for cloud resources in a state with the ranges beside them, from which they follow.
// profiles are those of the clusters; what has none is not compared. An argument that is not set passes where an earlier
// version may not have known it.
func (a *plannerResource) againstRanges(held map[string]allocate.Allocation, profiles map[string]string) (differences []topology.Fault) {
	for _, name := range slices.Sorted(maps.Keys(held)) {
		p, known := a.writer.Catalog.Profile(profiles[name])
		if !known || p.Output == "" {
			continue
		}
		has := held[name]
		at := topology.Path{}.Attr(a.kind.main).Key(name).Attr(p.Output)
		if has.Output != p.Output {
			differences = append(differences, topology.Fault{At: at, Problem: messages.OutputMissing{Profile: p.Name}})
			continue
		}
		output := a.writer.Catalog.Output(p)
		wanted := output.Values(p, profile.Filled{Ranges: *a.withNodeIPv6Mask(&has.Ranges, p.Name)})
		for _, argument := range slices.Sorted(maps.Keys(output.Attributes)) {
			of, is, was := output.Attributes[argument], has.Values[argument], wanted[argument]
			if is != was && !of.NotInRanges() && (is != "" || of.OfRangeAlone()) {
				problem := messages.OutputDiffers{Is: is, Follows: was}
				differences = append(differences, topology.Fault{At: at.Attr(argument), Problem: problem})
			}
		}
	}
	return differences
}
