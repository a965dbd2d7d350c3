package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// calling looks at a value; text is the error, "" where there is none.
func calling(l *resourceFunction, given tftypes.Value) (answer tftypes.Value, text string) {
	answer, err := l.look(given)
	if err != nil {
		return answer, err.Error()
	}
	return answer, ""
}

// whole is a planned resource, or with asData what a data source with the arguments has.
func whole(t *testing.T, blocks, asData bool, given map[string]any) tftypes.Value {
	t.Helper()
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: blocks}
	d := allocatorKind(p.Catalog)
	if blocks {
		d = blocksKind(p.Catalog)
	}
	arguments := d.arguments.With(d.resourceArguments)
	if asData {
		arguments = d.arguments
	}
	config := values.AttributesOf(mutatedObject(nil, arguments, given, never))
	request, unread := d.read(config)
	found, result := planAndReport(p, request, unread)
	if messages.Refuses(found) {
		t.Fatalf("refused: %+v", found)
	}
	all, computed := arguments.With(d.results).With(id), d.computed(request, result)
	if !asData {
		all = all.With(d.resourceResults)
	}
	return assembled(all.Type(), config, computed)
}

// without is an object without some attributes, givenAs is one with another value of an attribute.
func without(v tftypes.Value, names ...string) tftypes.Value {
	return rebuilt(v, func(all map[string]tftypes.Value) {
		for _, name := range names {
			delete(all, name)
		}
	})
}

func givenAs(v tftypes.Value, name string, value tftypes.Value) tftypes.Value {
	return rebuilt(v, func(all map[string]tftypes.Value) { all[name] = value })
}

func rebuilt(v tftypes.Value, edit func(map[string]tftypes.Value)) tftypes.Value {
	all, types := maps.Clone(values.AttributesOf(v)), map[string]tftypes.Type{}
	edit(all)
	for name, value := range all {
		types[name] = value.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, all)
}

// lookFunctions are all functions of a resource as a whole.
func lookFunctions() []*resourceFunction {
	p := messages.Writer{Catalog: profile.Default()}
	return []*resourceFunction{newClaimsFunction(p), newLockFunction(p), newRequiredRoutesFunction(p)}
}

// A function answers the same for the resource and for the data source with its arguments, given as such or in declare, and
// also where existing gives ranges as released.
func TestFunctionsOfAResourceAndOfADataSourceAgree(t *testing.T) {
	for _, blocks := range []bool{false, true} {
		given := maps.Clone(sound)
		if blocks {
			given = soundBlocks
		} else {
			given["existing"] = map[string]any{
				"released": map[string]any{
					"cluster":        "a",
					"profile":        "ack-flannel",
					"pod_cidrs":      []string{"10.67.0.0/20"},
					"service_cidr":   "10.69.0.0/22",
					"node_cidr_mask": int64(26),
				},
			}
		}
		resource, data := whole(t, blocks, false, given), whole(t, blocks, true, given)
		declared := data
		inside := allocatorArguments(profile.Default()).ObjectArguments()
		if blocks {
			inside = blocksArguments(profile.Default()).ObjectArguments()
		}
		objects := map[string]tftypes.Value{}
		for name, f := range inside {
			if v := values.AttributesOf(data)[name]; !v.IsNull() {
				objects[name] = v
				declared = givenAs(declared, name, values.Null(f.Type()))
			}
		}
		objectTypes := map[string]tftypes.Type{}
		for name, v := range objects {
			objectTypes[name] = v.Type()
		}
		declared = givenAs(declared, topology.DeclareArgument, tftypes.NewValue(tftypes.Object{AttributeTypes: objectTypes}, objects))
		for _, f := range lookFunctions() {
			want, text := calling(f, resource)
			if blocks && f.clusters {
				continue
			}
			if text != "" || !want.IsFullyKnown() || want.IsNull() {
				t.Fatalf("%s of a resource: %s%v", f.name, text, want)
			}
			for what, v := range map[string]tftypes.Value{"a data source": data, "a data source with declare": declared} {
				if got, text := calling(f, v); text != "" || !got.Equal(want) {
					t.Errorf("%s of %s: %s%v\nwant %v", f.name, what, text, got, want)
				}
			}
		}
	}
}

