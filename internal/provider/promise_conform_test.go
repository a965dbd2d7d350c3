package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// small are fields of every shape that arguments have.
var small = values.Fields{
	"word": {
		Shape: values.Text,
	}, "count": {Shape: values.Number}, "yes": {Shape: values.Flag}, "words": {Shape: values.Texts}, "labels": {Shape: values.TextMap},
	"inner": {Shape: values.Object, Fields: values.Fields{"cidr": {Shape: values.Text}, "size": {Shape: values.Number}}},
	"all": {
		Shape:  values.Objects,
		Fields: values.Fields{"cidr": {Shape: values.Text}, "tags": {Shape: values.TextMap}, "list": {Shape: values.Texts}},
	},
}

// The conformer accepts what Terraform's own conversion accepts, and gives the same value, whatever is null,
// unknown or of another type.
func TestConformerConvertsAsTerraformDoes(t *testing.T) {
	accepted, refused, unknown := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		given := ctyObject(t, small)
		want, err := convert.Convert(given, ctyType(values.Field{Shape: values.Object, Fields: small}))
		c := &values.Conformer{}
		got := c.Field(nil, dynamic(t, given), values.Field{Shape: values.Object, Fields: small}, small.Type())
		if (err != nil) != (len(c.Faults) > 0) {
			t.Fatalf("%#v: Terraform answers %v, the conformer %v", given, err, c.Faults)
		}
		if err != nil {
			refused++
			return
		}
		accepted++
		if expected := typed(t, want, small.Type()); !got.Equal(expected) {
			t.Fatalf("%#v:\ngot  %s\nwant %s", given, got, expected)
		}
		if !want.IsWhollyKnown() {
			unknown++
		}
	})
	if accepted == 0 || refused == 0 || unknown == 0 {
		t.Errorf("%d values were accepted, %d of them with unknown parts, and %d refused: each kind is needed", accepted, unknown, refused)
	}
}

func TestConformerReportsWhatTheFieldsLack(t *testing.T) {
	entry := func(name string) cty.Value {
		return cty.ObjectVal(
			map[string]cty.Value{
				"all": cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{name: cty.NullVal(cty.String)})}),
			},
		)
	}
	for name, test := range map[string]struct {
		given           cty.Value
		faults, unusual string
	}{
		"a misspelled attribute, even a null one":  {entry("cird"), `all["a"].cird`, ""},
		"an attribute that resembles none":         {entry("kubernetes_version"), "", `all["a"].kubernetes_version`},
		"the id of a resource that is given whole": {entry("id"), "", ""},
		"an argument":               {cty.ObjectVal(map[string]cty.Value{"wort": cty.True}), "wort", ""},
		"an id among the arguments": {cty.ObjectVal(map[string]cty.Value{"id": cty.True}), "", "id"},
	} {
		t.Run(name, func(t *testing.T) {
			c := &values.Conformer{}
			c.Field(nil, dynamic(t, test.given), values.Field{Shape: values.Object, Fields: small}, small.Type())
			if got := placesOf(c.Faults); got != test.faults {
				t.Errorf("faults at %q, want %q", got, test.faults)
			}
			if got := placesOf(c.Unused); got != test.unusual {
				t.Errorf("unused attributes at %q, want %q", got, test.unusual)
			}
		})
	}
}

// An allocation or what was released can be given as existing, whole; an object that was written by hand has no attributes beyond
// the fields.
func TestConformerAcceptsResultsOfTheProvider(t *testing.T) {
	catalog := profile.Default()
	whole := func(of values.Fields, more ...string) cty.Value {
		attributes := map[string]cty.Value{}
		for name := range of {
			attributes[name] = cty.NullVal(cty.DynamicPseudoType)
		}
		for _, name := range more {
			attributes[name] = cty.StringVal("10.64.0.0/20")
		}
		return cty.ObjectVal(map[string]cty.Value{"shop": cty.ObjectVal(attributes)})
	}
	for name, test := range map[string]struct {
		argument        values.Field
		given           cty.Value
		faults, unusual string
	}{
		"an allocation":             {allocatorArguments(catalog)["existing"], whole(allocationFields(catalog)), "", ""},
		"an allocation of an audit": {auditArguments(catalog)["existing"], whole(allocationFields(catalog)), "", ""},
		"an allocation with another attribute": {
			allocatorArguments(catalog)["existing"],
			whole(allocationFields(catalog), "pod_cidrz"),
			`existing["shop"].pod_cidrz`,
			"",
		},
		"what was released": {
			allocatorArguments(catalog)["existing"],
			whole(allocatorResourceResults["released"].Fields),
			"",
			"",
		},
		"what blocks released": {
			blocksArguments(catalog)["existing"],
			whole(blocksResourceResults["released"].Fields),
			"",
			"",
		},
		"a part of an allocation": {
			allocatorArguments(catalog)["existing"],
			whole(nil, "pod_cidr", "usable"),
			`existing["shop"].pod_cidr`,
			`existing["shop"].usable`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := &values.Conformer{}
			c.Field(topology.Path{}.Attr("existing"), dynamic(t, test.given), test.argument, test.argument.Type())
			if got := placesOf(c.Faults); got != test.faults {
				t.Errorf("faults at %q, want %q", got, test.faults)
			}
			if got := placesOf(c.Unused); got != test.unusual {
				t.Errorf("unused attributes at %q, want %q", got, test.unusual)
			}
		})
	}
}

func placesOf(faults []topology.Fault) (places string) {
	for _, f := range faults {
		places += f.At.String()
	}
	return places
}

// failer is a test, or a check of many values.
type failer interface {
	Helper()
	Fatal(...any)
}

// dynamic is what a provider gets for a dynamic argument.
func dynamic(t failer, v cty.Value) tftypes.Value {
	t.Helper()
	return typed(t, v, tftypes.DynamicPseudoType)
}
