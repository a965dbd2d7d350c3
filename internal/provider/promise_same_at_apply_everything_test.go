package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// The same where a state and a configuration are parts of one with something of everything.
func TestKnownAtPlanIsTheSameAtApplyOfEverything(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	all := more(sound, map[string]any{
		"clusters": map[string]any{
			"old": map[string]any{"vpc": "own", "profile": "kubernetes-overlay", "max_nodes": int64(10)},
			"new": map[string]any{"vpc": "own", "profile": "kubernetes-overlay", "max_nodes": int64(10), "previous_names": []string{"old"}},
		},
		"vpcs": map[string]any{"own": map[string]any{"cidr_blocks": []string{"192.168.77.0/24"}, "vrf": "red"}},
		"existing": map[string]any{
			"released": map[string]any{
				"cluster":        "a",
				"profile":        "ack-flannel",
				"pod_cidrs":      []string{"10.67.0.0/20"},
				"service_cidr":   "10.68.0.0/22",
				"node_cidr_mask": int64(26),
			},
		},
		"foreign_claims": map[string]any{
			"b": map[string]any{
				"owner":     "b",
				"kind":      "block",
				"cidr":      "10.69.0.0/16",
				"allocator": "net",
			}, "p": map[string]any{
				"owner":     "a",
				"kind":      "pod",
				"cidr":      "10.70.0.0/20",
				"network":   "prod",
				"hubs":      []string{"cen"},
				"allocator": "team",
			},
			"s": map[string]any{"owner": "team", "kind": "supernet", "cidr": "10.70.0.0/16", "allocator": "team"},
		},
	}, onHeld)
	monotone(t, planning{T: t, writer: p, kind: allocatorKind(p.Catalog)}, partOf(all), anotherPartOf(all))
}

func TestKnownAtPlanIsTheSameAtApplyOfAllBlocks(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: true}
	all := more(soundBlocks, map[string]any{
		"blocks": map[string]any{
			"old": map[string]any{"prefix_length": int64(25)},
			"new": map[string]any{"prefix_length": int64(25), "previous_names": []string{"old"}},
		},
	}, onHeld)
	monotone(t, planning{T: t, writer: p, kind: blocksKind(p.Catalog)}, partOf(all), anotherPartOf(all))
}

func partOf(all given) func(*rapid.T) given {
	return func(t *rapid.T) given { return some(t, "first", all) }
}

func anotherPartOf(all given) func(*rapid.T, string, given) given {
	return func(t *rapid.T, label string, _ given) given { return some(t, label, all) }
}

// onHeld are arguments that act on what is held.
var onHeld = map[string]any{"renumber": map[string]any{"a": "1"}, "reclaim": []string{"b", "*"}, "prevent_release": []string{"new"}}

// more adds elements to maps.
func more(sound map[string]any, adds ...map[string]any) map[string]any {
	out := maps.Clone(sound)
	for _, m := range adds {
		for name, v := range m {
			if all, is := out[name].(map[string]any); is {
				all = maps.Clone(all)
				maps.Copy(all, v.(map[string]any))
				v = all
			}
			out[name] = v
		}
	}
	return out
}

// some draws a part of the elements of each map.
func some(t *rapid.T, label string, sound map[string]any) map[string]any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(sound)) {
		all, is := sound[name].(map[string]any)
		if !is && len(label) > 0 && (name == "reclaim" || name == "prevent_release") && rapid.Bool().Draw(t, label+" without "+name) {
			continue
		}
		if !is || name == "vpcs" || name == "sites" || name == "hubs" || name == "pools" {
			out[name] = sound[name]
			continue
		}
		part := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(all)) {
			if rapid.IntRange(0, 2).Draw(t, label+" has "+key) > 0 {
				part[key] = all[key]
			}
		}
		out[name] = part
	}
	return out
}

// contradicts is where a value that was known becomes another one, "" where that is nowhere.
func contradicts(at string, before, after tftypes.Value) string {
	if !before.IsKnown() {
		return ""
	}
	was, ok := values.Members(before)
	now, _ := values.Members(after)
	list, isList := values.Elements(before)
	then, _ := values.Elements(after)
	if isList && len(list) == len(then) {
		for i, e := range list {
			if inside := contradicts(fmt.Sprintf("%s[%d]", at, i), e, then[i]); inside != "" {
				return inside
			}
		}
		return ""
	}
	if !ok || after.IsNull() {
		if !before.Equal(after) {
			return fmt.Sprintf("%s: planned %v, applied %v", at, before, after)
		}
		return ""
	}
	if keys, then := slices.Sorted(maps.Keys(was)), slices.Sorted(maps.Keys(now)); !slices.Equal(keys, then) {
		return fmt.Sprintf("%s: planned %v, applied %v", at, keys, then)
	}
	for _, key := range slices.Sorted(maps.Keys(was)) {
		if inside := contradicts(at+"."+key, was[key], now[key]); inside != "" {
			return inside
		}
	}
	return ""
}
