package provider

import (
	"maps"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// words are strings that are right somewhere in a configuration, and wrong everywhere else.
var words = []string{
	"", "a", "b", "cen", "alicloud", "huaweicloud", "nowhere", "ack-flannel", "cce-vpc-router", "kubernetes-routed", "kubernetes-overlay",
	"10.0.0.0/8", "10.64.0.0/16", "10.64.0.0/20", "10.64.0.1/16", "172.16.0.0/12", "192.168.0.0/16", "0.0.0.0/0", "::/0", "2001:db8::/32",
	"10.0.0.0", "10.0.0.0/33", "::ffff:10.0.0.0/104", "fe80::1%eth0/64", "idc", "peering", "名字",
}

var numbers = []int64{-1 << 63, -1, 0, 1, 2, 8, 16, 19, 24, 26, 28, 32, 33, 64, 100, 1000, 1 << 32, 1<<63 - 1}

// never is the chance of a mutation where none is wanted; others are one in so many.
const never = 0

// unset is a value that is not known yet.
type unset struct{}

// mutated is a value of a field in which some places, chosen at random, hold something else: null,
// a value not known yet, or anything that the type allows.
func mutated(t *rapid.T, f values.Field, v any, chance int) tftypes.Value {
	// The draw favours small numbers, so the one that counts is a large one.
	if chance != never && rapid.IntRange(1, chance).Draw(t, "mutate") == chance-chance/3 {
		v = anything(t, f)
	}
	if v == nil {
		return values.Null(f.Type())
	}
	if _, unknown := v.(unset); unknown {
		return values.Unknown(f.Type())
	}
	switch f.Shape {
	case values.Object:
		return mutatedObject(t, f.Fields, v.(map[string]any), chance)
	case values.Objects:
		elements := map[string]tftypes.Value{}
		given := v.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(given)) {
			elements[key] = mutated(t, values.Field{Shape: values.Object, Fields: f.Fields}, given[key], chance)
		}
		return tftypes.NewValue(f.Type(), elements)
	case values.Texts:
		elements := []tftypes.Value{}
		for _, s := range elementsOf(v) {
			elements = append(elements, mutated(t, values.Field{Shape: values.Text}, s, chance))
		}
		return tftypes.NewValue(f.Type(), elements)
	case values.TextMap:
		elements := map[string]tftypes.Value{}
		given := v.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(given)) {
			elements[key] = mutated(t, values.Field{Shape: values.Text}, given[key], chance)
		}
		return tftypes.NewValue(f.Type(), elements)
	default:
		return values.Encode(f.Type(), v)
	}
}

// elementsOf are those of a list of strings, or of one with places that are not known yet.
func elementsOf(v any) (all []any) {
	if partly, is := v.([]any); is {
		return partly
	}
	for _, s := range v.([]string) {
		all = append(all, s)
	}
	return all
}

func mutatedObject(t *rapid.T, fs values.Fields, given map[string]any, chance int) tftypes.Value {
	attributes := map[string]tftypes.Value{}
	for _, name := range slices.Sorted(maps.Keys(fs)) {
		attributes[name] = mutated(t, fs[name], given[name], chance)
	}
	return tftypes.NewValue(fs.Type(), attributes)
}

// writtenAs are the values of fields as they are given.
func writtenAs(fs values.Fields, given map[string]any) map[string]tftypes.Value {
	return values.AttributesOf(mutatedObject(nil, fs, given, never))
}

// anything draws a Go value for a field.
func anything(t *rapid.T, f values.Field) any {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return unset{}
	}
	key := rapid.SampledFrom([]string{"a", "b", "prod", "cen", "", "na me"})
	switch f.Shape {
	case values.Text:
		return rapid.SampledFrom(words).Draw(t, "word")
	case values.Number:
		return rapid.SampledFrom(numbers).Draw(t, "number")
	case values.Flag:
		return rapid.Bool().Draw(t, "flag")
	case values.Texts:
		return rapid.SliceOfN(rapid.SampledFrom(words), 0, 3).Draw(t, "words")
	default:
		elements := map[string]any{}
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			switch f.Shape {
			case values.TextMap:
				elements[key.Draw(t, "key")] = rapid.SampledFrom(words).Draw(t, "word")
			case values.Objects:
				elements[key.Draw(t, "key")] = map[string]any{}
			}
		}
		return elements
	}
}