// Arguments that are no resource as a whole are refused, and the message says what is expected.
func TestFunctionsOfAResourceRefuseAllElse(t *testing.T) {
	allocator, blocks := whole(t, false, false, sound), whole(t, true, false, soundBlocks)
	const wanted = "Expected a cidrplan_allocator"
	cluster := clusterFields(profile.Default()).With(id)
	for name, test := range map[string]struct {
		given tftypes.Value
		want  string
	}{
		"null":              {values.Null(tftypes.DynamicPseudoType), "the argument is null. " + wanted},
		"a null resource":   {values.Null(allocator.Type()), "the argument is null. " + wanted},
		"a string":          {tftypes.NewValue(tftypes.String, "k8s"), "the argument is a string. " + wanted},
		"an unknown string": {values.Unknown(tftypes.String), "the argument is a string. " + wanted},
		"an empty object":   {tftypes.NewValue(tftypes.Object{}, map[string]tftypes.Value{}), "the argument is an object. " + wanted},
		"a cluster":         {values.Null(cluster.Type()), "the argument is null. " + wanted},
		"an unknown cluster": {
			values.Unknown(cluster.Type()),
			"the argument is an object with the attributes append_ranges, cloud_name, description, dns_service_ip and ",
		},
		"what is allocated": {values.AttributesOf(allocator)["allocations"], "the argument is an object. "},
		"resources of for_each": {
			tftypes.NewValue(
				tftypes.Object{AttributeTypes: map[string]tftypes.Type{"prod": allocator.Type()}},
				map[string]tftypes.Value{"prod": allocator},
			),
			`the argument is a map of resources, as with for_each. Expected one of them, such as cidrplan_allocator.k8s["prod"]`,
		},
		"resources of count": {
			tftypes.NewValue(tftypes.Tuple{ElementTypes: []tftypes.Type{blocks.Type()}}, []tftypes.Value{blocks}),
			"the argument is a list of resources, as with count. Expected one of them, such as cidrplan_blocks.vpcs[0]",
		},
		"an allocator with gaps": {
			without(allocator, "pools", "vpcs"),
			"the argument is an object that lacks attributes of a cidrplan_allocator: pools, vpcs. Expected the resource as a whole, " +
				"such as cidrplan_allocator.k8s",
		},
		"blocks with gaps": {
			without(blocks, "reclaim"),
			"lacks attributes of a cidrplan_blocks: reclaim. Expected the resource as a whole, such as cidrplan_blocks.vpcs",
		},
		"an unknown with gaps": {values.Unknown(without(allocator, "vpcs").Type()), "lacks attributes of a cidrplan_allocator: vpcs"},
		"damaged ranges": {
			givenAs(blocks, "cidrs", values.Encode(tftypes.Map{ElementType: tftypes.String}, map[string]string{"a": "10.0.0.1/8"})),
			`cidrs["a"]: Not a Canonical CIDR`,
		},
	} {
		for _, f := range lookFunctions() {
			if f.clusters && name == "blocks with gaps" {
				continue
			}
			if answer, text := calling(f, test.given); !strings.Contains(text, test.want) {
				t.Errorf("%s of %s: %s%v\nwant %s", f.name, name, text, answer, test.want)
			}
		}
	}
	const refusal = "the argument is a cidrplan_blocks. Expected a cidrplan_allocator as a whole, such as cidrplan_allocator.k8s"
	for _, given := range []tftypes.Value{blocks, values.Unknown(blocks.Type())} {
		if _, text := calling(newRequiredRoutesFunction(messages.Writer{Catalog: profile.Default()}), given); text != refusal {
			t.Errorf("required_routes of blocks: %q", text)
		}
	}
}

