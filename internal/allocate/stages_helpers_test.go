package allocate

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// collectedOf runs the stages of a plan of a sound request up to what clusters and blocks have and need.
func collectedOf(t testing.TB, r Request, catalog *profile.Catalog) (*situation, collected) {
	t.Helper()
	s, _ := readPrior(newInputs(r, catalog), nil)
	return s, collectDemands(s, len(unknownPaths(r)) > 0)
}

// placesAndTypes lists faults as "place type".
func placesAndTypes(faults []topology.Fault) []string {
	var texts []string
	for _, f := range faults {
		texts = append(texts, fmt.Sprint(f.At, " ", reflect.TypeOf(f.Problem).Name()))
	}
	return texts
}

// ownersOf lists the names of a map of allocations with their Pod ranges.
func ownersOf(all map[string]Allocation) string {
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		texts = append(texts, name+" "+list(all[name].Pods))
	}
	return strings.Join(texts, ", ")
}

// releasedOf lists released ranges as "key owner pods".
func releasedOf(all map[string]Released) string {
	var texts []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		texts = append(texts, key+" "+all[key].Cluster+" "+list(all[key].Pods))
	}
	return strings.Join(texts, ", ")
}

// demandsOf lists demands as "owner kind /length", with the prefix length of the Pod range in a growth reserve.
func demandsOf(demands []demand) []string {
	var texts []string
	for _, d := range demands {
		text := fmt.Sprintf("%s %v /%d", d.owner, d.claim().Kind, d.length)
		if d.podLength != 0 {
			text += fmt.Sprintf(" with /%d", d.podLength)
		}
		if len(d.claims) > 1 {
			text += fmt.Sprintf(" in %d networks", len(d.claims))
		}
		texts = append(texts, text)
	}
	return texts
}
