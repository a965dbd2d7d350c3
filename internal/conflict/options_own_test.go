package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsThatGiveThePartiesOtherRanges(t *testing.T) {
	route := of(conflict.Declared, part(at(claim("route", "", "home", ""), "10.64.0.0/12"), "vpn"),
		"vpcs", "home", "routes", "vpn", "destination")
	block := of(conflict.Declared, at(claim("vpc", "", "hub", ""), "10.64.0.0/16"), "vpcs", "hub", "cidr_blocks")
	on := func(c conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		f := meeting("pod_overlaps_route", c.Range.String(), c, route)
		for _, edit := range edits {
			edit(&f)
		}
		return fatal(f)[0]
	}
	free := func(texts ...string) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.FreeRanges = prefixes(texts...) }
	}
	held := func(f *conflict.Finding) { f.Held = true }
	tokens := func(names ...string) func(*conflict.Finding) {
		return func(f *conflict.Finding) {
			f.Tokens = map[string]string{}
			for i, name := range names {
				f.Tokens[name] = string(rune('2' + i))
			}
		}
	}
	adoptedAs := func(names ...string) func(*conflict.Finding) {
		return func(f *conflict.Finding) {
			f.Adopted = map[string]topology.Path{}
			for _, name := range names {
				f.Adopted[name] = place("existing", name)
			}
		}
	}
	a, b := pinnedPods("a", "10.64.0.0/20"), pinnedPods("b", "10.64.16.0/20")
	mirrored, services := a, of(conflict.Assumed, at(claim("service", "a", "home", "ack-flannel"), "10.64.0.0/20"))
	mirrored.Mirrors = []string{"a2"}
	possible := of(conflict.Possible, services)
	ownPods := of(conflict.Assumed, podsOf("c", "10.64.32.0/20"))
	ownPods6, services6 := of(conflict.Assumed, podsOf("c", "fd00::/64")), of(conflict.Assumed, services)
	services6.Range = prefixes("fd01::/108")[0]
	mirror := b
	mirror.SameAs = "a"
	allocated := podsOf("c", "10.64.32.0/20")
	adopted := of(conflict.Adopted, podsOf("d", "10.64.48.0/20"), "existing", "d", "pod_cidrs")
	numbered := counts("nodes_over_cap", "nodes", 2001, a)
	numbered.FreeRanges = prefixes("10.80.0.0/20")
	alone := func(c conflict.Claim) conflict.Finding {
		return fatal(meeting("pod_in_forbidden_range", c.Range.String(), c))[0]
	}
	clusters := meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", a, pinnedPods("wide", "10.64.0.0/16"))
	clusters.FreeRanges, clusters.OtherFreeRanges = prefixes("10.80.0.0/20"), prefixes("10.96.0.0/16")
	second := meeting("pod_overlaps_cluster_pod", "10.64.16.0/20", b, pinnedPods("wide", "10.64.0.0/16"))
	second.FreeRanges, second.OtherFreeRanges = prefixes("10.80.16.0/20"), prefixes("10.96.0.0/16")
	turned := meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", pinnedPods("wide", "10.64.0.0/16"), allocated)
	turned.FreeRanges = prefixes("10.96.0.0/16")
	inSubnet := on(part(a, "nodes"), free("10.80.0.0/20"))
	sampled := func(a, b conflict.Claim) conflict.Finding {
		f := meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", a, b)
		f.Sample, f.FreeRanges, f.OtherFreeRanges = "10.64.0.0/20", prefixes("10.80.0.0/20"), prefixes("10.96.0.0/20")
		return f
	}
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a pinned range": {fatal(on(a, free("10.80.0.0/20", "10.80.16.0/20"))), []string{
			`other range: clusters["a"].pod_cidrs = 10.80.0.0/20 or 10.80.16.0/20`,
		}},
		"a pinned range that was held": {fatal(on(a, free("10.80.0.0/20"), held)), []string{
			`other range: clusters["a"].pod_cidrs = 10.80.0.0/20; renumber["a"] = 1`,
		}},
		"a pinned range with mirrors, held": {fatal(on(mirrored, free("10.80.0.0/20"), held, tokens("a", "a2"))), []string{
			`other range: clusters["a"].pod_cidrs = 10.80.0.0/20; renumber["a"] = 2; renumber["a2"] = 3`,
		}},
		"a pinned range that existing names": {fatal(on(mirrored, free("10.80.0.0/20"), adoptedAs("a", "a2", "b"))), []string{
			`other range: clusters["a"].pod_cidrs = 10.80.0.0/20; existing["a"] remove; existing["a2"] remove`,
		}},
		"a pinned range where none is free": {fatal(on(a)), []string{
			`none free: clusters["a"].pod_cidrs beside [10.64.0.0/12]`,
		}},
		"a range that breaks a rule by itself": {fatal(alone(a)), nil},
		"two pinned ranges": {fatal(on(a, free("10.80.0.0/20", "10.96.0.0/20")), on(b, free("10.80.16.0/20"))), []string{
			`other ranges: clusters["a"].pod_cidrs = 10.80.0.0/20; clusters["b"].pod_cidrs = 10.80.16.0/20`,
		}},
		"two, one without a free range": {fatal(on(a, free("10.80.0.0/20")), on(b)), []string{
			`none free: clusters["a"].pod_cidrs = 10.80.0.0/20; clusters["b"].pod_cidrs beside [10.64.0.0/12]`,
		}},
		"a pinned range and one that moves": {fatal(on(a, free("10.80.0.0/20")), on(allocated, tokens("c"))), []string{
			`other ranges: clusters["a"].pod_cidrs = 10.80.0.0/20; renumber["c"] = 2`,
		}},
		"a pinned range and one of a mirror": {fatal(on(a, free("10.80.0.0/20")), on(mirror, free("10.80.16.0/20"))), nil},
		"a pinned range and one that exists": {fatal(on(a, free("10.80.0.0/20")), on(adopted, free("10.80.16.0/20"))), nil},
		"a range that moves": {fatal(on(allocated)), []string{
			`moved: renumber["c"] = 1`,
		}},
		"a range that exists": {fatal(on(adopted)), []string{
			`corrected: existing["d"].pod_cidrs beside [10.64.0.0/12]`,
		}},
		"a range that the platform has": {fatal(on(services)), []string{
			`corrected: clusters["a"].service_cidr beside [10.64.0.0/12]`,
		}},
		"a range that the platform may have": {fatal(on(possible)), []string{
			`corrected: clusters["a"].service_cidr beside [10.64.0.0/12]`,
		}},
		"a Pod range that the platform has": {fatal(on(ownPods)), []string{
			`corrected: clusters["c"].pod_cidrs[0] beside [10.64.0.0/12]`,
		}},
		"IPv6 ranges that the platform has": {fatal(alone(ownPods6), alone(services6)), []string{
			`corrected: clusters["c"].pod_ipv6_cidr comply; clusters["a"].service_ipv6_cidr comply`,
		}},
		"a range that exists and breaks a rule": {fatal(alone(adopted)), []string{
			`corrected: existing["d"].pod_cidrs comply`,
		}},
		"two clusters over a wide one": {fatal(clusters, second), []string{
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16`,
			`other ranges: clusters["a"].pod_cidrs = 10.80.0.0/20; clusters["b"].pod_cidrs = 10.80.16.0/20`,
		}},
		"one cluster over a wide one": {fatal(clusters), []string{
			`other range: clusters["a"].pod_cidrs = 10.80.0.0/20`,
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16`,
		}},
		"a wide one over an allocated one": {fatal(turned), []string{
			`other range: clusters["wide"].pod_cidrs = 10.96.0.0/16`,
		}},
		"a sample of pinned ranges": {
			fatal(sampled(a, pinnedPods("e", "10.64.0.0/20")), sampled(a, pinnedPods("f", "10.64.0.0/20"))),
			[]string{`other ranges: clusters["a"].pod_cidrs = 10.80.0.0/20; clusters["e"].pod_cidrs = 10.96.0.0/20`},
		},
		"a number":         {fatal(numbered), nil},
		"a subnet of Pods": {fatal(inSubnet), nil},
		"two networks": {fatal(meeting("vpc_overlaps_peer", "10.64.0.0/16", block, route)), []string{
			`leads to hub: vpcs["home"].routes["vpn"].next_hop = peering`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, without(optionsOf(t, test.findings...), "accepted", "accepted with a number", "aggregate"), test.want)
		})
	}
}
