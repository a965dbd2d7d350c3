package usage

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What the platform refuses is the last fact, and is none where it refuses nothing.
func TestFactsOfThePlatform(t *testing.T) {
	for supernet, want := range map[string]string{
		"126.0.0.0/7": "vpc prod 256, platform 16777216", "10.0.0.0/8": "vpc prod 256", "10.0.0.0/24": "", "127.0.0.0/24": "platform 256",
	} {
		r := request(supernets(supernet))
		block := "126.9.0.0/24"
		if strings.HasPrefix(supernet, "10.") {
			block = "10.9.0.0/24"
		}
		r.Facts.VPCs["prod"] = topology.VPC{CIDRBlocks: prefixes(block)}
		var facts []string
		for _, f := range surveyed(t, held(t, r)).Figures(r.Supernets).Facts {
			name := "platform"
			if f.Claim != nil {
				name = f.Claim.Kind.String() + " " + f.Claim.Owner
			}
			facts = append(facts, fmt.Sprint(name, " ", f.Addresses))
		}
		if got := strings.Join(facts, ", "); got != want {
			t.Errorf("%s: %s, want %s", supernet, got, want)
		}
	}
}

// The largest range of a network is one that the platforms of its own clusters accept, and that of all one that each platform accepts.
func TestLargestRangeOfEachNetwork(t *testing.T) {
	pinned := func(profile, pods string) func(*topology.Cluster) {
		return func(c *topology.Cluster) { c.Profile, c.PodCIDRs = profile, prefixes(pods) }
	}
	r := request(
		supernets("10.0.0.0/8"), vpc("lab", topology.VPC{CIDRBlocks: prefixes("192.168.5.0/24")}),
		cluster("shop", "prod", 0, pinned("kubernetes-routed", "172.24.0.0/16")),
		cluster("test", "lab", 0, pinned("tke-global-router", "172.25.0.0/16")),
	)
	f := surveyed(t, r).Figures(r.Supernets)
	if got := fmt.Sprint(f.Largest, f.Networks); got != "10.0.0.0/10 [{lab 16777216 10.0.0.0/10} {prod 16777216 10.0.0.0/8}]" {
		t.Error(got)
	}
}

// One address is a range for blocks, also as the largest one. Of no supernets there are no figures.
func TestFiguresOfFewAddresses(t *testing.T) {
	r := request(supernets("10.0.0.0/31"))
	r.OfBlocks, r.ServiceSupernets, r.Pools, r.Facts.VPCs = true, nil, nil, nil
	r.Facts.Blocks = map[string]topology.Block{"a": {PrefixLength: 32}}
	s := surveyed(t, held(t, r))
	f := s.Figures(r.Supernets, "")
	if want := "10.0.0.1/32"; f.Largest.String() != want || len(f.Networks) != 1 || f.Networks[0].Largest.String() != want {
		t.Errorf("the largest range is %v, in networks %v", f.Largest, f.Networks)
	}
	if f := s.Figures(nil); f.Addresses.Sign() != 0 || len(f.Fits) != 0 || f.Percent() != 0 {
		t.Errorf("no supernet has %+v", f)
	}
}
