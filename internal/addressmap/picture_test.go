package addressmap

import (
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// shown is a picture as lines: areas, and below each its spans with kind and owners.
func shown(p Picture) []string {
	var out []string
	for _, a := range p.Areas {
		out = append(out, strings.TrimSpace(fmt.Sprint(a.Range, " ", strings.Join(a.Owners, "+"), " ", a.VRF)))
		for _, s := range a.Spans {
			line := fmt.Sprint("  ", s.interval, " ", s.Kind.class())
			if !s.Kind.unused() {
				line += " " + s.use().party().ownerName()
			}
			if mark := s.overlap(); mark != "" {
				line += " " + mark
			}
			out = append(out, line)
		}
	}
	return out
}

func TestPictures(t *testing.T) {
	prefix := netip.MustParsePrefix
	for name, test := range map[string]struct {
		in   Input
		want []string
	}{
		"nothing": {Input{}, nil},
		"a supernet alone is free": {
			Input{Claims: claimsOf("supernet k8s 10.64.0.0/16 - k8s")},
			[]string{"10.64.0.0/16 k8s", "  10.64.0.0/16 free"},
		},
		"what is left between ranges is one span": {
			Input{Claims: claimsOf("supernet k8s 10.64.0.0/16 - k8s", "pod a 10.64.0.0/20 v k8s", "pod b 10.64.64.0/20 v k8s")},
			[]string{
				"10.64.0.0/16 k8s", "  10.64.0.0/20 pod a", "  10.64.16.0 – 10.64.63.255 free", "  10.64.64.0/20 pod b",
				"  10.64.80.0 – 10.64.255.255 free",
			},
		},
		"a growth reserve is what is left around the Pod range": {
			Input{Claims: claimsOf("supernet k8s 10.64.0.0/17 - k8s", "kept a 10.64.0.0/17 v k8s", "pod a 10.64.0.0/18 v k8s")},
			[]string{"10.64.0.0/17 k8s", "  10.64.0.0/18 pod a", "  10.64.64.0/18 kept a"},
		},
		"a range outside of supernets is in its private block": {
			Input{
				Claims: claimsOf("supernet k8s 10.64.0.0/10 - k8s"),
				Sites:  map[string]topology.Site{"idc": {CIDRBlocks: ranges("10.0.0.0/12")}},
			},
			[]string{
				"10.64.0.0/10 k8s", "  10.64.0.0/10 free", "10.0.0.0/8", "  10.0.0.0/12 site idc", "  10.16.0.0 – 10.63.255.255 undeclared",
				"  10.64.0.0/10 supernet k8s", "  10.128.0.0/9 undeclared",
			},
		},
		"public ranges are in one area for each /8 and for each /32": {
			Input{Claims: claimsOf("pod a 30.1.0.0/16", "pod b 30.2.0.0/16", "pod c 2001:db8:1::/48")},
			[]string{
				"30.0.0.0/8", "  30.0.0.0/16 undeclared", "  30.1.0.0/16 pod a", "  30.2.0.0/16 pod b",
				"  30.3.0.0 – 30.255.255.255 undeclared", "2001:db8::/32", "  2001:db8::/48 undeclared", "  2001:db8:1::/48 pod c",
				"  2001:db8:2:: – 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff undeclared",
			},
		},
		"a range to the last address of a family": {
			Input{Claims: claimsOf("supernet k8s 255.255.255.0/24 - k8s", "pod a 255.255.255.128/25 - k8s")},
			[]string{"255.255.255.0/24 k8s", "  255.255.255.0/25 free", "  255.255.255.128/25 pod a"},
		},
		"each VRF has its own areas": {
			Input{Claims: claimsOf(
				"supernet k8s 10.64.0.0/16 - k8s red", "supernet k8s 10.64.0.0/16 - k8s", "pod a 10.64.0.0/16 v k8s red",
			)},
			[]string{"10.64.0.0/16 k8s", "  10.64.0.0/16 free", "10.64.0.0/16 k8s red", "  10.64.0.0/16 pod a"},
		},
		"a supernet in a block of another planner is free": {
			Input{Claims: claimsOf(
				"supernet vpcs 10.0.0.0/8 - blocks:vpcs", "block team 10.64.0.0/10 - blocks:vpcs", "supernet k8s 10.64.0.0/10 - k8s",
			)},
			[]string{"10.0.0.0/8 vpcs", "  10.0.0.0/10 free", "  10.64.0.0/10 free", "  10.128.0.0/9 free"},
		},
		"a supernet in a reserved range of another planner is free": {
			Input{Claims: claimsOf("reserved team 10.64.0.0/10 - blocks:vpcs", "supernet k8s 10.64.0.0/10 - k8s")},
			[]string{"10.64.0.0/10 k8s", "  10.64.0.0/10 free"},
		},
		"one address that is left": {
			Input{Claims: claimsOf("supernet k8s 10.0.0.0/31 - k8s", "pod a 10.0.0.0/32 - k8s")},
			[]string{"10.0.0.0/31 k8s", "  10.0.0.0/32 pod a", "  10.0.0.1/32 free"},
		},
		"a block that is all of a supernet": {
			Input{Claims: claimsOf("supernet vpcs 10.0.0.0/16 - blocks:vpcs", "block team 10.0.0.0/16 - blocks:vpcs")},
			[]string{"10.0.0.0/16 vpcs", "  10.0.0.0/16 block team"},
		},
		"subnets are inside their VPC, summaries and default routes are nowhere": {
			Input{VPCs: map[string]topology.VPC{"prod": {
				CIDRBlocks: ranges("192.168.0.0/16"), Subnets: map[string]netip.Prefix{"a": prefix("192.168.0.0/17")},
				Routes: map[string]topology.Route{
					"default": {Destination: prefix("0.0.0.0/0"), NextHop: "nat"},
					"idc":     {Destination: prefix("172.16.0.0/12"), NextHop: "vpn"},
				},
			}}},
			[]string{
				"172.16.0.0/12", "  172.16.0.0/12 route prod/idc", "192.168.0.0/16", "  192.168.0.0/17 subnet prod/a",
				"  192.168.128.0/17 vpc prod",
			},
		},
		"a route inside a Pod range does not hide the Pods": {
			Input{
				Claims: claimsOf("pod a 10.0.0.0/8 prod k8s"),
				VPCs: map[string]topology.VPC{"prod": {
					Routes: map[string]topology.Route{"node": {Destination: prefix("10.0.0.0/9"), NextHop: "instance"}},
				}},
			},
			[]string{"10.0.0.0/8", "  10.0.0.0/9 pod a", "  10.128.0.0/9 pod a"},
		},
		"two clusters in one network collide": {
			Input{Claims: claimsOf("pod a 10.0.0.0/8 v k8s", "pod b 10.0.0.0/9 v k8s")},
			[]string{"10.0.0.0/8", "  10.0.0.0/9 pod b conflict", "  10.128.0.0/9 pod a"},
		},
		"two clusters in networks that are not joined share": {
			Input{Claims: claimsOf("pod a 10.0.0.0/8 v k8s", "pod b 10.0.0.0/8 w k8s")},
			[]string{"10.0.0.0/8", "  10.0.0.0/8 pod a shared"},
		},
		"where rules were applied, nothing else is a conflict": {
			Input{Checked: true, Claims: claimsOf("pod a 10.0.0.0/8 v k8s", "pod b 10.0.0.0/8 v k8s")},
			[]string{"10.0.0.0/8", "  10.0.0.0/8 pod a shared"},
		},
		"a conflict is marked where both parties are": {
			Input{
				Checked: true, Claims: claimsOf("pod a 10.0.0.0/9 v k8s", "pod b 10.0.0.0/10 v k8s", "pod a 10.0.0.0/10 v k8s red"),
				Conflicts: []Conflict{{A: Party{Pod, "a", ""}, B: Party{Pod, "b", ""}, Shared: prefix("10.0.0.0/10"), Accepted: true}},
			},
			[]string{
				"10.0.0.0/8", "  10.0.0.0/10 pod b accepted", "  10.64.0.0/10 pod a", "  10.128.0.0/9 undeclared", "10.0.0.0/8  red",
				"  10.0.0.0/10 pod a", "  10.64.0.0 – 10.255.255.255 undeclared",
			},
		},
		"free addresses that cannot be allocated are unusable, others keep their use": {
			Input{
				Claims: claimsOf("supernet k8s 10.0.0.0/16 - k8s", "pod a 10.0.64.0/18 v k8s", "supernet k8s 10.0.0.0/16 - k8s red"),
				Unusable: map[string][]netip.Prefix{"": ranges(
					"9.0.0.0/8", "10.0.16.0/20", "10.0.32.0/20", "10.0.48.0/21", "10.0.64.0/19", "10.0.120.0/21", "10.0.128.0/18",
					"10.0.240.0/20", "10.1.0.0/16", "fd00::/8",
				)},
			},
			[]string{
				"10.0.0.0/16 k8s", "  10.0.0.0/20 free", "  10.0.16.0 – 10.0.55.255 unusable", "  10.0.56.0/21 free",
				"  10.0.64.0/18 pod a", "  10.0.128.0/18 unusable", "  10.0.192.0 – 10.0.239.255 free", "  10.0.240.0/20 unusable",
				"10.0.0.0/16 k8s red", "  10.0.0.0/16 free",
			},
		},
		"all of a supernet is unusable, to the last address": {
			Input{
				Claims:   claimsOf("supernet k8s 255.255.0.0/16 - k8s"),
				Unusable: map[string][]netip.Prefix{"": ranges("255.0.0.0/8")},
			},
			[]string{"255.255.0.0/16 k8s", "  255.255.0.0/16 unusable"},
		},
		"a claim that is given twice is one": {
			Input{Claims: claimsOf("pod a 10.0.0.0/8 v k8s", "pod a 10.0.0.0/8 v k8s")},
			[]string{"10.0.0.0/8", "  10.0.0.0/8 pod a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shown(New(test.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAUseWiderThanASupernetIsNamedAboveIt(t *testing.T) {
	p := New(Input{
		Claims: claimsOf("supernet k8s 10.64.0.0/16 - k8s"),
		VPCs: map[string]topology.VPC{"prod": {
			Routes: map[string]topology.Route{"all": {Destination: netip.MustParsePrefix("10.0.0.0/8"), NextHop: "vpn"}},
		}},
	})
	if around := p.Areas[0].Around; len(around) != 1 || around[0].party().ownerName() != "prod/all" {
		t.Errorf("got %v", around)
	}
	if text := Render(p, "text", "en"); !strings.Contains(text, "also in route prod/all 10.0.0.0/8") {
		t.Errorf("%s does not say it", text)
	}
}

// drawInput draws claims, networks and supernets with few distinct bits, so that they often meet.
func drawInput(t *rapid.T) Input {
	in := Input{Claims: map[string]topology.Foreign{}, VPCs: map[string]topology.VPC{}}
	bases := []string{"10.64.0.0", "10.64.128.0", "10.65.0.0", "172.20.0.0", "fd00:10::", "255.255.255.0"}
	prefix := func(label string) netip.Prefix {
		addr := netip.MustParseAddr(rapid.SampledFrom(bases).Draw(t, label))
		from, to := 12, 30
		if addr.Is6() {
			from, to = 44, 120
		}
		p, _ := addr.Prefix(rapid.IntRange(from, to).Draw(t, label+" length"))
		steps := rapid.IntRange(0, 5).Draw(t, label+" steps")
		for range steps {
			if next := cidr.Last(p).Next(); next.IsValid() {
				p = netip.PrefixFrom(next, p.Bits())
			}
		}
		return p
	}
	names := []string{"a", "b", "cluster-of-a-long-name-0001", "集群", ""}
	for i := range rapid.IntRange(0, 40).Draw(t, "claims") {
		in.Claims[fmt.Sprint(i)] = topology.Foreign{
			Kind: rapid.SampledFrom(append(topology.ForeignKinds, "")).Draw(t, "kind"), CIDR: prefix("range"),
			Owner:     rapid.SampledFrom(names[:4]).Draw(t, "owner"),
			Network:   rapid.SampledFrom([]string{"", "v", "w"}).Draw(t, "network"),
			VRF:       rapid.SampledFrom([]string{"", "", "red"}).Draw(t, "vrf"),
			Allocator: rapid.SampledFrom([]string{"", "k8s", "blocks:x"}).Draw(t, "allocator"),
		}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "vpcs") {
		in.VPCs[fmt.Sprint("vpc", i)] = topology.VPC{
			CIDRBlocks: []netip.Prefix{prefix("block")}, Subnets: map[string]netip.Prefix{"s": prefix("subnet")},
			Routes: map[string]topology.Route{"r": {Destination: prefix("route"), NextHop: "vpn"}},
		}
	}
	return in
}

// Spans of each area are in order, cover it, and their addresses add up to it; areas are in order and disjoint.
func TestSpansCoverTheirArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := New(drawInput(t))
		for i, a := range p.Areas {
			if i > 0 && a.Supernet == p.Areas[i-1].Supernet && a.VRF == p.Areas[i-1].VRF &&
				(cidr.Compare(p.Areas[i-1].Range, a.Range) >= 0 || p.Areas[i-1].Range.Overlaps(a.Range)) {
				t.Fatalf("%s comes after %s", a.Range, p.Areas[i-1].Range)
			}
			next, sum := a.Range.Addr(), new(big.Int)
			for _, s := range a.Spans {
				if s.First != next || s.Last.Less(s.First) {
					t.Fatalf("%s: %s does not begin at %s", a.Range, s.interval, next)
				}
				for _, u := range s.Uses {
					if !u.Range.Contains(s.First) || !u.Range.Contains(s.Last) {
						t.Fatalf("%s is not in its use %s", s.interval, u.Range)
					}
				}
				next = s.Last.Next()
				sum.Add(sum, s.Count())
			}
			if a.Spans[len(a.Spans)-1].Last != cidr.Last(a.Range) || sum.Cmp(cidr.Count(a.Range)) != 0 {
				t.Fatalf("%s: spans end at %s and have %s addresses", a.Range, a.Spans[len(a.Spans)-1].Last, sum)
			}
		}
	})
}

// What is free and what each cluster uses in a map of claims is the same as in the register of the claims.
func TestAMapHasTheAddressesOfTheRegister(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		in.VPCs = nil
		for key, c := range in.Claims { // released ranges may be at addresses in use, of which a register has two rows
			if c.Kind == topology.ForeignReleased {
				delete(in.Claims, key)
			}
		}
		free := map[string][]netip.Prefix{}
		for _, r := range register.Rows(in.Claims) {
			if r.Kind == register.Free {
				free[r.VRF] = append(free[r.VRF], r.CIDR)
			}
		}
		drawn := map[string][]netip.Prefix{}
		for _, a := range New(in).Areas {
			for _, s := range a.Spans {
				if s.Kind == Free {
					drawn[a.VRF] = append(drawn[a.VRF], s.Prefixes()...)
				}
			}
		}
		for _, vrf := range []string{"", "red"} {
			want, got := cidr.NewSet(free[vrf]...).Prefixes(), cidr.NewSet(drawn[vrf]...).Prefixes()
			if !slices.Equal(want, got) {
				t.Fatalf("VRF %q: the register has %v free, the map %v", vrf, want, got)
			}
		}
	})
}
