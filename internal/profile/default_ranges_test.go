package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestDefaultRangesOfAFamily(t *testing.T) {
	for name, test := range map[string]struct {
		cidrs []netip.Prefix
		of4   []netip.Prefix
		only4 netip.Prefix
		only6 netip.Prefix
	}{
		"none": {},
		"one":  {prefixes("10.0.0.0/16"), prefixes("10.0.0.0/16"), prefix("10.0.0.0/16"), netip.Prefix{}},
		"one of each family": {
			prefixes("fd00::/108", "10.0.0.0/16"), prefixes("10.0.0.0/16"), prefix("10.0.0.0/16"), prefix("fd00::/108"),
		},
		"two, of which one is taken": {
			prefixes("10.100.0.0/16", "172.20.0.0/16"), prefixes("10.100.0.0/16", "172.20.0.0/16"), netip.Prefix{}, netip.Prefix{},
		},
	} {
		d := profile.DefaultRanges{CIDRs: test.cidrs}
		if of4, only4, only6 := d.Of(cidr.V4), d.Only(cidr.V4), d.Only(cidr.V6); !slices.Equal(of4, test.of4) || only4 != test.only4 ||
			only6 != test.only6 {
			t.Errorf("%s: got %v, %v and %v", name, of4, only4, only6)
		}
	}
}

func TestServiceRangesThatThePlatformManages(t *testing.T) {
	managing := fictitiousSizes(t, "fictitious-doubled")
	for text, want := range map[string]bool{"34.118.224.0/20": true, "34.118.224.0/21": false, "10.0.0.0/16": false} {
		if got := managing.ManagesServices(prefix(text)); got != want {
			t.Errorf("%s: got %t", text, got)
		}
	}
	if managing.ManagesServices(netip.Prefix{}) || fictitiousSizes(t, "fictitious-constant").ManagesServices(prefix("10.96.0.0/16")) {
		t.Error("no range, or a default of the cluster's own, is managed by the platform")
	}
}

func TestLoadRefusesUnsoundDefaultRanges(t *testing.T) {
	const (
		file     = "fictitious-sizes.yaml"
		constant = "fictitious-sizes.yaml: profile fictitious-constant: "
		choosing = "fictitious-sizes.yaml: profile fictitious-choosing: services: default: "
		v4       = `{cidrs: [10.96.0.0/16, "fd12:3456:789a:1::/108"], level: warn, text: Services`
		pods     = `{cidrs: [10.244.0.0/16, "fd12:3456:789a::/64"], level: warn, text: Pods`
		two      = "{cidrs: [10.100.0.0/16, 172.20.0.0/16], level: warn"
		managed  = "{cidrs: [34.118.224.0/20], managed: true"
	)
	refusesEach(t, fictitiousSizesFiles(t), map[string]unsound{
		"no ranges": {file, v4, "{level: warn, text: Services", constant + "services: default: no cidrs"},
		"host bits": {file, two, "{cidrs: [10.100.0.1/16], level: warn", choosing + "10.100.0.1/16 is no range"},
		"ranges that overlap": {
			file,
			two,
			"{cidrs: [10.0.0.0/8, 10.100.0.0/16], level: warn",
			choosing + "10.100.0.0/16 overlaps 10.0.0.0/8",
		},
		"two of IPv6": {
			file,
			v4,
			`{cidrs: ["fd00::/108", "fd01::/108"], level: warn, text: Services`,
			"[fd00::/108 fd01::/108] are more than 8 of IPv4 and one of IPv6",
		},
		"too many": {
			file,
			two,
			"{cidrs: [10.0.0.0/16, 10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16, " +
				"10.5.0.0/16, 10.6.0.0/16, 10.7.0.0/16, 10.8.0.0/16], level: warn",
			"are more than 8 of IPv4",
		},
		"two Pod ranges": {
			file,
			pods,
			"{cidrs: [10.244.0.0/16, 10.245.0.0/16], level: warn, text: Pods",
			constant + "pods: default: [10.244.0.0/16 10.245.0.0/16] are more than 1 of IPv4",
		},
		"an error": {
			file,
			two,
			"{cidrs: [10.100.0.0/16, 172.20.0.0/16], level: error",
			choosing + "level error: a platform does not refuse its own ranges",
		},
		"a bad source": {
			file,
			"of which the platform chooses one\", sources: [sizes-guide]",
			"of which the platform chooses one\", sources: [hearsay]",
			choosing + `rule: source "hearsay" is not in sources.yaml`,
		},
		"managed, and two": {
			file, managed, "{cidrs: [34.118.224.0/20, 34.118.240.0/20], managed: true",
			"doubled: services: default: a range that the platform manages is one",
		},
		"a Pod range where Pods are in subnets": {
			file, "    words: [choosing]\n    output: cluster\n    platforms: any\n    pods:\n",
			"    words: [choosing]\n    output: cluster\n    platforms: any\n    pods:\n" +
				"      default: {cidrs: [10.0.0.0/16], level: warn, text: x, sources: [sizes-guide], confidence: verified}\n",
			"choosing: pods: default: there is no separate Pod range",
		},
	})
	refusesEach(t, fictitiousManyFiles(t), map[string]unsound{
		"Services in the Pod range": {
			"fictitious-many.yaml", "      default_count: 256\n",
			"      default_count: 256\n" +
				"      default: {cidrs: [10.0.0.0/16], level: warn, text: x, sources: [many-guide], confidence: verified}\n",
			"shared: services: default: the Service range is in the Pod range",
		},
	})
}
