package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPlaceholdersAreReported(t *testing.T) {
	at := topology.Path{}.Attr("reason")
	for value, reported := range map[string]bool{
		"<why>": true, " <a token> ": true, "<>": true, "...": true, "…": true,
		"": false, "<": false, ">": false, "moves in May": false, "a < b > c": false,
		"v1.2": false, "<why> the audit": false, "2026-11-29": false,
	} {
		faults := topology.CheckPlaceholder(at, value, topology.ReasonToAccept)
		if len(faults) > 0 != reported {
			t.Errorf("%q: got %v", value, faults)
		}
		want := topology.Placeholder{Value: value, Instead: topology.ReasonToAccept}
		if reported && (!faults[0].Warn || faults[0].At.String() != "reason" || faults[0].Problem != want) {
			t.Errorf("%q: got %+v", value, faults[0])
		}
	}
}
