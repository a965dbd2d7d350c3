package allocate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ofFamily gives one family of a cluster an argument, and leaves the other as it is.
type ofFamily struct {
	pods, services func(text string) func(*topology.Cluster)
	mask           func(int) func(*topology.Cluster)
	// shift is the difference between a prefix length of the family and that of IPv4.
	shift int
	base  string
	// existing is an entry whose ranges of the family have such lengths and mask.
	existing func(pods, mask int) Existing
}

var families4and6 = map[string]ofFamily{
	"IPv4": {
		pods: func(text string) func(*topology.Cluster) {
			return func(cl *topology.Cluster) { cl.PodCIDRs = prefixes(text) }
		},
		services: func(text string) func(*topology.Cluster) {
			return func(cl *topology.Cluster) { cl.ServiceCIDR = prefix(text) }
		},
		mask: func(mask int) func(*topology.Cluster) { return func(cl *topology.Cluster) { cl.Need.NodeMask = mask } },
		base: "11.0.0.0/%d",
		existing: func(pods, mask int) Existing {
			return Existing{
				PodCIDRs:        prefixes(fmt.Sprintf("11.0.0.0/%d", pods)),
				ServiceCIDR:     prefix("172.20.0.0/20"),
				NodeMask:        mask,
				PodIPv6CIDR:     prefix("fd00:200::/48"),
				ServiceIPv6CIDR: prefix("fd00:201::/112"),
				NodeIPv6Mask:    64,
			}
		},
	},
	"IPv6": {
		pods: pods6, services: services6, mask: mask6, shift: 96, base: "fd00:200::/%d",
		existing: func(pods, mask int) Existing {
			return Existing{
				PodCIDRs:        prefixes("11.0.0.0/12"),
				ServiceCIDR:     prefix("172.20.0.0/20"),
				NodeMask:        24,
				PodIPv6CIDR:     prefix(fmt.Sprintf("fd00:200::/%d", pods+96)),
				ServiceIPv6CIDR: prefix("fd00:201::/112"),
				NodeIPv6Mask:    mask + 96,
			}
		},
	},
}

func (f ofFamily) podsOf(length int) func(*topology.Cluster) {
	return f.pods(fmt.Sprintf(f.base, length+f.shift))
}

func (f ofFamily) servicesOf(length int) func(*topology.Cluster) {
	return f.services(fmt.Sprintf(f.base, length+f.shift))
}

func (f ofFamily) maskOf(mask int) func(*topology.Cluster) { return f.mask(mask + f.shift) }

