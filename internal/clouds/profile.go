package clouds

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ProfileRule says which profile of cidrplan a cluster has.
type ProfileRule struct {
	Profile string `yaml:"profile"`
	// When are values of attributes, of which each must have one, in any case; an empty list stands for any value. All attributes
	// must match.
	When map[string][]string `yaml:"when"`
}

// Profile is the profile of a cluster by the first rule of the type that matches, "" where none does.
func (t *Type) Profile(v Value) string {
	o := newObject(v, topology.Path{})
	for _, rule := range t.Profiles {
		matches := true
		for path, values := range rule.When {
			matches = matches && slices.ContainsFunc(o.texts(path), func(text Known[string]) bool {
				return !text.AfterApply && (len(values) == 0 || containsFold(values, text.Value))
			})
		}
		if matches {
			return rule.Profile
		}
	}
	return ""
}

// checkProfiles is what is wrong with the rules of profiles.
func (t *Type) checkProfiles() []string {
	var faults []string
	for _, rule := range t.Profiles {
		if t.Argument != Clusters || rule.Profile == "" {
			faults = append(faults, "only a cluster has profiles, each with a name")
		}
	}
	return faults
}