// sound are arguments of an allocator with a cluster of each profile, and something of everything.
var sound = withEveryProfile(map[string]any{
	"name": "k8s", "supernets": []string{"10.64.0.0/12", "172.24.0.0/14", "fd00::/40"},
	"service_supernets": []string{"10.80.0.0/12", "172.28.0.0/14"}, // not every platform accepts all of 10.0.0.0/8
	"pools":             map[string]any{"south": map[string]any{"supernets": []string{"10.96.0.0/12"}}},
	"hubs": map[string]any{
		"cen": map[string]any{"name": "cen", "kind": "cen", "protection_level": "REDUCED"},
		"ccn": map[string]any{"kind": "ccn"},
	},
	"reserved": map[string]any{"later": map[string]any{"cidr": "10.64.0.0/20", "description": "later"}},
	"existing": map[string]any{
		"gone": map[string]any{"pod_cidrs": []string{"10.65.0.0/16"}, "service_cidr": "10.66.0.0/24", "node_cidr_mask": int64(24)},
	},
	"sites": map[string]any{
		"lab": map[string]any{"cidr_blocks": []string{"192.168.9.0/24"}},
		"idc": map[string]any{"cidr_blocks": []string{"10.0.0.0/12"}, "advertised_cidrs": []string{"10.0.0.0/13"}, "hubs": []string{"cen"}},
		"far": map[string]any{"cidr_blocks": []string{"192.168.9.0/24"}, "vrf": "far"},
	},
	"vpcs": map[string]any{
		"prod": map[string]any{
			"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}, "hubs": []string{"cen"},
			"subnets": map[string]any{
				"a":    "192.168.0.0/24",
				"pods": "192.168.32.0/19",
			}, "routes": map[string]any{"vpn": map[string]any{"destination": "10.20.0.0/16", "next_hop": "vpn", "summary": false}},
		},
		"tx": map[string]any{
			"platform":    "tencentcloud",
			"cidr_blocks": []string{"192.168.0.0/16", "10.200.0.0/16"},
			"hubs":        []string{"ccn"},
			"subnets":     map[string]any{"a": "192.168.7.0/24"},
		},
		"hw": map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"192.168.0.0/16"}, "route_quota": int64(500)},
	},
	"clusters": map[string]any{
		"a": map[string]any{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(100), "labels": map[string]any{"owner": "net"}},
		"h": map[string]any{
			"vpc":          "hw",
			"profile":      "cce-vpc-router",
			"pod_cidrs":    []string{"172.16.0.0/16", "172.18.0.0/16"},
			"service_cidr": "10.247.0.0/16",
			"meshes":       []string{"m"},
		},
		"t": map[string]any{
			"vpc":          "prod",
			"profile":      "ack-terway",
			"node_subnets": []string{"a"},
			"pod_subnets":  []string{"pods"},
			"max_nodes":    int64(10),
			"ip_families":  []string{"ipv4", "ipv6"},
		},
		"g": map[string]any{"vpc": "tx", "profile": "tke-global-router", "max_nodes": int64(10), "max_services": int64(256)},
		"d": map[string]any{
			"vpc":               "lab",
			"profile":           "kubernetes-routed",
			"max_nodes":         int64(10),
			"ip_families":       []string{"ipv4", "ipv6"},
			"service_ipv6_cidr": "fd01::/112",
		},
		"c": map[string]any{"vpc": "far", "profile": "kubernetes-routed", "same_as": "d"},
		"l": map[string]any{"vpc": "lab", "profile": "kubernetes-overlay", "max_nodes": int64(100), "pool": "south"},
	},
})

