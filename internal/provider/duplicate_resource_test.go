package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"pgregory.net/rapid"
)

// named are small configurations of each type of resource; the name is put in.
var named = map[string]map[string]any{
	"cidrplan_hub":     {"kind": "cen"},
	"cidrplan_site":    {"cidr_blocks": []string{"10.0.0.0/12"}},
	"cidrplan_vpc":     {"platform": "alicloud", "cidr_blocks": []string{"10.0.0.0/16"}},
	"cidrplan_cluster": {"vpc": "main", "profile": "ack-flannel", "max_nodes": 10},
	"cidrplan_blocks":  {"supernets": []string{"10.43.0.0/16"}, "blocks": map[string]any{"s": map[string]any{"prefix_length": 24}}},
	"cidrplan_allocator": {
		"supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/16"},
		"vpcs":     map[string]any{"main": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"10.0.0.0/16"}}},
		"clusters": map[string]any{"shop": map[string]any{"vpc": "main", "profile": "ack-flannel", "max_nodes": 20}},
	},
}

// argumentsOf is the configuration of a type with a name and other arguments.
func argumentsOf(typeName, name string, more map[string]any) map[string]any {
	arguments := maps.Clone(named[typeName])
	arguments["name"] = name
	maps.Copy(arguments, more)
	return arguments
}

// secondOfAName are the details of the errors on a second resource of a name among those of an answer.
func secondOfAName(a answer) (details []string) {
	for _, d := range a.errors {
		if d.Summary == "Two Resources Have the Same Name" {
			details = append(details, d.Detail)
		}
	}
	return details
}

// applied is the state of a resource, as an earlier run made it.
func applied(t testing.TB, typeName string, arguments map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	return newRun(t).plan(typeName, arguments, nil, nil).state
}

func TestTwoResourcesOfOneNameAreRefused(t *testing.T) {
	for _, typeName := range slices.Sorted(maps.Keys(named)) {
		t.Run(typeName, func(t *testing.T) {
			one, other := argumentsOf(typeName, "s", nil), argumentsOf(typeName, "s", map[string]any{"description": "another"})
			if typeName == "cidrplan_allocator" || typeName == "cidrplan_blocks" {
				other = argumentsOf(typeName, "s", map[string]any{"supernets": []string{"10.44.0.0/16"}})
			}
			want := []string{"The arguments of both are equal", "name = \"s-${each.key}\"", "terraform destroy -refresh=false"}
			if typeName == "cidrplan_cluster" { // of which equal ones are one
				one, other = argumentsOf(typeName, "s", nil), argumentsOf(typeName, "s", map[string]any{"vpc": "far"})
			}
			state := applied(t, typeName, one)
			for name, test := range map[string]struct {
				second map[string]any
				prior  []*tfprotov6.DynamicValue
				texts  []string
			}{
				"both new and equal":           {one, []*tfprotov6.DynamicValue{nil, nil}, want},
				"both new":                     {other, []*tfprotov6.DynamicValue{nil, nil}, []string{"They differ in:"}},
				"one exists":                   {other, []*tfprotov6.DynamicValue{state, nil}, []string{"They differ in:"}},
				"both exist and are as before": {one, []*tfprotov6.DynamicValue{state, state}, want},
			} {
				run := newRun(t)
				first := run.plan(typeName, one, test.prior[0], nil)
				second := run.plan(typeName, test.second, test.prior[1], nil)
				if len(first.errors) > 0 {
					t.Errorf("%s: the first one fails: %v", name, first.errors[0])
				}
				details := secondOfAName(second)
				if same := typeName == "cidrplan_cluster" && maps.Equal(anyText(test.second), anyText(one)); same {
					if len(second.errors) > 0 {
						t.Errorf("%s: one cluster that is declared twice fails: %v", name, second.errors[0])
					}
					continue
				}
				if len(details) != 1 || len(second.errors) != 1 {
					t.Fatalf("%s: want one error, got %v", name, second.errors)
				}
				for _, text := range test.texts {
					if !strings.Contains(details[0], text) {
						t.Errorf("%s: no %q in\n%s", name, text, details[0])
					}
				}
			}
		})
	}
}

func anyText(arguments map[string]any) map[string]string {
	out := map[string]string{}
	for name, v := range arguments {
		out[name] = fmt.Sprint(v)
	}
	return out
}

