package profile

import "slices"

// podValues are made of Pod ranges alone, so they are null where Pods use subnets.
var podValues = []string{"pod_cidr", "pod_cidrs_comma", "pod_cidr_single", "pod_cidrs_both", "pod_range_name", "pod_range_names"}

// Known returns the arguments that follow from the profile, whatever ranges and families a cluster gets; an
// empty text is a null. Arguments that are not in the map follow from ranges or families.
func (o Output) Known(p *Profile) map[string]string {
	known := map[string]string{}
	for name, attribute := range o.Attributes {
		ofMode := attribute.Value == "word" || attribute.Value == setting
		if ofMode || p.Pods.From == Subnets && slices.Contains(podValues, attribute.Value) {
			known[name] = attribute.text(name, p, Filled{})
		}
	}
	return known
}