// withEveryProfile adds a cluster of each profile that no cluster has yet, in a VPC of its own that
// is joined to no other.
func withEveryProfile(v map[string]any) map[string]any {
	vpcs, clusters := v["vpcs"].(map[string]any), v["clusters"].(map[string]any)
	for _, name := range profile.Default().Names() {
		if slices.ContainsFunc(slices.Collect(maps.Values(clusters)), func(c any) bool { return c.(map[string]any)["profile"] == name }) {
			continue
		}
		p, _ := profile.Default().Profile(name)
		platform := p.Platform
		if !slices.Contains(profile.Default().Platforms(), platform) { // a distribution, which has no VPCs
			platform = profile.Generic
		}
		block, pods := acceptedBlock(platform)
		vpcs["of-"+name] = map[string]any{
			"platform":    platform,
			"cidr_blocks": []string{block},
			"subnets":     map[string]any{"pods": pods},
		}
		clusters["of-"+name] = map[string]any{"vpc": "of-" + name, "profile": name, "max_nodes": int64(2)}
		if p.Pods.From == profile.Subnets {
			clusters["of-"+name].(map[string]any)["pod_subnets"] = []string{"pods"}
		}
	}
	return v
}

// acceptedBlock is a private VPC block that a platform accepts, with a subnet of it.
func acceptedBlock(platform string) (block, subnet string) {
	rules := profile.Default().Platform(platform).Networks.VPC
	for _, candidate := range [][2]string{{"172.20.0.0/20", "172.20.4.0/22"}, {"10.240.0.0/20", "10.240.4.0/22"}} {
		if block, subnet = candidate[0], candidate[1]; len(rules.CheckBlock(netip.MustParsePrefix(block), true)) == 0 {
			break
		}
	}
	return block, subnet
}

// Whatever a configuration holds, null and unknown everywhere, the answer is messages and
// allocations, never a panic; every message says what and where; and what is not refused is
// complete: each cluster has its ranges or is deferred.
func TestAnyInputIsAnswered(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	answersAny(t, p, allocatorKind(p.Catalog), sound)
}

// answersAny gives one of the planners whatever sound arguments become when parts of them are changed.
func answersAny(t *testing.T, p messages.Writer, d plannerKind, sound map[string]any) {
	t.Helper()
	var planned, deferred int
	rapid.Check(t, func(t *rapid.T) {
		chance := rapid.SampledFrom([]int{10, 200, 2000}).Draw(t, "chance")
		given := maps.Clone(sound)
		if rapid.Bool().Draw(t, "unknown") {
			given["reserved"] = map[string]any{"unknown": map[string]any{"cidr": unset{}}}
		}
		request, unread := d.read(values.AttributesOf(mutatedObject(t, d.arguments, given, chance)))
		found, result := planAndReport(p, request, unread)
		refused := false
		for _, m := range found {
			refused = refused || !m.Warn
			if m.Summary == "" || m.Detail == "" {
				t.Fatalf("an empty message at %s: %+v", m.At, m)
			}
			attributePath(m.At)
		}
		if refused {
			return
		}
		planned++
		deferred += len(result.Deferred)
		encoded := d.encode(request, result)[d.main].(map[string]any)
		for name := range request.Facts.Clusters {
			if _, reported := encoded[name]; !reported {
				t.Fatalf("%q has neither a range nor a message", name)
			}
		}
	})
	if planned == 0 || deferred == 0 {
		t.Errorf("%d inputs were planned and %d of their ranges deferred: the inputs are too bad to show anything", planned, deferred)
	}
}

// What was encoded into a state is read back as it was.
func TestAllocationsSurviveTheState(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	request, unread := readRequest(values.AttributesOf(mutatedObject(nil, allocatorArguments(p.Catalog), sound, never)))
	found, result := planAndReport(p, request, unread)
	if len(found) > 0 {
		t.Fatalf("refused: %+v", found)
	}
	state := map[string]tftypes.Value{
		"allocations": values.Encode(allocatorResults(p.Catalog)["allocations"].Type(), allocationsValue(p.Catalog, request, result)),
	}
	back := readAllocations(p.Catalog, (&values.Reader{}).Attributes(state, nil))
	if diff := cmp.Diff(result.Allocations, back, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
		t.Errorf("what was read back differs (-held +read):\n%s", diff)
	}
	if want := sound["clusters"].(map[string]any); len(back) != len(want) {
		t.Errorf("%d allocations of %d clusters", len(back), len(want))
	}
	for _, name := range p.Catalog.Names() {
		if !slices.Contains(slices.Collect(maps.Values(result.Profiles)), name) {
			t.Errorf("no cluster has the profile %s", name)
		}
	}
}