// Whatever is wrong with ranges and node masks of one family is found in the other, at the argument of that
// family, and as serious: each case is written once for both. Ranges are given in lengths of IPv4.
func TestWhatIsCheckedOfOneFamilyIsCheckedOfTheOther(t *testing.T) {
	need := profile.Need{MaxNodes: 100}
	held := func(f ofFamily, first profile.Need, mask int, then ...func(*topology.Cluster)) Request {
		r := dualCluster(first, f.maskOf(mask))
		now := after(r, planned(t, r))
		now.Facts = dualCluster(first, then...).Facts
		return now
	}
	asking := func(need profile.Need) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Need = need }
	}
	cases := map[string]func(f ofFamily) Request{
		"a pinned Pod range smaller than a node block":  func(f ofFamily) Request { return dualCluster(need, f.podsOf(26), f.maskOf(24)) },
		"a pinned Pod range with too few node blocks":   func(f ofFamily) Request { return dualCluster(need, f.podsOf(18), f.maskOf(24)) },
		"a pinned Pod range with node blocks too small": func(f ofFamily) Request { return dualCluster(need, f.podsOf(8), f.maskOf(26)) },
		"a pinned Pod range of too few addresses": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 1}, f.podsOf(29), f.maskOf(30))
		},
		"a pinned Service range with too few addresses": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 9, MaxServices: 100}, f.servicesOf(27))
		},
		"a pinned Service range that is too large": func(f ofFamily) Request { return dualCluster(need, f.servicesOf(11)) },
		"a node mask that is no length":            func(f ofFamily) Request { return dualCluster(need, f.maskOf(33)) },
		"a node mask that holds no Pod":            func(f ofFamily) Request { return dualCluster(need, f.maskOf(31)) },
		"a node mask that holds too few Pods": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 9, PodsPerNode: 110}, f.maskOf(26))
		},
		"more nodes than blocks can be numbered": func(f ofFamily) Request {
			return dualCluster(profile.Need{MaxNodes: 65537, PodsPerNode: 1}, f.maskOf(30))
		},
		"a change of the node mask": func(f ofFamily) Request { return held(f, need, 24, f.maskOf(25)) },
		"more Pods on a node than what is held has": func(f ofFamily) Request {
			return held(f, profile.Need{MaxNodes: 9}, 28, asking(profile.Need{MaxNodes: 9, PodsPerNode: 60}))
		},
		"an existing node mask that is no length": func(f ofFamily) Request {
			return edited(dualCluster(need), existing("a", f.existing(12, 33)))
		},
		"an existing Pod range with too few node blocks": func(f ofFamily) Request {
			return edited(dualCluster(need), existing("a", f.existing(18, 24)))
		},
		"an existing mask that contradicts the state":  func(f ofFamily) Request { return contradicting(t, f) },
		"another Pod range than what is held":          func(f ofFamily) Request { return held(f, need, 24, f.podsOf(12)) },
		"another Service range than what is held":      func(f ofFamily) Request { return held(f, need, 24, f.servicesOf(20)) },
		"a node mask that is not known yet":            maskAfterApply,
		"a mirror that gives the node mask of its own": func(f ofFamily) Request { return mirrorWith(f.maskOf(24)) },
		"a node mask where Pods have no block of the cluster": func(f ofFamily) Request {
			return request(cluster("a", "ack-terway", profile.Need{}, dual, f.maskOf(24)))
		},
	}
	plain := strings.NewReplacer(
		"ipv6_", "", "[0]", "", "pod_cidrs", "pod_cidr", "pod6_", "pod_", "service6_", "service_", "node6_", "node_",
	)
	for name, of := range cases {
		t.Run(name, func(t *testing.T) {
			reports := map[string][]string{}
			for family, f := range families4and6 {
				got := Plan(of(f), profile.Default())
				for _, s := range problemsOf(got) {
					if strings.HasPrefix(s, "allow") || strings.Contains(s, "allocate.AssumedRanges") {
						continue // no platform has a default of IPv6, and a note is not printed
					}
					reports[family] = append(reports[family], plain.Replace(s))
				}
				for _, at := range got.Unknown {
					reports[family] = append(reports[family], "unknown "+plain.Replace(at.String()))
				}
			}
			if len(reports["IPv4"]) == 0 || !slices.Equal(reports["IPv4"], reports["IPv6"]) {
				t.Errorf("of IPv4 the plan says %q, of IPv6 %q", reports["IPv4"], reports["IPv6"])
			}
		})
	}
}

func contradicting(t *testing.T, f ofFamily) Request {
	t.Helper()
	r := edited(dualCluster(profile.Need{MaxNodes: 100}), existing("a", f.existing(12, 24)))
	return edited(after(r, planned(t, r)), existing("a", f.existing(12, 25)))
}

func maskAfterApply(f ofFamily) Request {
	attribute := map[int]string{0: "node_cidr_mask", 96: "node_ipv6_cidr_mask"}[f.shift]
	return dualCluster(profile.Need{MaxNodes: 100}, func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{attribute} })
}

// mirrorWith is a cluster with the ranges of another one in another VRF, and something of its own.
func mirrorWith(edit func(*topology.Cluster)) Request {
	mirror := func(cl *topology.Cluster) { cl.VPC, cl.SameAs, cl.IPFamilies = "far", "a", nil }
	return edited(
		dualCluster(profile.Need{MaxNodes: 9}), cluster("b", "kubernetes-routed", profile.Need{}, mirror, edit), func(r *Request) {
			r.Facts.VPCs["far"] = topology.VPC{CIDRBlocks: prefixes("192.168.2.0/24"), VRF: "far"}
		},
	)
}
