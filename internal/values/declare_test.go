package values

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ofAllKinds are arguments of a resource, of which some have objects.
var ofAllKinds = Fields{
	"name":   {Shape: Text, Required: true},
	"vpcs":   {Shape: Objects, Required: true, Fields: Fields{"region": {Shape: Text}}},
	"lab":    {Shape: Object, Fields: Fields{"region": {Shape: Text}}},
	"labels": {Shape: TextMap},
	"claims": {Shape: Objects, Computed: true, Fields: Fields{"cidr": {Shape: Text}}},
}

func TestArgumentsWithObjectsAreThoseOfDeclare(t *testing.T) {
	of := func(fs Fields) string {
		var names []string
		for name := range fs {
			names = append(names, name)
		}
		slices.Sort(names)
		return strings.Join(names, " ")
	}
	if got, want := of(ofAllKinds.ObjectArguments()), "lab vpcs"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	declarable := ofAllKinds.Declarable()
	if got, want := of(declarable), "claims declare lab labels name vpcs"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if declarable["vpcs"].Required || !declarable["name"].Required {
		t.Error("only arguments with objects can be given in declare")
	}
	const objects = "`lab`, `vpcs` in one value, such as `{ vpcs = {…} }`"
	if got := declarable[topology.DeclareArgument].Description; !strings.Contains(got, objects) {
		t.Errorf("the description of declare names other arguments: %s", got)
	}
	if got, want := of(Fields{"name": {Shape: Text}}.Declarable()), "name"; got != want {
		t.Errorf("without objects: got %s, want %s", got, want)
	}
	planned := ofAllKinds.PlannedDeclarable()
	const required = " Required, either directly or in `declare`."
	if planned["vpcs"].Description != required || planned["lab"].Description != "" {
		t.Errorf("got %q and %q", planned["vpcs"].Description, planned["lab"].Description)
	}
	if !planned["vpcs"].planned || planned["labels"].planned || !planned[topology.DeclareArgument].writeOnly {
		t.Error("arguments with objects are planned, and declare is write-only")
	}
	if got, want := of(Fields{"name": {Shape: Text}}.PlannedDeclarable()), "name"; got != want {
		t.Errorf("without objects: got %s, want %s", got, want)
	}
}

// configuration is one of ofAllKinds, with what is given of them and in declare.
func configuration(declare tftypes.Value, given map[string]tftypes.Value) tftypes.Value {
	all := map[string]tftypes.Value{topology.DeclareArgument: declare}
	for name, f := range ofAllKinds {
		all[name] = Null(f.Type())
		if v, has := given[name]; has {
			all[name] = v
		}
	}
	return object(all)
}

func TestArgumentsAreReadWhereTheyAreWritten(t *testing.T) {
	north := object(map[string]tftypes.Value{"region": text("north")})
	vpcs := tftypes.NewValue(tftypes.Map{ElementType: north.Type()}, map[string]tftypes.Value{"prod": north})
	direct := map[string]tftypes.Value{"vpcs": vpcs}
	none, unknown := Null(tftypes.DynamicPseudoType), Unknown(tftypes.DynamicPseudoType)
	wider := object(map[string]tftypes.Value{"region": text("south"), "zone": text("a"), "arn": text("x")})
	more := object(map[string]tftypes.Value{"lab": wider})
	for name, test := range map[string]struct {
		declare        tftypes.Value
		given          map[string]tftypes.Value
		declared       []string
		faults, unused []string
	}{
		"directly":              {declare: none, given: direct},
		"in declare":            {declare: object(direct), declared: []string{"vpcs"}},
		"some in each":          {declare: object(map[string]tftypes.Value{"lab": north}), given: direct, declared: []string{"lab"}},
		"in neither":            {declare: none, faults: []string{"vpcs: topology.Missing"}},
		"in both":               {declare: object(direct), given: direct, faults: []string{"declare.vpcs: topology.GivenTwice"}},
		"unknown, and directly": {declare: unknown, given: direct, declared: []string{"lab"}},
		"unknown":               {declare: unknown, declared: []string{"lab", "vpcs"}},
		"more attributes than its objects have": {
			declare: more, given: direct, declared: []string{"lab"}, unused: []string{"declare.lab.arn", "declare.lab.zone"},
		},
		"an argument without objects in declare": {
			declare: object(map[string]tftypes.Value{"labels": object(nil)}), given: direct,
			faults: []string{"declare.labels: topology.NotAccepted"},
		},
		"an unknown argument in declare": {
			declare: object(map[string]tftypes.Value{"tags": text("x")}), given: direct,
			faults: []string{"declare.tags: topology.Undeclared"},
		},
		"another type in declare": {
			declare: text("x"), given: direct, declared: []string{"lab"}, faults: []string{"declare: topology.WrongType"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := ofAllKinds.Written(configuration(test.declare, test.given))
			var declared, faults, unused []string
			for name := range w.Declared {
				declared = append(declared, name)
			}
			slices.Sort(declared)
			for _, f := range w.Faults {
				faults = append(faults, f.At.String()+": "+fmt.Sprintf("%T", f.Problem))
			}
			for _, f := range w.Unused {
				for _, at := range f.Problem.(topology.UnusedAttributes).At {
					unused = append(unused, at.String())
				}
				if !f.Warn || f.At.String() != unused[0] {
					t.Errorf("warns %t at %s", f.Warn, f.At)
				}
			}
			if diff := cmp.Diff([][]string{test.declared, test.faults, test.unused}, [][]string{declared, faults, unused}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDeclareIsNotStored(t *testing.T) {
	lab := object(map[string]tftypes.Value{"region": text("north")})
	given := configuration(object(map[string]tftypes.Value{"lab": lab}), map[string]tftypes.Value{"name": text("k8s")})
	planned := ofAllKinds.Written(given).Planned()
	if !planned[topology.DeclareArgument].IsNull() || !planned["lab"].Equal(lab) || TextOf(planned["name"]) != "k8s" {
		t.Errorf("got %v", planned)
	}
	if _, has := (Written{Arguments: map[string]tftypes.Value{}}).Planned()[topology.DeclareArgument]; has {
		t.Error("a resource without declare has one")
	}
}
