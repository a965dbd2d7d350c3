package messages

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// One cluster can have another range than the one that is assumed, so this is an option for one alone. Of many, the first ones are
// listed.
func TestDefaultServiceRangesThatAreAssumed(t *testing.T) {
	of := func(i int) allocate.AssumedRanges {
		return allocate.AssumedRanges{
			Cluster: fmt.Sprint(
				"c",
				i,
			), Profile: shipped(t, "ack-flannel"), Kind: conflict.Service, Ranges: []netip.Prefix{prefix("172.19.0.0/20")},
		}
	}
	const other = "to the range that the cluster has"
	for name, test := range map[string]struct {
		clusters, edits int
		parts           []string
	}{
		"one": {1, 1, []string{`Cluster "c0" has a Pod range and sets no service_cidr`, other, "!The same applies to:"}},
		"two": {
			2, 2, []string{"The same applies to:\n  - cluster \"c1\": Service range 172.19.0.0/20", "!" + other},
		},
		"as many as are listed": {maxListed, maxListed, []string{"!" + other}},
		"one more":              {maxListed + 1, maxListed, []string{"!" + other}},
	} {
		e := of(0)
		for i := 1; i < test.clusters; i++ {
			e.Others = append(e.Others, of(i))
		}
		p := Writer{}
		options := assumedOptions(e)
		wantParts(t, name, p.assumed(e)+p.resolve(options), test.parts...)
		if first, last := len(options[0].Edits), len(options[len(options)-1].Edits); first != test.edits || last != test.edits {
			t.Errorf("%s: %d and %d edits, want %d", name, first, last, test.edits)
		}
	}
}

// The source is that of the default of the ranges that are assumed: Pods or Services.
func TestSourcesOfDefaultRanges(t *testing.T) {
	p, kubenet := Writer{Catalog: profile.Default()}, *shipped(t, "aks-kubenet")
	kubenet.Services.Default.Sources = shipped(t, "ack-flannel").RuleFor(profile.PodRoute, nil).Sources
	pods, services := p.Catalog.Cite(kubenet.Pods.Default.Rule), p.Catalog.Cite(kubenet.Services.Default.Rule)
	if pods == "" || services == "" || pods == services {
		t.Fatalf("sources %q and %q", pods, services)
	}
	for kind, want := range map[conflict.Kind]string{conflict.Pod: pods, conflict.Service: services} {
		e := allocate.AssumedRanges{Cluster: "shop", Profile: &kubenet, Kind: kind, Ranges: prefixes("10.244.0.0/16")}
		if got := p.assumedGrounds(e); got != "\n\nSource: "+want {
			t.Errorf("%s: got %q", kind, got)
		}
		summary, _ := p.planProblem(topology.Fault{Problem: e})
		if want := "Default " + kindWord(kind) + " Range Assumed"; summary != want {
			t.Errorf("got the summary %q, want %q", summary, want)
		}
	}
}

func kindWord(kind conflict.Kind) string {
	if kind == conflict.Pod {
		return "Pod"
	}
	return "Service"
}

func TestNodeBlocksThatAreDoubled(t *testing.T) {
	of := func(i int) allocate.DoubledNodeBlock {
		return allocate.DoubledNodeBlock{
			Cluster: fmt.Sprint("c", i), Profile: shipped(t, "cce-vpc-router"), PodsPerNode: 64, Lost: 3, Mask: 25, Fitting: 61,
		}
	}
	for clusters, edits := range map[int]int{1: 1, 2: 2, maxListed: maxListed, maxListed + 1: maxListed} {
		e := of(0)
		for i := 1; i < clusters; i++ {
			e.Others = append(e.Others, of(i))
		}
		if got := doubledOptions(e); len(got) != 1 || len(got[0].Edits) != edits {
			t.Errorf("%d clusters: got %v, want %d edits", clusters, got, edits)
		}
	}
	e := of(0)
	e.Others = append(e.Others, of(1))
	wantParts(t, "two", doubled(e),
		`Cluster "c0" requests 64 usable Pods on each node.`, "reserves 3 addresses of each node block, so each node uses a /25. With "+
			"pods_per_node = 61", `cluster "c1": pods_per_node = 64 requires a /25; with 61 or fewer`)
}

// A cluster that exists may not be built after all, and a platform that chooses one of several ranges leaves nothing to confirm.
func TestDefaultRangesOfClustersThatExist(t *testing.T) {
	at := topology.Path{}.Attr("existing").Key("shop")
	of := func(kind conflict.Kind, ranges ...string) allocate.AssumedRanges {
		e := allocate.AssumedRanges{Cluster: "shop", Profile: shipped(t, "ack-flannel"), Kind: kind, Existing: at}
		for _, r := range ranges {
			e.Ranges = append(e.Ranges, prefix(r))
		}
		return e
	}
	for name, test := range map[string]struct {
		e     allocate.AssumedRanges
		parts []string
	}{
		"Pods of both families": {of(conflict.Pod, "10.244.0.0/16", "fd00::/64"), []string{
			`Cluster "shop" exists, and no Pod range is set`, "the default Pod range of ACK with Flannel, 10.244.0.0/16 and fd00::/64.",
			`Set clusters["shop"].pod_cidrs = ["10.244.0.0/16"] and set clusters["shop"].pod_ipv6_cidr = "fd00::/64".`,
			`remove existing["shop"] and set clusters["shop"].max_nodes to the largest number of nodes`,
		}},
		"Services of both families": {of(conflict.Service, "10.0.0.0/16", "fd01::/108"), []string{
			`exists, and no Service range is set, so cidrplan assumes the default Service range of ACK with Flannel, 10.0.0.0/16 and ` +
				`fd01::/108.`,
			`clusters["shop"].service_ipv6_cidr = "fd01::/108".`, `remove existing["shop"].`,
		}},
		"one of several": {of(conflict.Service, "10.100.0.0/16", "172.20.0.0/16"), []string{
			"chose one of its default Service ranges: 10.100.0.0/16 or 172.20.0.0/16.", "reports conflicts with them as warnings",
			`Set clusters["shop"].service_cidr to the range that the cluster has.`, `!service_cidr = "10.100`,
		}},
	} {
		p := Writer{}
		wantParts(t, name, p.assumed(test.e)+p.resolve(assumedOptions(test.e)), test.parts...)
	}
}
