package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is allocated from a supernet that holds everything is private, and a warning names what is not.
func TestSupernetsThatHoldPublicAddresses(t *testing.T) {
	for supernet, test := range map[string]struct {
		want string
		warn bool
	}{
		"0.0.0.0/0":      {"172.30.2.0/23", true},
		"8.0.0.0/5":      {"10.0.0.0/23", true},
		"9.0.0.0/16":     {"9.0.0.0/23", true},
		"10.0.0.0/8":     {"10.0.0.0/23", false},
		"192.0.2.0/23":   {"192.0.2.0/23", true},
		"169.255.0.0/16": {"169.255.0.0/23", true},
		"100.64.0.0/10":  {"100.64.0.0/23", false},
	} {
		t.Run(supernet, func(t *testing.T) {
			r := request(supernets(supernet), pods("a", 23), vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("172.30.0.0/24") }))
			result := planned(t, r)
			if got := result.Allocations["a"].Pods; !slices.Equal(got, []netip.Prefix{prefix(test.want)}) {
				t.Errorf("got %v, want %s", got, test.want)
			}
			warned := slices.ContainsFunc(Check(r, profile.Default()), func(f topology.Fault) bool {
				_, public := f.Problem.(PublicSupernet)
				return public && f.Warn && f.At.String() == "supernets[0]"
			})
			if warned != test.warn {
				t.Errorf("warned: %v", warned)
			}
		})
	}
}

// What a cluster has of the public part stays: by state, by a pin, by existing, and when it comes back.
func TestHeldPublicRangesStay(t *testing.T) {
	held := []netip.Prefix{prefix("9.0.0.0/23")}
	wide := request(supernets("0.0.0.0/0"))
	narrow := planned(t, edited(wide, supernets("9.0.0.0/16"), services("9.1.0.0/16"), pods("a", 23)))
	prior := func(edits ...func(*Request)) Request {
		before := edited(wide, supernets("9.0.0.0/16"), services("9.1.0.0/16"), pods("a", 23))
		return edited(after(before, narrow), append([]func(*Request){supernets("0.0.0.0/0"), services("9.1.0.0/16")}, edits...)...)
	}
	back := func() Request {
		empty := prior(withoutClusters("a"))
		return edited(after(empty, planned(t, empty)), pods("a", 23))
	}
	for name, r := range map[string]Request{
		"by state":                 prior(),
		"by state, with a new one": prior(pods("b", 23)),
		"by a pin":                 edited(wide, pods("a", 23, pins("", "9.0.0.0/23"))),
		"by existing": edited(
			wide, pods("a", 23), existing("a", Existing{PodCIDRs: held, ServiceCIDR: prefix("172.20.0.0/28")}),
		),
		"by a release": back(),
	} {
		t.Run(name, func(t *testing.T) {
			result := planned(t, r)
			if got := result.Allocations["a"].Pods; !slices.Equal(got, held) {
				t.Errorf("got %v, want %v", got, held)
			}
			for _, f := range result.Faults {
				if _, public := f.Problem.(PublicSupernet); !public {
					t.Errorf("reported %v", f)
				}
			}
		})
	}
}

// IPv6 supernets of documentation, of global unicast and of unique local addresses are allocated from as they are.
func TestIPv6SupernetsThatAreNotPrivate(t *testing.T) {
	for supernet, warn := range map[string]bool{"2001:db8::/32": true, "2400:cb00::/40": false, "fd00::/8": false, "fc00::/7": false} {
		r := request(
			supernets("10.0.0.0/16", supernet), services("172.20.0.0/16", "fdff::/48"),
			cluster("a", "kubernetes-overlay", lengths(20, 0, 0), dual),
		)
		result := planned(t, r)
		if got := result.Allocations["a"].PodIPv6; !got.IsValid() || got.Addr() != prefix(supernet).Addr() {
			t.Errorf("%s: got %v", supernet, got)
		}
		if len(result.Faults) > 0 != warn {
			t.Errorf("%s: %v", supernet, result.Faults)
		}
	}
}

// Class E is named among the parts that are allocated from only where the configuration allows it.
func TestPrivatePartsNameClassEWhereItIsAllowed(t *testing.T) {
	for _, allowed := range []bool{false, true} {
		r := request(supernets("0.0.0.0/0"), func(r *Request) { r.AllowClassE = allowed })
		faults := Check(r, profile.Default())
		if len(faults) != 1 {
			t.Fatalf("got %v", faults)
		}
		problem, _ := faults[0].Problem.(PublicSupernet)
		if got := slices.Contains(problem.Private, prefix("240.0.0.0/4")); got != allowed || len(problem.Private) < 4 {
			t.Errorf("allowed %t: %v", allowed, problem.Private)
		}
	}
}
