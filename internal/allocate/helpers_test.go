package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// prefix reads a prefix; "" is the invalid prefix.
func prefix(text string) netip.Prefix {
	if text == "" {
		return netip.Prefix{}
	}
	return netip.MustParsePrefix(text)
}

func prefixes(texts ...string) []netip.Prefix {
	var ps []netip.Prefix
	for _, text := range texts {
		ps = append(ps, prefix(text))
	}
	return ps
}

// request is an allocator over 10.0.0.0/16 for Pods and 172.20.0.0/16 for Services with one VPC a
// platform: ali, hua and own. Edits change it.
func request(edits ...func(*Request)) Request {
	r := Request{
		Name: "k8s", Supernets: prefixes("10.0.0.0/16"), ServiceSupernets: prefixes("172.20.0.0/16"),
		Pools: map[string]Pool{},
		Facts: topology.Facts{
			Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, Reserved: map[string]topology.Reserved{},
			VPCs: map[string]topology.VPC{
				"ali": {Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24")},
				"hua": {Platform: "huaweicloud", CIDRBlocks: prefixes("192.168.1.0/24")},
				"own": {CIDRBlocks: prefixes("192.168.2.0/24")},
			},
			Clusters: map[string]topology.Cluster{},
		},
		Existing: map[string]Existing{},
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

// cluster adds a cluster in the VPC of its profile.
func cluster(name, kind string, need profile.Need, edits ...func(*topology.Cluster)) func(*Request) {
	vpcs := map[string]string{"ack-flannel": "ali", "cce-vpc-router": "hua"}
	return func(r *Request) {
		cl := topology.Cluster{VPC: vpcs[kind], Profile: kind, Need: need}
		if cl.VPC == "" {
			cl.VPC = "own"
		}
		for _, edit := range edits {
			edit(&cl)
		}
		r.Facts.Clusters[name] = cl
	}
}

// onlyOwn leaves the VPC of no platform, for catalogs without those of the others.
func onlyOwn(r *Request) {
	delete(r.Facts.VPCs, "ali")
	delete(r.Facts.VPCs, "hua")
}

func supernets(texts ...string) func(*Request) {
	return func(r *Request) { r.Supernets = prefixes(texts...) }
}

func services(texts ...string) func(*Request) {
	return func(r *Request) { r.ServiceSupernets = prefixes(texts...) }
}

func reserved(name, text string) func(*Request) {
	return func(r *Request) { r.Facts.Reserved[name] = topology.Reserved{CIDR: prefix(text)} }
}

func existing(name string, e Existing) func(*Request) {
	return func(r *Request) { r.Existing[name] = e }
}

// vpc edits one of the VPCs.
func vpc(name string, edit func(*topology.VPC)) func(*Request) {
	return func(r *Request) {
		v := r.Facts.VPCs[name]
		edit(&v)
		r.Facts.VPCs[name] = v
	}
}

// pins gives ranges of a cluster; an empty service means none.
func pins(service string, pods ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) {
		cl.PodCIDRs = prefixes(pods...)
		cl.ServiceCIDR = prefix(service)
	}
}

// lengths is a need in prefix lengths.
func lengths(pods, services, mask int) profile.Need {
	return profile.Need{PodLength: pods, ServiceLength: services, NodeMask: mask}
}

// after returns the request again with the state that an answer to it leaves.
func after(r Request, was Result) Request {
	r.Prior = &Prior{
		Facts:       r.Facts,
		Supernets:   r.AllSupernets(),
		Allocations: was.Allocations,
		Released:    was.Released,
		Existing:    r.Existing,
		Renumber:    r.Renumber,
		Reclaim:     r.Reclaim,
	}
	return r
}

// edited returns a copy of a request that shares no map with it, with edits.
func edited(r Request, edits ...func(*Request)) Request {
	r.Pools, r.Existing = maps.Clone(r.Pools), maps.Clone(r.Existing)
	f := &r.Facts
	f.Hubs, f.Sites, f.VPCs = maps.Clone(f.Hubs), maps.Clone(f.Sites), maps.Clone(f.VPCs)
	f.Clusters, f.Blocks = maps.Clone(f.Clusters), maps.Clone(f.Blocks)
	f.Reserved, f.Foreign = maps.Clone(f.Reserved), maps.Clone(f.Foreign)
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

// planned plans with the shipped catalog and stops the test where the plan fails.
func planned(t testing.TB, r Request) Result {
	t.Helper()
	result := Plan(r, profile.Default())
	if result.Failed() {
		t.Fatalf("the plan fails:\n%s", allReports(result))
	}
	return result
}

// allReports writes faults and findings one a line, without the places of claims.
func allReports(r Result) string {
	text := ""
	for _, f := range r.Faults {
		if n, ok := f.Problem.(NoRoom); ok {
			text += fmt.Sprintf(
				"%v: no room for /%d %v in %v, free %v, cut short %t, nor for %v, holders",
				f.At, n.Length, n.Kind, n.Room, n.Free, n.CutShort, n.Others,
			)
			for _, c := range n.Holders {
				text += fmt.Sprintf(", %v %s", c.Kind, claimed(c.Owner, c.Range))
			}
			text += "\n"
			continue
		}
		text += fmt.Sprintf("fault, warn %t: %v\n", f.Warn, f)
	}
	for _, f := range r.Findings {
		text += fmt.Sprintf("%v: %s %s", f.Level(), f.Code, claimed(f.A.Owner, f.A.Range))
		if f.B != nil {
			text += " and " + claimed(f.B.Owner, f.B.Range)
		}
		text += "\n"
	}
	return text
}

func claimed(owner string, p netip.Prefix) string { return fmt.Sprintf("%s %v", owner, p) }

// wantRanges compares the ranges and masks of all allocations, written "pods services /mask".
func wantRanges(t *testing.T, got Result, want map[string]string) {
	t.Helper()
	texts := map[string]string{}
	for name, a := range got.Allocations {
		texts[name] = fmt.Sprintf("%s %v /%d", list(a.Pods), a.Service, a.NodeMask)
	}
	if !maps.Equal(texts, want) {
		t.Errorf("allocations: got %v, want %v\n%s", texts, want, allReports(got))
	}
}

// problem is a fault as tests write it.
type problem struct {
	At      string
	Problem any
	Warn    bool
}

func wantFaults(t *testing.T, got []topology.Fault, want ...problem) {
	t.Helper()
	var faults []problem
	for _, f := range got {
		faults = append(faults, problem{f.At.String(), f.Problem, f.Warn})
	}
	if !reflect.DeepEqual(faults, want) {
		t.Errorf("faults:\n got %+v\nwant %+v", faults, want)
	}
}

// wantFindings compares findings in any order, written "level code a-owner a-range b-owner b-range".
func wantFindings(t *testing.T, got Result, want ...string) {
	t.Helper()
	var texts []string
	for _, f := range got.Findings {
		text := fmt.Sprintf("%v %s %s", f.Level(), f.Code, claimed(f.A.Owner, f.A.Range))
		if f.B != nil {
			text += " " + claimed(f.B.Owner, f.B.Range)
		}
		texts = append(texts, text)
	}
	slices.Sort(texts)
	if want = slices.Sorted(slices.Values(want)); !slices.Equal(texts, want) {
		t.Errorf("findings: got %q, want %q", texts, want)
	}
}

func shipped(t testing.TB, name string) *profile.Profile {
	t.Helper()
	p, ok := profile.Default().Profile(name)
	if !ok {
		t.Fatalf("no profile %q", name)
	}
	return p
}

// seeds is how many inputs a test makes itself, with -short a tenth of them.
func seeds(all uint64) uint64 {
	if testing.Short() {
		return max(1, all/10)
	}
	return all
}

// atLeast is how often a property test must have seen something. With -short, rapid draws a tenth of the inputs, and some of them are rare.
func atLeast(often int) int {
	if testing.Short() {
		return max(1, often/100)
	}
	return often
}
