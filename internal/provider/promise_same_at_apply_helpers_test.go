package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// planning is one plan of a resource as Terraform asks for it: the arguments, and the state before.
type planning struct {
	*testing.T
	writer messages.Writer
	kind   plannerKind
	// known are the encoded arguments of the configuration that is planned, by name.
	known map[string]tftypes.Value
	given map[string]any
	prior *allocate.Prior
}

func (p planning) arguments() values.Fields { return p.kind.arguments.With(p.kind.resourceArguments) }

// with returns the planning of another configuration.
func (p planning) with(given map[string]any) planning {
	p.given, p.known = given, map[string]tftypes.Value{}
	for name, f := range p.arguments() {
		p.known[name] = mutated(nil, f, given[name], never)
	}
	return p
}

// answer returns the computed given where the places given are unknown; ok is false where the plan fails.
func (p planning) answer(unknown ...spot) (contents map[string]tftypes.Value, ok bool) {
	attributes := maps.Clone(p.known)
	for name, f := range p.arguments() {
		v := p.given[name]
		for _, at := range unknown {
			if at[0] == name {
				v = obscured(f, v, at[1:])
			}
		}
		if slices.ContainsFunc(unknown, func(at spot) bool { return at[0] == name }) {
			attributes[name] = mutated(nil, f, v, never)
		}
	}
	request, unread := p.kind.read(attributes)
	request.Prior = p.prior
	if request.Facts.Unknown.Has("clusters") && p.prior != nil && holds(p.prior.Allocations) {
		return nil, false
	}
	found, result := planAndReport(p.writer, request, unread)
	if messages.Refuses(found) {
		return nil, false
	}
	all := p.kind.results.With(p.kind.resourceResults)
	contents = maps.Clone(values.AttributesOf(assembled(all.Type(), nil, p.kind.computed(request, result))))
	whole := maps.Clone(attributes)
	maps.Copy(whole, contents)
	maps.Copy(contents, p.answerOf(whole))
	return contents, true
}

// answerOf returns the results of the functions of the resource for its value, by their names with parentheses.
func (p planning) answerOf(whole map[string]tftypes.Value) map[string]tftypes.Value {
	p.Helper()
	all := p.arguments().With(p.kind.results).With(p.kind.resourceResults).With(id)
	v, err := readResourceArgument(p.writer, assembled(all.Type(), whole, nil), messages.AnyPlanner)
	if err != nil {
		p.Fatalf("the functions refuse a resource: %v", err)
	}
	out := map[string]tftypes.Value{}
	for _, l := range []*resourceFunction{newClaimsFunction(p.writer), newLockFunction(p.writer), newRequiredRoutesFunction(p.writer)} {
		if !p.writer.OfBlocks || !l.clusters {
			out[l.name+"()"] = l.of(v)
			agrees(p.T, l.name, out[l.name+"()"], whole[l.name])
		}
	}
	return out
}

// looked counts the given of attributes that are known, and those that the functions know as well.
var looked = map[string][2]int{}

// agrees checks the result of a function against the attribute of the same name.
func agrees(t *testing.T, name string, got, attribute tftypes.Value) {
	t.Helper()
	if attribute.Type() == nil {
		return
	}
	if at := contradicts(name, got, attribute); at != "" {
		t.Fatalf("the function and the attribute: %s", at)
	}
	counts := looked[name]
	if attribute.IsKnown() {
		counts[0]++
		if contradicts(name, attribute, got) == "" && got.IsKnown() {
			counts[1]++
		}
	}
	looked[name] = counts
}

// applied returns the planning with the state that an apply of computed given leaves.
func (p planning) applied(contents map[string]tftypes.Value) planning {
	attributes := maps.Clone(p.known)
	maps.Copy(attributes, contents)
	maps.DeleteFunc(attributes, func(name string, _ tftypes.Value) bool { return strings.HasSuffix(name, "()") })
	p.prior = p.kind.prior(attributes)
	return p
}

// refines checks that whatever is known where some places are unknown is the same where they are known.
func (p planning) refines(t *rapid.T, after map[string]tftypes.Value, unknown ...spot) (shown bool) {
	before, ok := p.answer(unknown...)
	if !ok {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if at := contradicts(name, before[name], after[name]); at != "" {
			t.Fatalf("%v unknown: %s", unknown, at)
		}
	}
	return true
}

// spot is where a value is in arguments: names, keys and indices.
type spot []string

func (p spot) String() string { return strings.Join(p, ".") }

// places are all at which a value of a field may be unknown, those that are null among them.
func places(f values.Field, v any, at spot) []spot {
	all := []spot{at}
	inside := func(key string, f values.Field, v any) {
		all = append(all, places(f, v, append(slices.Clone(at), key))...)
	}
	given, _ := v.(map[string]any)
	switch {
	case f.Shape == values.Texts && v != nil:
		for i, e := range elementsOf(v) {
			inside(fmt.Sprint(i), values.Field{Shape: values.Text}, e)
		}
	case f.Shape == values.Object && v != nil:
		for _, name := range slices.Sorted(maps.Keys(f.Fields)) {
			inside(name, f.Fields[name], given[name])
		}
	case f.Shape == values.Objects || f.Shape == values.TextMap:
		for _, key := range slices.Sorted(maps.Keys(given)) {
			inside(key, elementField(f), given[key])
		}
	}
	return all
}

// elementField is the field of the elements of a map.
func elementField(f values.Field) values.Field {
	if f.Shape == values.Objects {
		return values.Field{Shape: values.Object, Fields: f.Fields}
	}
	return values.Field{Shape: values.Text}
}

// obscured returns a value with one place unknown.
func obscured(f values.Field, v any, at spot) any {
	if _, already := v.(unset); already || len(at) == 0 {
		return unset{}
	}
	if f.Shape == values.Texts {
		list := slices.Clone(elementsOf(v))
		var i int
		if _, err := fmt.Sscan(at[0], &i); err != nil {
			panic(err)
		}
		list[i] = unset{}
		return list
	}
	out := maps.Clone(v.(map[string]any))
	inside := elementField(f)
	if f.Shape == values.Object {
		inside = f.Fields[at[0]]
	}
	out[at[0]] = obscured(inside, out[at[0]], at[1:])
	return out
}

// monotone lives through some edits and then plans the last one with places unknown.
func monotone(t *testing.T, p planning, first func(*rapid.T) map[string]any, edit func(*rapid.T, string, map[string]any) map[string]any) {
	t.Helper()
	shown, tried := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := p.with(first(t))
		contents, ok := p.answer()
		if !ok {
			return
		}
		for step := range rapid.IntRange(0, 3).Draw(t, "edits") {
			label := fmt.Sprint("edit ", step)
			next := p.applied(contents).with(edit(t, label, p.given))
			then, ok := next.answer()
			if ok {
				p, contents = next, then
			}
		}
		for name, v := range contents {
			if !v.IsFullyKnown() {
				t.Fatalf("%s is not known where all inputs are: %v", name, v)
			}
		}
		var all []spot
		for _, name := range slices.Sorted(maps.Keys(p.arguments())) {
			all = append(all, places(p.arguments()[name], p.given[name], spot{name})...)
		}
		for i := range 12 {
			several := rapid.SliceOfN(rapid.SampledFrom(all), 1, 4).Draw(t, fmt.Sprint("unknown ", i))
			tried++
			if p.refines(t, contents, several...) {
				shown++
			}
		}
	})
	t.Logf("%d of %d plans with unknown places do not fail", shown, tried)
	t.Log(looked)
	if shown*4 < tried {
		t.Errorf("only %d of %d plans with unknown places do not fail", shown, tried)
	}
}
