package upstream

import (
	"net/netip"
	"strings"

	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

func prefixes(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range all {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

var (
	ipv4Only = manifests.Allocation{
		IPv4: manifests.Family{Pods: prefixes("10.64.0.0/18"), Services: netip.MustParsePrefix("10.65.0.0/20"), NodeMask: 25},
	}
	ipv6Only = manifests.Allocation{
		IPv6: manifests.Family{Pods: prefixes("fd00:10:64::/56"), Services: netip.MustParsePrefix("fd00:10:65::/112"), NodeMask: 64},
	}
	dualStack = manifests.Allocation{IPv4: ipv4Only.IPv4, IPv6: ipv6Only.IPv6}
	// smallPods is a Pod range that is smaller than the block of a node by default.
	smallPods = manifests.Allocation{
		IPv4: manifests.Family{Pods: prefixes("10.64.0.0/26"), Services: netip.MustParsePrefix("10.65.0.0/28"), NodeMask: 28},
	}
)

// anyAllocation draws what the planner can allocate to a self-managed cluster.
func anyAllocation(t *rapid.T) manifests.Allocation {
	a := manifests.Allocation{}
	families := rapid.SampledFrom([]string{"4", "6", "46"}).Draw(t, "families")
	if strings.Contains(families, "4") {
		bits := rapid.IntRange(9, 28).Draw(t, "pod bits")
		a.IPv4 = manifests.Family{
			Pods:     []netip.Prefix{netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), bits)},
			Services: netip.PrefixFrom(netip.MustParseAddr("172.16.0.0"), rapid.IntRange(12, 28).Draw(t, "service bits")),
			NodeMask: rapid.IntRange(bits, min(bits+16, 30)).Draw(t, "node mask"),
		}
	}
	if strings.Contains(families, "6") {
		bits := rapid.IntRange(48, 124).Draw(t, "IPv6 pod bits")
		a.IPv6 = manifests.Family{
			Pods:     []netip.Prefix{netip.PrefixFrom(netip.MustParseAddr("fd00:10::"), bits)},
			Services: netip.PrefixFrom(netip.MustParseAddr("fd00:20::"), rapid.IntRange(108, 124).Draw(t, "IPv6 service bits")),
			NodeMask: rapid.IntRange(bits, min(bits+16, 126)).Draw(t, "IPv6 node mask"),
		}
	}
	return a
}

// written is the text of an allocation, and documents are its parts.
func written(t rapid.TB, format string, a manifests.Allocation, o manifests.Options) string {
	t.Helper()
	text, problem := manifests.Write(format, a, o)
	if problem != nil {
		t.Fatalf("%s refuses %+v: %#v", format, a, problem)
	}
	return text
}

func documents(text string) []string { return strings.Split(text, "---\n") }

// decoded reads a document, which may have no field that its type lacks.
func decoded[T any](t rapid.TB, document string) *T {
	t.Helper()
	out := new(T)
	if err := yaml.UnmarshalStrict([]byte(document), out); err != nil {
		t.Fatalf("%v in\n%s", err, document)
	}
	return out
}