func TestCountOfThreeIsRefusedTwice(t *testing.T) {
	run, refused := newRun(t), 0
	for range 3 {
		refused += len(secondOfAName(run.plan("cidrplan_blocks", argumentsOf("cidrplan_blocks", "s", nil), nil, nil)))
	}
	if refused != 2 {
		t.Errorf("three of one name: %d are refused, want 2", refused)
	}
}

// What differs is named with both values, in one order whichever comes first.
func TestValuesThatDifferAreNamed(t *testing.T) {
	far := map[string]any{
		"cidr_blocks": []string{"10.1.0.0/16", "10.2.0.0/16"},
		"routes":      map[string]any{"vpn": map[string]any{"destination": "10.9.0.0/16", "next_hop": "vpn"}},
		"region":      "hz",
	}
	one, other := argumentsOf("cidrplan_vpc", "main", nil), argumentsOf("cidrplan_vpc", "main", far)
	const want = "They differ in:\n" +
		"  - cidr_blocks: [\"10.0.0.0/16\"] and [\"10.1.0.0/16\", \"10.2.0.0/16\"]\n" +
		"  - region: not set and \"hz\"\n" +
		"  - routes: not set and { vpn = { destination = \"10.9.0.0/16\", next_hop = \"vpn\" } }\n\n"
	for _, order := range [][]map[string]any{{one, other}, {other, one}} {
		run := newRun(t)
		run.plan("cidrplan_vpc", order[0], nil, nil)
		details := secondOfAName(run.plan("cidrplan_vpc", order[1], nil, nil))
		if len(details) != 1 || !strings.Contains(details[0], want) {
			t.Errorf("want\n%s\ngot\n%s", want, details)
		}
	}
	deep := argumentsOf(
		"cidrplan_allocator", "k8s",
		map[string]any{"clusters": map[string]any{"shop": map[string]any{"vpc": "main", "profile": "ack-flannel", "max_nodes": unset{}}}},
	)
	run := newRun(t)
	run.plan("cidrplan_allocator", argumentsOf("cidrplan_allocator", "k8s", nil), nil, nil)
	details := secondOfAName(run.plan("cidrplan_allocator", deep, nil, nil))
	if len(details) != 1 || !strings.Contains(details[0], `clusters["shop"].max_nodes: (known after apply) and 20`) {
		t.Errorf("a value inside of an argument: got %s", details)
	}
}

// Clusters of one name are one where they agree in what they are; what they need may be said twice.
func TestOneClusterMayBeDeclaredTwice(t *testing.T) {
	pinned := map[string]any{"pod_cidrs": []string{"10.64.0.0/20"}}
	for name, test := range map[string]struct {
		one, other map[string]any
		refused    bool
	}{
		"equal":                          {nil, nil, false},
		"with other needs":               {nil, map[string]any{"max_nodes": 30, "description": "the same"}, false},
		"one with its ranges":            {nil, pinned, false},
		"in a network that is not known": {nil, map[string]any{"vpc": unset{}}, false},
		"in another network":             {nil, map[string]any{"vpc": "far"}, true},
		"of another platform":            {nil, map[string]any{"profile": "ack-terway"}, true},
		"with other ranges":              {pinned, map[string]any{"pod_cidrs": []string{"10.65.0.0/20"}}, true},
		"with other Services": {
			map[string]any{"service_cidr": "172.20.0.0/20"},
			map[string]any{"service_cidr": "172.21.0.0/20"},
			true,
		},
		"with one of its two Pod ranges": {pinned, map[string]any{"pod_cidrs": []string{"10.64.0.0/20", "10.66.0.0/20"}}, true},
		"with other Pods of both families": {
			map[string]any{"pod_ipv6_cidr": "fd00:1::/56"},
			map[string]any{"pod_ipv6_cidr": "fd00:2::/56"},
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			run := newRun(t)
			run.plan("cidrplan_cluster", argumentsOf("cidrplan_cluster", "shop", test.one), nil, nil)
			if got := len(
				secondOfAName(run.plan("cidrplan_cluster", argumentsOf("cidrplan_cluster", "shop", test.other), nil, nil)),
			); (got == 1) != test.refused {
				t.Errorf("refused: %d times, want %t", got, test.refused)
			}
		})
	}
}