// What is not known yet makes unknown what depends on it, and nothing else. A resource that was imported has no arguments
// in the state before the apply; it requires no routes until then.
func TestFunctionsOfAResourceThatIsNotWhollyKnown(t *testing.T) {
	unknownSite := maps.Clone(sound)
	unknownSite["sites"] = map[string]any{
		"lab": map[string]any{
			"cidr_blocks": []string{"192.168.9.0/24"},
		}, "far": map[string]any{"cidr_blocks": []string{"192.168.9.0/24"}, "vrf": "far"},
		"idc": map[string]any{"cidr_blocks": unset{}, "hubs": []string{"cen"}},
	}
	allocator := whole(t, false, false, sound)
	imported := allocator
	for name, f := range allocatorArguments(profile.Default()) {
		imported = givenAs(imported, name, values.Null(f.Type()))
	}
	for name, test := range map[string]struct {
		given tftypes.Value
		want  map[string]string // by the name of the function
	}{
		"a resource that is unknown": {
			values.Unknown(tftypes.DynamicPseudoType),
			map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "unknown"},
		},
		"a resource of a known type": {
			values.Unknown(allocator.Type()),
			map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "unknown"},
		},
		"which clusters there are": {
			givenAs(allocator, "clusters", values.Unknown(values.AttributesOf(allocator)["clusters"].Type())),
			map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "unknown"},
		},
		"an import before the apply": {imported, map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "known"}},
		"a site defers the ranges": {
			whole(t, false, false, unknownSite),
			map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "partly"},
		},
		"a fact that does not matter": {
			givenAs(allocator, "rule_levels", values.Unknown(tftypes.Map{ElementType: tftypes.String})),
			map[string]string{"claims": "known", "lock": "known", "required_routes": "known"},
		},
		"the name is in all claims": {
			givenAs(allocator, "name", values.Unknown(tftypes.String)),
			map[string]string{"claims": "unknown", "lock": "known", "required_routes": "known"},
		},
		"which VPCs there are": {
			givenAs(allocator, "vpcs", values.Unknown(values.AttributesOf(allocator)["vpcs"].Type())),
			map[string]string{"claims": "unknown", "lock": "known", "required_routes": "unknown"},
		},
		"what is released": {
			givenAs(allocator, "released", values.Unknown(values.AttributesOf(allocator)["released"].Type())),
			map[string]string{"claims": "unknown", "lock": "unknown", "required_routes": "known"},
		},
		"everything is known": {allocator, map[string]string{"claims": "known", "lock": "known", "required_routes": "known"}},
	} {
		for _, f := range lookFunctions() {
			answer, text := calling(f, test.given)
			if text != "" {
				t.Errorf("%s, %s: %s", f.name, name, text)
				continue
			}
			got := "partly"
			switch {
			case !answer.IsKnown():
				got = "unknown"
			case answer.IsFullyKnown():
				got = "known"
			}
			if got != test.want[f.name] {
				t.Errorf("%s, %s: the answer is %s, want %s", f.name, name, got, test.want[f.name])
			}
		}
	}
}

// render writes the same of a resource as of its claims.
func TestRenderOfAResourceIsThatOfItsClaims(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	render := &renderFunction{p}
	allocator := whole(t, false, false, sound)
	for _, given := range []tftypes.Value{allocator, whole(t, false, true, sound), whole(t, true, false, soundBlocks)} {
		want, text := calling(newClaimsFunction(p), given)
		if text != "" {
			t.Fatal(text)
		}
		ofClaims, err := render.claims(want)
		if err != nil {
			t.Fatal(err)
		}
		if of, err := render.claims(given); err != nil || !of.Equal(want) || !of.Equal(ofClaims) || len(values.AttributesOf(of)) < 5 {
			t.Errorf("the claims of a resource are %v %v, want %v", of, err, want)
		}
	}
	for _, given := range []tftypes.Value{
		values.Unknown(tftypes.DynamicPseudoType),
		givenAs(allocator, "name", values.Unknown(tftypes.String)),
	} {
		if of, err := render.claims(given); err != nil || of.IsFullyKnown() {
			t.Errorf("of what is not known yet: %v %v", of, err)
		}
	}
	if _, err := render.claims(without(allocator, "vpcs")); err == nil ||
		!strings.Contains(err.Error(), "lacks attributes of a cidrplan_allocator: vpcs") {
		t.Errorf("of an allocator with gaps: %v", err)
	}
}
