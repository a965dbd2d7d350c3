package topology_test

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, prefix(text))
	}
	return out
}

var here = topology.Path{}.Attr("it")

// found is a fault as a table writes it.
type found struct {
	at      string
	problem any
	warn    bool
}

func wantFaults(t *testing.T, got []topology.Fault, want []found) {
	t.Helper()
	var seen []found
	for _, f := range got {
		seen = append(seen, found{f.At.String(), f.Problem, f.Warn})
	}
	if len(seen) == len(want) && (len(want) == 0 || reflect.DeepEqual(seen, want)) {
		return
	}
	t.Errorf("faults:\n got %+v\nwant %+v", seen, want)
}

// one is the only fault expected.
func one(at string, problem any) []found { return []found{{at: at, problem: problem}} }