// One resource that is planned twice is not two. Each run and each alias has names of its own, and so does each type.
func TestOneResourceIsNotTwo(t *testing.T) {
	for _, typeName := range slices.Sorted(maps.Keys(named)) {
		one, renamed := argumentsOf(typeName, "s", nil), argumentsOf(typeName, "t", nil)
		state := applied(t, typeName, one)
		for name, calls := range map[string]func(run *oneRun) []answer{
			"a replacement": func(run *oneRun) []answer {
				first := run.plan(typeName, one, state, nil)
				return []answer{first, run.plan(typeName, one, nil, first.private)}
			},
			"a replacement with another name": func(run *oneRun) []answer {
				first := run.plan(typeName, renamed, state, nil)
				return []answer{first, run.plan(typeName, renamed, nil, first.private), run.plan(typeName, one, nil, nil)}
			},
			"a tainted one": func(run *oneRun) []answer { return []answer{run.plan(typeName, one, nil, nil)} },
			"one that was destroyed and one that is new": func(run *oneRun) []answer {
				run.destroy(typeName, state)
				return []answer{run.plan(typeName, one, nil, nil)}
			},
			"one that is destroyed afterwards": func(run *oneRun) []answer {
				first := run.plan(typeName, one, nil, nil)
				run.destroy(typeName, state)
				return []answer{first}
			},
			"another name": func(run *oneRun) []answer {
				return []answer{run.plan(typeName, one, nil, nil), run.plan(typeName, renamed, nil, nil)}
			},
			"names that are not known yet": func(run *oneRun) []answer {
				unknown := argumentsOf(typeName, "", map[string]any{"name": unset{}})
				return []answer{run.plan(typeName, unknown, nil, nil), run.plan(typeName, unknown, nil, nil)}
			},
			"two runs": func(run *oneRun) []answer {
				return []answer{run.plan(typeName, one, nil, nil), newRun(t).plan(typeName, one, nil, nil)}
			},
			"another type": func(run *oneRun) []answer {
				var all []answer
				for other := range named {
					all = append(all, run.plan(other, argumentsOf(other, "s", nil), nil, nil))
				}
				return all
			},
		} {
			t.Run(typeName+"/"+name, func(t *testing.T) {
				for _, called := range calls(newRun(t)) {
					if details := secondOfAName(called); len(details) > 0 {
						t.Errorf("refused: %s", details)
					}
				}
			})
		}
	}
}

// However resources are planned, all but one of each name are refused, and no resource is refused for itself.
func TestAllButOneOfEachNameAreRefused(t *testing.T) {
	states := map[string]*tfprotov6.DynamicValue{}
	for typeName := range named {
		states[typeName] = applied(t, typeName, argumentsOf(typeName, "before", nil))
	}
	rapid.Check(t, func(rt *rapid.T) {
		run, want, got := newRun(t), 0, 0
		type second struct {
			typeName, name string
			private        []byte
		}
		var pending []second // second calls of replacements, which come any time later
		count := map[string]int{}
		replan := func(i int) {
			p := pending[i]
			pending = slices.Delete(pending, i, i+1)
			got += len(secondOfAName(run.plan(p.typeName, argumentsOf(p.typeName, p.name, nil), nil, p.private)))
		}
		for range rapid.IntRange(1, 8).Draw(rt, "resources") {
			typeName := rapid.SampledFrom([]string{"cidrplan_vpc", "cidrplan_hub", "cidrplan_site"}).Draw(rt, "type")
			name := rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "name")
			life := rapid.SampledFrom([]string{"new", "held", "replaced"}).Draw(rt, "life")
			var prior *tfprotov6.DynamicValue
			if life != "new" {
				prior = states[typeName]
			}
			answer := run.plan(typeName, argumentsOf(typeName, name, nil), prior, nil)
			got += len(secondOfAName(answer))
			if life == "replaced" && len(answer.errors) == 0 {
				pending = append(pending, second{typeName, name, answer.private})
			}
			if key := typeName + name; count[key] > 0 {
				want++
			}
			count[typeName+name]++
			if len(pending) > 0 && rapid.Bool().Draw(rt, "now") {
				replan(rapid.IntRange(0, len(pending)-1).Draw(rt, "which"))
			}
		}
		for len(pending) > 0 {
			replan(0)
		}
		if got != want {
			rt.Fatalf("%d are refused, want %d", got, want)
		}
	})
}
