package profile_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// boundary is a range on one side of a published bound and what is found of it.
type boundary struct {
	// of names platforms or profiles, separated by spaces.
	of string
	// what is checked: "vpc" (the first block), "secondary", "subnet", "route", or "route by A/B"
	// against a subnet of a platform, "secondary by A/B C/D" beside other blocks; "pods", "services", "pod subnet", "forbidden" for both
	// Pods and Services, or "other by USE" of a profile.
	what  string
	given string
	want  string
}

const (
	ackAll        = "ack-edge-flannel ack-flannel ack-serverless ack-terway"
	aksAll        = "aks-kubenet aks-node-subnet aks-overlay aks-pod-subnet aks-pod-subnet-static"
	cceAll        = "cce-autopilot cce-overlay cce-turbo cce-vpc-router"
	cceOwn        = "cce-overlay cce-vpc-router"
	ccseAll       = "ccse-calico ccse-cubecni"
	kubernetesAll = "cilium kube-ovn kubernetes-overlay kubernetes-routed kubespray" // what kubeadm builds
	serversAll    = "k3s kops rke2 talos"                                            // what kube-apiserver alone limits
	baiduAll      = "baidu-cce-route baidu-cce-vpc-eni"
	vkeAll        = "vke-flannel vke-vpc-cni"
	gkeNative     = "gke gke-autopilot"
	eksAll        = "eks eks-prefix-delegation"
	tkeShared     = "tke-cilium-overlay tke-global-router"
	tkeAll        = "tke-cilium-overlay tke-global-router tke-vpc-cni tsf"
	selfManaged   = kubernetesAll + " " + serversAll

	// dockerAllowed and those below it are what the platforms say of 172.17.0.0/16, 100.64.0.0/10 and 198.18.0.0/15
	dockerAllowed    = ackAll + " " + baiduAll + " " + ccseAll + " kce " + tkeAll + " " + vkeAll
	dockerWarned     = cceAll + " " + selfManaged + " " + eksAll + " " + gkeNative + " gke-routes"
	sharedRefused    = ackAll + " " + cceAll
	sharedWarned     = ccseAll + " " + tkeAll
	benchmarksWarned = ackAll + " " + aksAll + " " + ccseAll + " " + eksAll + " " + selfManaged + " " + tkeAll + " openshift-ovn"
)

// Each bound has two rows, one that breaks it and one that does not.
var boundaries = slices.Concat(googleBoundaries, networkBoundaries, profileBoundaries, usedBoundaries)

// verdict is what a catalog says of the range of a row.
func (b boundary) verdict(c *profile.Catalog, of string) string {
	var found []string
	given := netip.MustParsePrefix(b.given).Masked()
	note := func(refusals []profile.BrokenRule) {
		for _, r := range refusals {
			found = append(found, fmt.Sprintf("%s %v", r.Code, r.Rule.Level))
		}
	}
	hold := func(limits []profile.Limit) {
		for _, l := range limits {
			if fit := l.FitOf(given); fit != profile.Fits {
				found = append(
					found,
					fmt.Sprintf("%s %v", map[profile.Fit]string{profile.WrongLength: "length", profile.Outside: "outside"}[fit], l.Level),
				)
			}
		}
	}
	p, _ := c.Profile(of)
	n := c.Platform(of).Networks
	switch what, subnet, _ := strings.Cut(b.what, " by "); what {
	case "vpc":
		note(n.VPC.CheckBlock(given, true))
	case "secondary":
		note(n.VPC.CheckBlock(given, false))
		note(n.VPC.CheckBeside(given, prefixes(strings.Fields(subnet)...)))
	case "subnet":
		note(n.Subnets.Check(given))
	case "route":
		against := netip.Prefix{}
		if subnet != "" {
			against = netip.MustParsePrefix(subnet)
		}
		note(n.Routes.Check(given, against))
	case "pods":
		hold(p.Pods.Limits)
	case "services":
		hold(p.Services.Limits)
	case "pod subnet":
		hold(p.Pods.Subnets.Limits)
	case "other":
		hold(p.OtherRanges[subnet].Limits)
	case "forbidden":
		for _, f := range p.ForbiddenFor(given) {
			found = append(found, fmt.Sprintf("%v %v", f.CIDR, f.Level))
		}
	default:
		return "no such thing as " + b.what
	}
	return strings.Join(found, ", ")
}

