package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// collectedOf runs the stages of a plan of a sound request up to what clusters and blocks have and need.
func collectedOf(t testing.TB, r Request, catalog *profile.Catalog) (*situation, collected) {
	t.Helper()
	s, _ := readPrior(newInputs(r, catalog), nil)
	return s, collectDemands(s, len(unknownPaths(r)) > 0)
}
