package messages

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// To take a growth back, a list has what the cluster held before, and a number is at most what those ranges serve: with ranges of two
// families the smaller number.
func TestOptionsThatTakeAGrowthBack(t *testing.T) {
	of := func(cluster, kind string, serves int64) allocate.AppendedRanges {
		return allocate.AppendedRanges{Cluster: cluster, Profile: shipped(t, "kubernetes-overlay"), Kind: kind, Serves: serves, Wanted: 99}
	}
	pinned := func(held ...string) allocate.AppendedRanges {
		e := of("a", profile.ServiceRanges, 254)
		e.Pinned, e.List, e.Held, e.Added = true, "further_service_cidrs", prefixes(held...), prefixes("10.9.0.0/24")
		return e
	}
	few, many := of("a", profile.PodRanges, 4), of("a", profile.PodRanges, 8)
	few.Surge = 1
	others := []allocate.AppendedRanges{many, of("b", profile.PodRanges, 2), of("a", profile.ServiceRanges, 3)}
	other := pinned("10.1.0.0/24")
	other.Kind = profile.PodRanges
	other.Serves = 1
	for name, test := range map[string]struct {
		clusters []allocate.AppendedRanges
		want     []string
	}{
		"the first range is no further one": {
			[]allocate.AppendedRanges{pinned("10.1.0.0/24")}, []string{`remove clusters["a"].further_service_cidrs`},
		},
		"further ones that were there": {
			[]allocate.AppendedRanges{pinned("10.1.0.0/24", "10.2.0.0/24")},
			[]string{`set clusters["a"].further_service_cidrs = ["10.2.0.0/24"]`},
		},
		"Pod ranges of both families": {[]allocate.AppendedRanges{many, few}, []string{
			`set clusters["a"].max_nodes = 4 or less`, "!max_nodes = 8",
		}},
		"in the other order": {[]allocate.AppendedRanges{few, many}, []string{
			`set clusters["a"].max_nodes = 4 or less`, "!max_nodes = 8",
		}},
		"other clusters and kinds do not matter": {others, []string{
			`set clusters["a"].max_nodes = 8 or less`, `set clusters["b"].max_nodes = 2 or less`,
			`set clusters["a"].max_services = 3 or less`,
		}},
		"nor does a list that is given": {[]allocate.AppendedRanges{many, other}, []string{`set clusters["a"].max_nodes = 8 or less`}},
	} {
		text := Writer{}.resolve(appendedOptions(allocate.Appended{Clusters: test.clusters}))
		wantParts(t, name, strings.ToLower(text), test.want...) // an option begins with a capital
	}
}
