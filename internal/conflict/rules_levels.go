package conflict

import (
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// At says what would happen if nobody noticed, where the rule has a level: a platform that only advises
// refuses nothing. "" for a note, of which nothing comes.
func (d Described) At(level profile.Level) string {
	switch {
	case level == profile.Allow:
		return ""
	case level == profile.Warn && d.Advised() != "":
		return d.Advised()
	}
	return d.Consequence
}

// Advised says what would happen where the rule is a warning, "" where that is the same as for an error.
func (d Described) Advised() string {
	for _, of := range []string{"pod_", "service_", "pod6_", "service6_"} {
		if ending, ok := strings.CutPrefix(d.Code, of); ok && advisedOfRanges["_"+ending] != "" {
			return advisedOfRanges["_"+ending]
		}
	}
	return advised[d.Code]
}

// advised is what happens against the advice of a platform, by code, advisedOfRanges by the ending of
// a code about a single range.
var (
	advised = map[string]string{
		"nodes_over_cap":           "Nodes beyond the limit cannot join until the quota is raised, or they join against the platform's advice.",
		"pod_subnet" + wrongLength: "The Pods of a few nodes use up the addresses of the subnet.",
		"vpc_overlaps_peer":        "Hosts on the shared addresses cannot reach each other.",
	}
	advisedOfRanges = map[string]string{
		inForbidden: "Services of the platform, or other hosts, on these addresses cannot be reached from the cluster.",
		wrongLength: "The cluster runs out of addresses, or occupies more than it needs.",
		outside:     "Other hosts on these addresses, such as public ones, cannot be reached from the cluster.",
	}
)
