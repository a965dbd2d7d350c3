package manifests

import (
	"net/netip"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func prefixes(all ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range all {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// ipv4Only, dualStack and ipv6Only are allocations as the planner makes them.
var (
	ipv4Only = Allocation{IPv4: Family{Pods: prefixes("10.64.0.0/18"), Services: netip.MustParsePrefix("10.65.0.0/20"), NodeMask: 25}}
	ipv6Only = Allocation{
		IPv6: Family{Pods: prefixes("fd00:10:64::/56"), Services: netip.MustParsePrefix("fd00:10:65::/112"), NodeMask: 64},
	}

	dualStack = Allocation{IPv4: ipv4Only.IPv4, IPv6: ipv6Only.IPv6}
)

// withPods is an allocation with further IPv4 Pod ranges.
func withPods(a Allocation, further ...string) Allocation {
	a.IPv4.Pods = append(append([]netip.Prefix{}, a.IPv4.Pods...), prefixes(further...)...)
	return a
}

// written is the text of an allocation, which has a place in the format.
func written(t rapid.TB, name string, a Allocation, o Options) string {
	t.Helper()
	text, problem := Write(name, a, o)
	if problem != nil {
		t.Fatalf("%s refuses %+v with %+v: %#v", name, a, o, problem)
	}
	return text
}

// parsed are the documents of a text, each as a map.
func parsed(t rapid.TB, text string) []map[string]any {
	t.Helper()
	d, out := yaml.NewDecoder(strings.NewReader(text)), []map[string]any{}
	for {
		document := map[string]any{}
		if err := d.Decode(&document); err != nil {
			if len(out) == 0 {
				t.Fatalf("no documents in %q: %v", text, err)
			}
			return out
		}
		out = append(out, document)
	}
}

// at is the value at a path of a document such as spec.calicoNetwork.ipPools, nil where there is none.
func at(document any, path string) any {
	for name := range strings.SplitSeq(path, "|") {
		inner, _ := document.(map[string]any)
		document = inner[name]
	}
	return document
}

// anyAllocation draws the ranges of a cluster of one family or both, with one Pod range of each.
func anyAllocation(t *rapid.T) Allocation {
	a := Allocation{}
	stacks := rapid.SampledFrom([]string{"4", "6", "46"}).Draw(t, "families")
	if strings.Contains(stacks, "4") {
		bits := rapid.IntRange(8, 28).Draw(t, "pod bits")
		a.IPv4 = Family{
			Pods:     []netip.Prefix{anyRange(t, "10.0.0.0/8", bits)},
			Services: anyRange(t, "172.16.0.0/12", rapid.IntRange(12, 28).Draw(t, "service bits")),
			NodeMask: rapid.IntRange(bits, min(bits+16, 30)).Draw(t, "node mask"),
		}
	}
	if strings.Contains(stacks, "6") {
		bits := rapid.IntRange(40, 112).Draw(t, "IPv6 pod bits")
		a.IPv6 = Family{
			Pods:     []netip.Prefix{anyRange(t, "fd00:10::/32", bits)},
			Services: anyRange(t, "fd00:20::/32", rapid.IntRange(108, 120).Draw(t, "IPv6 service bits")),
			NodeMask: rapid.IntRange(bits, min(bits+16, 126)).Draw(t, "IPv6 node mask"),
		}
	}
	return a
}

// expressible is an allocation without IPv6 where the format has none.
func expressible(format string, a Allocation) Allocation {
	if format == "kops" {
		return ipv4Part(a)
	}
	return a
}

// ipv4Part is what an allocation has of IPv4, or an allocation of IPv4 where it has nothing.
func ipv4Part(a Allocation) Allocation {
	if len(a.IPv4.Pods) == 0 {
		return ipv4Only
	}
	a.IPv6 = Family{}
	return a
}

// anyRange draws a range of a length in a wider one.
func anyRange(t *rapid.T, in string, bits int) netip.Prefix {
	outer := netip.MustParsePrefix(in)
	n := rapid.Uint64Range(0, 1<<min(max(bits-outer.Bits(), 0), 40)-1).Draw(t, "number of the range")
	p, ok := cidr.Nth(outer, bits, n)
	if !ok {
		t.Fatalf("%s has no range %d of /%d", in, n, bits)
	}
	return p
}

func failsWith[P Problem](t *testing.T, name string, a Allocation, o Options) P {
	t.Helper()
	text, problem := Write(name, a, o)
	p, is := problem.(P)
	if !is {
		t.Fatalf("%s: got the problem %#v and the text %q", name, problem, text)
	}
	return p
}
