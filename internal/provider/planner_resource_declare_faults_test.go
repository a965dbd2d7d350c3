package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func TestFaultsOfDeclare(t *testing.T) {
	cluster := func(more ...string) cty.Value {
		attributes := map[string]cty.Value{
			"vpc":       cty.StringVal("prod"),
			"profile":   cty.StringVal("ack-flannel"),
			"max_nodes": cty.NumberIntVal(10),
		}
		for _, name := range more {
			attributes[name] = cty.NumberIntVal(128)
		}
		return cty.ObjectVal(map[string]cty.Value{"clusters": cty.ObjectVal(map[string]cty.Value{"shop": cty.ObjectVal(attributes)})})
	}
	one := func(argument string, v cty.Value) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"clusters": cty.EmptyObjectVal, argument: v})
	}
	object := func(name string, v cty.Value) cty.Value { return cty.ObjectVal(map[string]cty.Value{name: v}) }
	for name, test := range map[string]struct {
		declare cty.Value
		// own are arguments of their own.
		own  map[string]any
		want []string
	}{
		"nothing is wrong":           {declare: cluster()},
		"the id of a whole resource": {declare: cluster("id")},
		"a misspelled attribute": {cluster("pod_per_node"), nil, []string{
			`error declare["clusters"]: Undeclared Name: declare.clusters["shop"].pod_per_node: There is no argument named ` +
				`"pod_per_node". Did you mean "pods_per_node"?`,
		}},
		"a misspelled attribute of a route": {one(
			"vpcs",
			object("prod", object("routes", object("vpn", object("nexthop", cty.StringVal("vpn"))))),
		), nil, []string{
			`error declare["vpcs"]: Undeclared Name: declare.vpcs["prod"].routes["vpn"].nexthop: There is no argument named ` +
				`"nexthop". Did you mean "next_hop"?`,
			`error declare["vpcs"]: Missing Value: declare.vpcs["prod"].cidr_blocks is required`,
			`error declare["vpcs"]: Missing Value: declare.vpcs["prod"].routes["vpn"].destination is required`,
		}},
		"attributes for others": {cluster("version", "kubernetes_version"), nil, []string{
			`warning declare["clusters"]: Attributes Without Effect ("k8s"): No argument has these attributes, so they are ignored: ` +
				`declare.clusters["shop"].kubernetes_version, declare.clusters["shop"].version.`,
		}},
		"a misspelled argument": {
			one("vcps", cty.EmptyObjectVal),
			nil,
			[]string{`error declare["vcps"]: Undeclared Name: There is no argument named "vcps". Did you mean "vpcs"?`},
		},
		"an unknown argument": {
			one("kubernetes", cty.EmptyObjectVal),
			nil,
			[]string{`error declare["kubernetes"]: Undeclared Name: There is no argument named "kubernetes".`},
		},
		"a result": {one("allocations", cty.EmptyObjectVal), nil, []string{`error declare["allocations"]: Undeclared Name`}},
		"an argument that has no objects": {one("supernets", cty.EmptyTupleVal), nil, []string{
			`error declare["supernets"]: Argument Not Accepted: declare.supernets = … cannot be set here: declare accepts only ` +
				`arguments that contain objects.`,
		}},
		"an argument in both places": {cluster(), map[string]any{"clusters": map[string]any{}}, []string{
			`error declare["clusters"]: Argument Given Twice: "clusters" is set both in declare and directly.`,
		}},
		"an argument in neither": {
			object("vpcs", cty.EmptyObjectVal),
			nil,
			[]string{`error clusters: Missing Value: clusters is required and not set. Set it as an argument or in declare.`},
		},
		"null for a required argument": {
			one("clusters", cty.NullVal(cty.DynamicPseudoType)),
			nil,
			[]string{`error clusters: Missing Value`},
		},
		"no declare and no argument": {cty.NullVal(cty.DynamicPseudoType), nil, []string{`error clusters: Missing Value`}},
		"null for a cluster": {
			one("clusters", object("shop", cty.NullVal(cty.DynamicPseudoType))),
			nil,
			[]string{`error declare["clusters"]: Missing Value: declare.clusters["shop"]: The element is null.`},
		},
		"a list for a map": {
			one("clusters", cty.EmptyTupleVal),
			nil,
			[]string{`error declare["clusters"]: Invalid Value: declare.clusters is a list; expected a map.`},
		},
		"a string for all": {
			cty.StringVal("x"),
			nil,
			[]string{`error declare: Invalid Value: declare is a string; expected an object.`},
		},
		"a text for a number": {
			one("clusters", object("a", object("max_nodes", cty.StringVal("ten")))),
			nil,
			[]string{
				`error declare["clusters"]: Invalid Value: declare.clusters["a"].max_nodes is a string; expected a number.`,
				"profile",
				"vpc",
			},
		},
		"everything unknown":             {declare: cty.DynamicVal},
		"an unknown argument in declare": {declare: one("vpcs", cty.DynamicVal)},
	} {
		t.Run(name, func(t *testing.T) {
			given := map[string]any{
				"name":      "k8s",
				"supernets": []string{"10.64.0.0/12"},
				"vpcs":      map[string]any{"prod": map[string]any{"cidr_blocks": []string{"192.168.0.0/16"}, "platform": "alicloud"}},
			}
			if test.declare.Type().IsObjectType() && test.declare.Type().HasAttribute("vpcs") {
				delete(given, "vpcs")
			}
			maps.Copy(given, test.own)
			run := newRun(t)
			arguments := mutatedObject(nil, allocatorArguments(profile.Default()), given, never)
			attributes := maps.Clone(values.AttributesOf(arguments))
			attributes[topology.DeclareArgument] = dynamic(t, test.declare)
			got := run.validate("cidrplan_allocator", run.config("cidrplan_allocator", objectOf(attributes)), true)
			if len(got) != len(test.want) {
				t.Fatalf("%d messages, want %d:\n%s", len(got), len(test.want), strings.Join(got, "\n"))
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(got, func(message string) bool {
					return strings.HasPrefix(message, want) || !strings.Contains(want, ":") && strings.Contains(message, "."+want)
				}) {
					t.Errorf("no message begins with\n%s\namong\n%s", want, strings.Join(got, "\n"))
				}
			}
		})
	}
}
