package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

var sourceNames = map[conflict.Source]string{
	conflict.Declared: "declared", conflict.Pinned: "pinned", conflict.Adopted: "adopted", conflict.Allocated: "allocated",
}

// claimText writes what a claim says of a range of a cluster.
func claimText(c conflict.Claim) string {
	text := fmt.Sprintf("%s %s %s of %s %s at %s", c.Kind, c.Range, c.Owner, c.ComparedIn(), sourceNames[c.Source], c.At)
	if c.Index > 0 {
		text += fmt.Sprintf(" index %d", c.Index)
	}
	if c.NodeIPv6Mask > 0 {
		text += fmt.Sprintf(" node blocks /%d", c.NodeIPv6Mask)
	}
	return text
}

func TestRangesOfAClusterBecomeClaims(t *testing.T) {
	all := profile.Ranges{
		Pods: prefixes("10.0.0.0/16", "10.2.0.0/16"), Service: prefix("10.1.0.0/20"), Aggregate: prefix("10.0.0.0/14"),
		PodIPv6: prefix("fd00::/56"), ServiceIPv6: prefix("fd01::/112"), NodeIPv6Mask: 64,
	}
	pinned := func(argument string, index int) (conflict.Source, topology.Path) {
		return conflict.Pinned, topology.Path{}.Attr("given").Attr(argument).At(index)
	}
	cluster := topology.Cluster{VPC: "home"}
	for name, test := range map[string]struct {
		profile string
		cluster topology.Cluster
		ranges  profile.Ranges
		given   conflict.GivenBy
		want    []string
	}{
		"all of them": {"ack-flannel", cluster, all, nil, []string{
			`pod 10.0.0.0/16 shop of home allocated at clusters["shop"]`,
			`pod 10.2.0.0/16 shop of home allocated at clusters["shop"] index 1`,
			`service 10.1.0.0/20 shop of home allocated at clusters["shop"]`,
			`pod fd00::/56 shop of home allocated at clusters["shop"] node blocks /64`,
			`service fd01::/112 shop of home allocated at clusters["shop"]`,
			`reserved 10.0.0.0/14 shop of home allocated at clusters["shop"]`,
		}},
		"no Service range of their own where Pods and Services share one": {"tke-global-router", cluster, all, nil, []string{
			`pod 10.0.0.0/16 shop of home allocated at clusters["shop"]`,
			`pod 10.2.0.0/16 shop of home allocated at clusters["shop"] index 1`,
			`pod fd00::/56 shop of home allocated at clusters["shop"] node blocks /64`,
			`service fd01::/112 shop of home allocated at clusters["shop"]`,
			`reserved 10.0.0.0/14 shop of home allocated at clusters["shop"]`,
		}},
		"where they are given": {"ack-flannel", cluster, all, pinned, []string{
			`pod 10.0.0.0/16 shop of home pinned at given.pod_cidrs[0]`,
			`pod 10.2.0.0/16 shop of home pinned at given.pod_cidrs[1] index 1`,
			`service 10.1.0.0/20 shop of home pinned at given.service_cidr[0]`,
			`pod fd00::/56 shop of home pinned at given.pod_ipv6_cidr[0] node blocks /64`,
			`service fd01::/112 shop of home pinned at given.service_ipv6_cidr[0]`,
			`reserved 10.0.0.0/14 shop of home allocated at clusters["shop"]`,
		}},
		"further ranges, behind the first ones": {"kubernetes-overlay", cluster, profile.Ranges{
			Pods: prefixes("10.0.0.0/16"), Service: prefix("10.1.0.0/20"),
			Further: profile.Further{Services: prefixes("10.1.16.0/20", "10.1.32.0/20"), PodsIPv6: prefixes("fd00::/56")},
		}, pinned, []string{
			`pod 10.0.0.0/16 shop of home pinned at given.pod_cidrs[0]`,
			`service 10.1.0.0/20 shop of home pinned at given.service_cidr[0]`,
			`service 10.1.16.0/20 shop of home pinned at given.further_service_cidrs[0] index 1`,
			`service 10.1.32.0/20 shop of home pinned at given.further_service_cidrs[1] index 2`,
			`pod fd00::/56 shop of home pinned at given.further_pod_ipv6_cidrs[0] index 1`,
		}},
		"a block": {
			"", topology.Cluster{}, profile.Ranges{Block: prefix("fd00::/56")}, pinned,
			[]string{`block fd00::/56 shop of  pinned at given.cidr[0]`},
		},
		"none": {"ack-flannel", cluster, profile.Ranges{Pods: make([]netip.Prefix, 1)}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := conflict.Claimant{Name: "shop", Kind: conflict.BlockOwner}
			if test.profile != "" {
				c = conflict.ClusterClaimant("shop", test.cluster, shipped(test.profile))
			}
			c.Mirrors = []string{"copy"}
			var got []string
			for _, claim := range c.Claims(test.ranges, test.given) {
				got = append(got, claimText(claim))
				if mirrored := slices.Equal(claim.Mirrors, c.Mirrors); mirrored == (claim.Kind == conflict.GrowthReserve) {
					t.Errorf("%s: mirrors %v", claimText(claim), claim.Mirrors)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("claims:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestReservedRangesOfClustersAndBlocksBecomeClaims(t *testing.T) {
	ranges := profile.Ranges{
		Pods: prefixes("10.0.0.0/16"), Service: prefix("10.1.0.0/20"), Aggregate: prefix("10.0.0.0/14"), PodIPv6: prefix("fd00::/56"),
	}
	for _, test := range []struct {
		kind   conflict.Kind
		of     conflict.OwnerKind
		source conflict.Source
	}{
		{conflict.Released, conflict.ClusterOwner, conflict.Allocated}, {conflict.Existing, conflict.BlockOwner, conflict.Adopted},
	} {
		at := topology.Path{}.Attr("given").Key("shop")
		var got []string
		for _, c := range conflict.Reservations(test.kind, "shop", test.of, ranges, at) {
			got = append(got, c.Range.String())
			if c.Kind != test.kind || c.OwnerKind != test.of || c.Source != test.source || c.Owner != "shop" ||
				c.At.String() != at.String() {
				t.Errorf("got %+v", c)
			}
		}
		if want := []string{"10.0.0.0/16", "10.1.0.0/20", "fd00::/56", "10.0.0.0/14"}; !slices.Equal(got, want) {
			t.Errorf("claims to %q, want %q", got, want)
		}
	}
}

func TestAClaimOfAClusterSaysWhatRulesNeed(t *testing.T) {
	cl := topology.Cluster{VPC: "home", Meshes: []string{"red"}, About: topology.About{Description: "the shop"}, SameAs: "first"}
	p := shipped("ack-flannel")
	c := clusterClaim("shop", cl, p, conflict.Service, prefix("10.0.0.0/20"))
	if c.Profile != p || c.At.String() != `clusters["shop"]` || c.Description != "the shop" || c.Network != "home" ||
		!slices.Equal(c.Meshes, cl.Meshes) || c.Source != conflict.Allocated || c.SameAs != "first" {
		t.Errorf("got %+v", c)
	}
	if want := (conflict.ID{Owner: "shop", Kind: conflict.Service, Range: prefix("10.0.0.0/20")}); c.ID() != want {
		t.Errorf("identity: got %+v, want %+v", c.ID(), want)
	}
	if b := blockClaim("lb", prefix("10.0.0.0/20")); b.At.String() != `blocks["lb"]` {
		t.Errorf("a block is at %s", b.At)
	}
}
