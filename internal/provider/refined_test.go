package provider

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// What a plan shows as known is what the apply stores, whatever else is known only then: of the ranges, of
// what rests, of the lock and of the claims. Terraform fails an apply in which it is not so.
func TestKnownAtPlanIsKeptAtApply(t *testing.T) {
	p := prose{catalog: profile.Default()}
	refines(t, p, allocatorDoor(p.catalog), more(sound, map[string]any{
		"clusters": map[string]any{"old": map[string]any{"vpc": "own", "profile": "kubernetes-overlay", "max_nodes": int64(10)}, "new": map[string]any{"vpc": "own", "profile": "kubernetes-overlay", "max_nodes": int64(10), "previous_names": []string{"old"}}},
		"vpcs":     map[string]any{"own": map[string]any{"cidr_blocks": []string{"192.168.77.0/24"}, "vrf": "red"}},
		"existing": map[string]any{"rests": map[string]any{"cluster": "a", "profile": "ack-flannel", "pod_cidrs": []string{"10.67.0.0/20"}, "service_cidr": "10.68.0.0/22", "node_cidr_mask": int64(26)}},
		"foreign_claims": map[string]any{
			"b": map[string]any{"owner": "b", "kind": "block", "cidr": "10.69.0.0/16", "allocator": "net"}, "p": map[string]any{"owner": "a", "kind": "pod", "cidr": "10.70.0.0/20", "network": "prod", "hubs": []string{"cen"}, "allocator": "team"},
			"s": map[string]any{"owner": "team", "kind": "supernet", "cidr": "10.70.0.0/16", "allocator": "team"},
		},
	}, memory))
}

func TestKnownAtPlanIsKeptAtApplyOfBlocks(t *testing.T) {
	p := prose{catalog: profile.Default(), blocks: true}
	refines(t, p, blocksDoor(p.catalog), more(soundBlocks, map[string]any{
		"blocks": map[string]any{"old": map[string]any{"prefix_length": int64(25)}, "new": map[string]any{"prefix_length": int64(25), "previous_names": []string{"old"}}},
	}, memory))
}

// memory are arguments that act on what is held.
var memory = map[string]any{"renumber": map[string]any{"a": "1"}, "reclaim": []string{"b", "*"}, "prevent_release": []string{"new"}}

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

// refines gives a door some of sound arguments, after others of them, first with parts that are not known
// yet and then as they are.
func refines(t *testing.T, p prose, d door, sound map[string]any) {
	t.Helper()
	resource := plannerResource{planned{prose: p, door: d}}
	arguments := d.arguments.with(d.memory)
	shown := 0
	rapid.Check(t, func(t *rapid.T) {
		var prior *allocate.Prior
		if rapid.Bool().Draw(t, "there is a state") {
			was := mutatedObject(nil, arguments, some(t, "before", sound), never)
			request, _ := d.read(was)
			if messages, result := p.answer(request, nil); !refuses(messages) {
				prior = &allocate.Prior{
					Facts: request.Facts, Supernets: request.AllSupernets(), Existing: request.Existing, Renumber: request.Renumber, Reclaim: request.Reclaim,
					Allocations: result.Allocations, Released: result.Released,
				}
			}
		}
		given := some(t, "now", sound)
		answer := func(value types.Object) (map[string]attr.Value, bool) {
			request, _ := d.read(value)
			if request.Facts.Unknown.Has("clusters") {
				return nil, false
			}
			request.Prior = prior
			messages, result := p.answer(request, nil)
			if refuses(messages) {
				return nil, false
			}
			all := map[string]attr.Value{"released": d.encodeReleased(result), "lock": resource.lock(request, result)}
			maps.Copy(all, d.encode(request, result))
			return all, true
		}
		late, _ := partlyLate(t, "all", field{shape: object, fields: arguments}, given).(map[string]any) // nil where everything is late
		before, planned := answer(mutatedObject(nil, arguments, late, never))
		after, applied := answer(mutatedObject(nil, arguments, given, never))
		if !planned || !applied {
			return
		}
		shown++
		for name := range before {
			if at := contradicts(name, before[name], after[name]); at != "" {
				t.Fatal(at)
			}
		}
	})
	if shown == 0 {
		t.Error("no input shows anything")
	}
}

func refuses(messages []message) bool {
	return slices.ContainsFunc(messages, func(m message) bool { return !m.warn })
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

// partlyLate is a value in which some places are not known yet.
func partlyLate(t *rapid.T, label string, f field, v any) any {
	if rapid.IntRange(1, 30).Draw(t, label+" is late") == 20 {
		return unset{}
	}
	inside := field{shape: text}
	switch {
	case v == nil:
		return nil
	case f.shape == texts:
		var out []any
		for i, s := range v.([]string) {
			out = append(out, partlyLate(t, fmt.Sprint(label, i), inside, s))
		}
		return out
	case f.shape == objects:
		inside = field{shape: object, fields: f.fields}
	case f.shape != object && f.shape != textMap:
		return v
	}
	out, given := map[string]any{}, v.(map[string]any)
	names := slices.Sorted(maps.Keys(given))
	if f.shape == object {
		names = slices.Sorted(maps.Keys(f.fields)) // what is not set may be late as well
	}
	for _, name := range names {
		if f.shape == object {
			inside = f.fields[name]
		}
		out[name] = partlyLate(t, label+" "+name, inside, given[name])
	}
	return out
}

// contradicts is where a value that was known becomes another one, "" where that is nowhere.
func contradicts(at string, before, after attr.Value) string {
	if before.IsUnknown() {
		return ""
	}
	was, ok := members(before)
	now, _ := members(after)
	if list, is := before.(types.List); is && !before.IsNull() && !after.IsNull() && len(list.Elements()) == len(after.(types.List).Elements()) {
		for i, e := range list.Elements() {
			if inside := contradicts(fmt.Sprintf("%s[%d]", at, i), e, after.(types.List).Elements()[i]); inside != "" {
				return inside
			}
		}
		return ""
	}
	if !ok || before.IsNull() || after.IsNull() {
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