func TestShippedBoundaries(t *testing.T) {
	c := profile.Default()
	for _, row := range boundaries {
		for _, of := range strings.Fields(row.of) {
			if !slices.Contains(slices.Concat(c.Names(), c.Platforms()), of) {
				t.Errorf("%s is neither a profile nor a platform", of)
			} else if got := row.verdict(c, of); got != row.want {
				t.Errorf("%s, %s %s: got %q, want %q", of, row.what, row.given, got, row.want)
			}
		}
	}
}

// limited are the lists of limits and forbidden ranges of a catalog by the profile or platform that
// has them, to be changed in place.
func limited(c *profile.Catalog) (limits map[string][][]profile.Limit, forbidden map[string][][]profile.Forbidden) {
	limits, forbidden = map[string][][]profile.Limit{}, map[string][][]profile.Forbidden{}
	for _, name := range c.Names() {
		p, _ := c.Profile(name)
		limits[name] = [][]profile.Limit{p.Pods.Limits, p.Pods.Subnets.Limits, p.Services.Limits}
		for _, use := range p.OtherNames() {
			limits[name] = append(limits[name], p.OtherRanges[use].Limits)
		}
		forbidden[name] = [][]profile.Forbidden{p.Forbidden}
	}
	for _, name := range c.Platforms() {
		n := c.Platform(name).Networks
		limits[name] = [][]profile.Limit{n.VPC.Limits, n.VPC.Primary.Limits, n.VPC.Secondary.Limits, n.Subnets.Limits}
		forbidden[name] = [][]profile.Forbidden{n.VPC.Forbidden, n.VPC.Primary.Forbidden, n.VPC.Secondary.Forbidden, n.Routes.Forbidden}
		for _, b := range n.VPC.Beside {
			forbidden[name] = append(forbidden[name], b.Forbidden)
		}
	}
	return limits, forbidden
}

// The rows above are complete: whichever bound moves by one, and whichever range is forbidden no
// more, some row of its owner says something else.
func TestEveryShippedBoundHasItsRows(t *testing.T) {
	c := load(t, os.DirFS("data"))
	noticed := func(owner string) bool {
		return slices.ContainsFunc(boundaries, func(row boundary) bool {
			return slices.Contains(strings.Fields(row.of), owner) && row.verdict(c, owner) != row.want
		})
	}
	moved := func(owner string, w *profile.Window, by profile.Window) {
		before := *w
		w.Shortest, w.Longest = w.Shortest+by.Shortest, w.Longest+by.Longest
		if !noticed(owner) {
			t.Errorf("%s: no row distinguishes %+v from %+v", owner, before, *w)
		}
		*w = before
	}
	limits, forbidden := limited(c)
	moves := 0
	for owner, lists := range limits {
		for _, list := range lists {
			for _, l := range list {
				for i := range l.Windows {
					w := &l.Windows[i]
					if w.Shortest > 1 { // a /1 of everything is no bound
						moved(owner, w, profile.Window{Shortest: 1})
					}
					if w.Shortest > max(w.CIDR.Bits(), 1) { // nothing shorter is in the range
						moved(owner, w, profile.Window{Shortest: -1})
					}
					if w.Longest < w.CIDR.Addr().BitLen() { // a single address is no bound
						moved(owner, w, profile.Window{Longest: 1})
						moved(owner, w, profile.Window{Longest: -1})
					}
					moves++
				}
			}
		}
	}
	nowhere := prefix("203.0.113.255/32")
	// refused whatever a platform says of them
	everywhere := []netip.Prefix{
		prefix("0.0.0.0/8"), prefix("127.0.0.0/8"), prefix("169.254.0.0/16"), prefix("224.0.0.0/4"), prefix("240.0.0.0/4"),
	}
	for owner, lists := range forbidden {
		for _, list := range lists {
			for i := range list {
				before := list[i].CIDR
				if slices.Contains(everywhere, before) {
					continue
				}
				list[i].CIDR = nowhere
				if !noticed(owner) {
					t.Errorf("%s: no row is in %v (%s)", owner, before, list[i].Text)
				}
				list[i].CIDR = before
				moves++
			}
		}
	}
	if moves < 190 {
		t.Errorf("only %d bounds were found", moves)
	}
	for _, row := range boundaries {
		for _, of := range strings.Fields(row.of) {
			if got := row.verdict(c, of); got != row.want {
				t.Fatalf("%s, %s %s: %q is left of a move", of, row.what, row.given, got)
			}
		}
	}
}
