package usage

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func prefix(text string) netip.Prefix {
	if text == "" {
		return netip.Prefix{}
	}
	return netip.MustParsePrefix(text)
}

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, prefix(text))
	}
	return all
}

// request is an allocator with one VPC, of which edits change something.
func request(edits ...func(*allocate.Request)) allocate.Request {
	r := allocate.Request{
		Name: "k8s", Supernets: prefixes("10.0.0.0/20"), ServiceSupernets: prefixes("172.20.0.0/20"),
		Pools: map[string]allocate.Pool{}, Existing: map[string]allocate.Existing{},
		Facts: topology.Facts{
			Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, Reserved: map[string]topology.Reserved{},
			VPCs:     map[string]topology.VPC{"prod": {CIDRBlocks: prefixes("192.168.0.0/24")}},
			Clusters: map[string]topology.Cluster{}, Foreign: map[string]topology.Foreign{},
		},
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

// cluster declares a self-managed cluster with a Pod range of a length and a /24 for Services.
func cluster(name, vpc string, podLength int, edits ...func(*topology.Cluster)) func(*allocate.Request) {
	return func(r *allocate.Request) {
		need := profile.Need{PodLength: podLength, ServiceLength: 24, NodeMask: 26}
		cl := topology.Cluster{VPC: vpc, Profile: "kubernetes-routed", Need: need}
		for _, edit := range edits {
			edit(&cl)
		}
		r.Facts.Clusters[name] = cl
	}
}

func vpc(name string, v topology.VPC) func(*allocate.Request) {
	return func(r *allocate.Request) { r.Facts.VPCs[name] = v }
}

// held plans a request and returns it with what the plan holds as its prior state.
func held(t testing.TB, r allocate.Request) allocate.Request {
	t.Helper()
	return heldBy(t, r, profile.Default())
}

// heldBy is held on the platforms of a catalog.
func heldBy(t testing.TB, r allocate.Request, catalog *profile.Catalog) allocate.Request {
	t.Helper()
	result := allocate.Plan(r, catalog)
	for _, f := range result.Faults {
		if !f.Warn {
			t.Fatalf("%v: %#v", f.At, f.Problem)
		}
	}
	r.Prior = &allocate.Prior{
		Name: r.Name, Facts: r.Facts, Supernets: r.AllSupernets(), Existing: r.Existing,
		Allocations: result.Allocations, Released: result.Released,
	}
	return r
}

func surveyed(t testing.TB, r allocate.Request) *Survey {
	t.Helper()
	s, faults := New(r, profile.Default())
	if s == nil {
		t.Fatalf("%#v", faults)
	}
	return s
}

var useNames = map[Use]string{
	Free: "free", Allocated: "allocated", GrowthReserve: "growth", Released: "released", Reserved: "reserved", Unusable: "unusable",
}

// text writes a span: its range, its use, the owners of its claims, and where it is free.
func text(s Span) string {
	var owners []string
	for _, c := range s.Claims {
		owner := c.Kind.String() + " " + c.Owner
		if c.Part != "" {
			owner += "/" + c.Part
		}
		owners = append(owners, owner)
	}
	return fmt.Sprintf("%v %s (%s) in %s", s.Range, useNames[s.Use], strings.Join(owners, ", "), strings.Join(s.FreeIn, ","))
}

func texts(spans []Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, text(s))
	}
	return strings.Join(all, "\n")
}

func services(texts ...string) func(*allocate.Request) {
	return func(r *allocate.Request) { r.ServiceSupernets = prefixes(texts...) }
}
