package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// usedOf is what a request that can be planned has in use.
func usedOf(t *testing.T, r Request) *InUse {
	t.Helper()
	used, faults := NewInUse(r, profile.Default())
	if used == nil {
		t.Fatalf("faults: %v", faults)
	}
	return used
}

func TestFurtherRangesAreLikeThoseOfThePool(t *testing.T) {
	pinned := func(name, kind string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, kind, lengths(24, 24, 26), edits...)
	}
	inPool := func(cl *topology.Cluster) { cl.Pool = "far" }
	ofMesh := func(cl *topology.Cluster) { cl.Meshes = []string{"m"} }
	shared := cluster("t", "tke-global-router", lengths(20, 24, 26))
	for name, test := range map[string]struct {
		edits  []func(*Request)
		pool   string
		kind   conflict.Kind
		family cidr.Family
		want   []string
	}{
		"a cluster for each network where there is none": {
			nil, "", conflict.Pod, cidr.V4, []string{"ali kubernetes-routed []", "hua kubernetes-routed []", "own kubernetes-routed []"},
		},
		"a site is a network": {
			[]func(*Request){func(r *Request) {
				r.Facts.VPCs, r.Facts.Sites = nil, map[string]topology.Site{"idc": {CIDRBlocks: prefixes("192.168.0.0/16")}}
			}}, "",
			conflict.Service, cidr.V4, []string{"idc kubernetes-routed []"},
		},
		"no network": {
			[]func(*Request){func(r *Request) { r.Facts.VPCs = nil }}, "", conflict.Pod, cidr.V4, []string{" kubernetes-routed []"},
		},
		"equal clusters are one": {
			[]func(*Request){pinned("a", "ack-flannel"), pinned("b", "ack-flannel")}, "", conflict.Pod, cidr.V4,
			[]string{"ali ack-flannel []"},
		},
		"clusters that differ in network, profile or mesh": {
			[]func(*Request){
				pinned("a", "cce-vpc-router"), pinned("b", "ack-flannel", ofMesh), pinned("c", "ack-flannel"),
				pinned("d", "kubernetes-overlay", inVPC("ali")),
			}, "", conflict.Pod, cidr.V4,
			[]string{"ali ack-flannel []", "ali ack-flannel [m]", "ali kubernetes-overlay []", "hua cce-vpc-router []"},
		},
		"clusters of another pool do not count": {
			[]func(*Request){
				pinned("a", "ack-flannel"), pinned("b", "kubernetes-overlay", inPool),
				func(r *Request) { r.Pools["far"] = Pool{Supernets: prefixes("10.9.0.0/16")} },
			}, "far", conflict.Pod, cidr.V4, []string{"own kubernetes-overlay []"},
		},
		"Services in a Pod range have none of their own": {[]func(*Request){shared}, "", conflict.Service, cidr.V4, nil},
		"Pods with Services in their range": {
			[]func(*Request){shared},
			"",
			conflict.Pod,
			cidr.V4,
			[]string{"own tke-global-router []"},
		},
		"Pods in subnets have no range": {[]func(*Request){subnetted}, "", conflict.Pod, cidr.V4, nil},
		"Services beside Pods in subnets": {
			[]func(*Request){subnetted},
			"",
			conflict.Service,
			cidr.V4,
			[]string{"ali ack-terway []"},
		},
		"IPv6 Pods of their own": {
			[]func(*Request){pinned("a", "kubernetes-overlay"), pinned("b", "ack-flannel")}, "", conflict.Pod, cidr.V6,
			[]string{"own kubernetes-overlay []"},
		},
		"IPv6 Services of their own": {
			[]func(*Request){pinned("a", "kubernetes-overlay"), pinned("b", "ack-flannel")}, "", conflict.Service, cidr.V6,
			[]string{"own kubernetes-overlay []"},
		},
		"IPv6 Pods that one platform chooses itself": {
			[]func(*Request){pinned("a", "kubernetes-overlay"), pinned("b", "ccse-calico")}, "", conflict.Pod, cidr.V6,
			[]string{"own kubernetes-overlay []"},
		},
		"IPv6 where no cluster has any": {
			[]func(*Request){pinned("b", "ack-flannel")}, "", conflict.Pod, cidr.V6, []string{"ali ack-flannel []"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range usedOf(t, request(test.edits...)).Further(test.pool, test.kind, test.family) {
				got = append(got, fmt.Sprintf("%s %s %v", c.Network, c.Profile.Name, c.Meshes))
				if c.Kind != test.kind || c.Range.IsValid() || c.Owner != "" {
					t.Errorf("got the claim %+v", c)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// subnetted has a cluster with Pods in subnets.
func subnetted(r *Request) {
	vpc("ali", func(v *topology.VPC) { v.Subnets = prefixMap("pods", "192.168.0.0/25") })(r)
	cluster("sub", "ack-terway", profile.Need{}, podSubnets("pods"), inVPC("ali"))(r)
}

func TestFurtherBlocksAreOfOneKind(t *testing.T) {
	further := usedOf(t, blocks(ofLength("a", 24), ofLength("b", 26))).Further("", conflict.Block, cidr.V4)
	if len(further) != 1 || further[0].Kind != conflict.Block || !further[0].OfBlock() || further[0].Range.IsValid() {
		t.Errorf("got %+v", further)
	}
}

func TestWhatIsInUse(t *testing.T) {
	r := edited(applied(t, request(shop())), reserved("later", "10.0.64.0/20"))
	used := usedOf(t, r)
	got := map[string]bool{}
	for _, c := range used.Claims() {
		got[fmt.Sprintf("%v %s %v", c.Kind, c.Owner, c.Range)] = true
	}
	for _, want := range []string{"pod shop 10.0.0.0/19", "reserved later 10.0.64.0/20"} {
		if !got[want] {
			t.Errorf("there is no %s among %q", want, slices.Sorted(maps.Keys(got)))
		}
	}
	further := used.Further("", conflict.Pod, cidr.V4)[0]
	for _, c := range used.Claims() {
		if c.OfCluster() && !used.Avoids(further, c) {
			t.Errorf("a further cluster of the network shares addresses with %+v", c)
		}
	}
	if used, faults := NewInUse(request(supernets()), profile.Default()); used != nil || len(faults) == 0 {
		t.Errorf("without supernets: got %v and the faults %v", used, faults)
	}
}
