package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Clusters that use the same addresses, because they were taken over so or because they may, can
// go one after the other, and what they leave behind is no conflict of those that stay.
func TestOldConflictsDoNotBlockReleases(t *testing.T) {
	pinned := func(kind, name string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, kind, profile.Need{}, append([]func(*topology.Cluster){pins("172.20.0.0/24", "10.0.0.0/20")}, edits...)...)
	}
	ack := func(name string, edits ...func(*topology.Cluster)) func(*Request) {
		return pinned("ack-flannel", name, edits...)
	}
	hidden := func(name string) func(*Request) { return pinned("kubernetes-overlay", name) }
	onBlock := func(name string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(
			name,
			"ack-flannel",
			profile.Need{},
			append([]func(*topology.Cluster){pins("172.21.0.0/24", "192.168.0.0/25")}, edits...)...)
	}
	holds := Existing{PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/24"), NodeMask: 25}
	const ab, abServices = "warn pod_overlaps_cluster_pod a 10.0.0.0/20 b 10.0.0.0/20", "warn service_overlaps_cluster_service a " +
		"172.20.0.0/24 b 172.20.0.0/24"
	tests := map[string]struct {
		r     Request
		edits []func(*Request)
		want  []string
	}{
		"nothing is edited": {request(ack("a"), ack("b")), nil, []string{ab, abServices}},
		"one of two goes":   {request(ack("a"), ack("b")), []func(*Request){withoutClusters("b")}, nil},
		"the other goes":    {request(ack("a"), ack("b")), []func(*Request){withoutClusters("a")}, nil},
		"both go":           {request(ack("a"), ack("b")), []func(*Request){withoutClusters("a", "b")}, nil},
		"one of three goes": {
			request(ack("a"), ack("b"), ack("c")),
			[]func(*Request){withoutClusters("c")},
			[]string{ab, abServices},
		},
		"one is renamed": {
			request(ack("c"), ack("b")),
			[]func(*Request){withoutClusters("c"), ack("a", previously("c"))},
			[]string{ab, abServices},
		},
		"both are renamed": {
			request(ack("c"), ack("d")),
			[]func(*Request){withoutClusters("c", "d"), ack("a", previously("c")), ack("b", previously("d"))},
			[]string{ab, abServices},
		},
		"one is renamed and the other goes": {
			request(ack("c"), ack("b")),
			[]func(*Request){withoutClusters("c", "b"), ack("a", previously("c"))},
			nil,
		},
		"one is renumbered": {
			request(ack("a"), ack("b")),
			[]func(*Request){ack("a", pins("172.20.9.0/24", "10.0.32.0/20")), renumber("a", "1")},
			nil,
		},
		"one is renumbered and pinned to the same": {
			request(ack("a"), ack("b")),
			[]func(*Request){renumber("a", "1")},
			[]string{ab, abServices},
		},
		"one of two that may goes": {request(hidden("a"), hidden("b")), []func(*Request){withoutClusters("b")}, nil},
		"one of two that may is renamed": {
			request(hidden("a"), hidden("b")),
			[]func(*Request){withoutClusters("b"), func(r *Request) { pinned("kubernetes-overlay", "c", previously("b"))(r) }},
			nil,
		},
		"one goes and existing still has it": {
			request(hidden("a"), hidden("b"), existing("b", holds)),
			[]func(*Request){withoutClusters("b")},
			[]string{
				"warn pod_overlaps_existing a 10.0.0.0/20 b 10.0.0.0/20",
				"warn service_overlaps_existing a 172.20.0.0/24 b 172.20.0.0/24",
			},
		},
		"one on its VPC's block is renamed": {
			request(onBlock("a")),
			[]func(*Request){withoutClusters("a"), onBlock("b", previously("a"))},
			[]string{"warn pod_overlaps_vpc b 192.168.0.0/25 ali 192.168.0.0/24"},
		},
		"one of two that may is renumbered, the other undeclared": {
			applied(t, request(hidden("a"), hidden("b")), withoutClusters("b")),
			[]func(*Request){renumber("a", "1")},
			nil,
		},
		"one on its VPC's block goes": {request(onBlock("a")), []func(*Request){withoutClusters("a")}, nil},
		"one on its VPC's block stays, and another goes": {
			request(onBlock("a"), hidden("b")),
			[]func(*Request){withoutClusters("b")},
			[]string{"warn pod_overlaps_vpc a 192.168.0.0/25 ali 192.168.0.0/24"},
		},
		"one has too many nodes and is renamed": {
			request(tooMany("a")),
			[]func(*Request){withoutClusters("a"), tooMany("b", previously("a"))},
			[]string{"warn nodes_over_cap b 10.0.0.0/12", "warn nodes_over_cap b 10.0.0.0/12", "warn route_quota_exceeded b 10.0.0.0/12"},
		},
		"one has too many nodes and its pin goes": {
			request(tooMany("a")),
			[]func(*Request){tooMany("a", func(cl *topology.Cluster) { cl.PodCIDRs = nil })},
			[]string{
				"warn nodes_over_cap a invalid Prefix",
				"warn nodes_over_cap a invalid Prefix",
				"warn route_quota_exceeded a invalid Prefix",
			},
		},
		"one of two whose nodes fill the route table goes": {
			request(tooMany("a"), tooMany("b", pins("172.20.9.0/24", "10.16.0.0/12"))),
			[]func(*Request){withoutClusters("a")},
			[]string{
				"warn nodes_over_cap b 10.16.0.0/12",
				"warn nodes_over_cap b 10.16.0.0/12",
				"warn route_quota_exceeded b 10.16.0.0/12",
			},
		},
		"the networks are joined only now, which is new": {
			request(hidden("a"), ack("b")),
			[]func(*Request){hub("ali", "own")},
			[]string{
				"error pod_overlaps_peer_pod a 10.0.0.0/20 b 10.0.0.0/20",
				"warn service_overlaps_peer_service a 172.20.0.0/24 b 172.20.0.0/24",
			},
		},
		"another is pinned to what was left, which is new": {
			request(hidden("a"), hidden("b")),
			[]func(*Request){withoutClusters("b"), hidden("c")},
			[]string{
				"error pod_overlaps_released c 10.0.0.0/20 b 10.0.0.0/20",
				"error service_overlaps_released c 172.20.0.0/24 b 172.20.0.0/24",
			},
		},
		"existing has another on it, which is new": {
			request(hidden("a")),
			[]func(*Request){existing("z", holds)},
			[]string{
				"error pod_overlaps_existing a 10.0.0.0/20 z 10.0.0.0/20",
				"error service_overlaps_existing a 172.20.0.0/24 z 172.20.0.0/24",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(after(test.r, Plan(test.r, profile.Default())), test.edits...)
			result := Plan(r, profile.Default())
			wantFindings(t, result, test.want...)
			if fails := len(test.want) > 0 && test.want[0][:5] == "error"; !fails {
				wantFindings(t, planned(t, after(r, result)), test.want...)
			}
		})
	}
}

func tooMany(name string, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(
		name,
		"cce-vpc-router",
		profile.Need{MaxNodes: 2001},
		append([]func(*topology.Cluster){pins("172.20.0.0/24", "10.0.0.0/12")}, edits...)...)
}

// A lock adopted by existing may list a range that one cluster holds as released by another.
func TestExistingBesideReleasedRanges(t *testing.T) {
	released := existing("b", Existing{Cluster: "b", PodCIDRs: prefixes("10.0.0.0/20")})
	holds := existing("a", Existing{PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/24"), NodeMask: 25})
	wantFindings(t, planned(t, request(released, holds, cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: 3}))))
	result := Plan(
		request(released, cluster("a", "kubernetes-overlay", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/20"))),
		profile.Default(),
	)
	wantFindings(t, result, "error pod_overlaps_released a 10.0.0.0/20 b 10.0.0.0/20")
	if len(result.Findings) != 1 || result.Findings[0].B.Kind != conflict.Released {
		t.Error(allReports(result))
	}
}
