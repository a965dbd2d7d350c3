package messages

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A message on ten thousand clusters without ranges counts all of them, names a few and has an end.
func TestAMessageOnManyClustersWithoutRangesIsBounded(t *testing.T) {
	e := allocate.NoRoom{From: []netip.Prefix{netip.MustParsePrefix("10.64.0.0/12")}, HolderCount: 500}
	e.Cluster, e.Kind, e.Length = "c00000", conflict.Pod, 20
	for i := range 10_000 {
		name := fmt.Sprintf("c%05d", i)
		if i > 0 {
			e.Others = append(e.Others, allocate.MissingRange{Cluster: name, Kind: conflict.Pod, Length: 20})
		}
		e.Others = append(e.Others, allocate.MissingRange{Cluster: name, Kind: conflict.Service, Length: 24})
	}
	for i := range 10 {
		e.Holders = append(
			e.Holders,
			conflict.Claim{Owner: fmt.Sprint("h", i), Kind: conflict.Pod, Range: netip.MustParsePrefix("10.64.0.0/16")},
		)
	}
	_, got := Writer{Catalog: profile.Default()}.problem(topology.Fault{Problem: e})
	if len(got) > 4000 || strings.Count(got, "cluster \"c") != maxListed {
		t.Errorf("%d bytes:\n%s", len(got), got)
	}
	for _, want := range []string{
		"10000 clusters need ranges that are not free in 10.64.0.0/12: 10000 × Pod range of /20, 10000 × Service range of /24.",
		"needed:  cluster \"c00000\": a Pod range of /20 and a Service range of /24\n", "and 9976 more\n", "and 490 more",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
}
