package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// withNull is a value with one null element of a list or map, and the place of it.
type withNull struct {
	at    string
	value tftypes.Value
}

// withNulls are the values of a type that have one null element, one for each place that can have it. All other attributes are null.
func withNulls(typ tftypes.Type) []withNull {
	var all []withNull
	elements := func(of tftypes.Type, step string, make func(tftypes.Value) tftypes.Value) {
		for _, one := range append([]withNull{{"", values.Null(of)}}, withNulls(of)...) {
			all = append(all, withNull{step + one.at, make(one.value)})
		}
	}
	switch t := typ.(type) {
	case tftypes.Object:
		for _, name := range slices.Sorted(maps.Keys(t.AttributeTypes)) {
			for _, one := range withNulls(t.AttributeTypes[name]) {
				attributes := map[string]tftypes.Value{}
				for other, of := range t.AttributeTypes {
					attributes[other] = values.Null(of)
				}
				attributes[name] = one.value
				all = append(all, withNull{"." + name + one.at, tftypes.NewValue(t, attributes)})
			}
		}
	case tftypes.Map:
		elements(t.ElementType, `["k"]`, func(v tftypes.Value) tftypes.Value {
			return tftypes.NewValue(t, map[string]tftypes.Value{"k": v})
		})
	case tftypes.List:
		elements(t.ElementType, `[0]`, func(v tftypes.Value) tftypes.Value { return tftypes.NewValue(t, []tftypes.Value{v}) })
	}
	return all
}

// wantNullReported wants one message of a null element at its place, with an option.
func wantNullReported(t *testing.T, at string, found []*tfprotov6.Diagnostic) {
	t.Helper()
	about := slices.DeleteFunc(found, func(d *tfprotov6.Diagnostic) bool { return !strings.Contains(d.Detail, "The element is null") })
	if len(about) != 1 {
		t.Errorf("%s: %d messages are about the null element", at, len(about))
		return
	}
	d := about[0]
	if !strings.HasPrefix(d.Detail, at+": ") || len(optionsOf(d.Detail)) == 0 || d.Attribute == nil ||
		d.Severity != tfprotov6.DiagnosticSeverityError {
		t.Errorf("%s: got %s\n%s\nat %v", at, d.Summary, d.Detail, d.Attribute)
	}
}

// invalidInputOf are the findings of an audit on what it cannot read, as messages.
func invalidInputOf(t *testing.T, audit *auditDataSource, config tftypes.Value) []*tfprotov6.Diagnostic {
	t.Helper()
	value, found := audit.Read(t.Context(), config)
	if len(found) > 0 {
		t.Errorf("the audit fails: %v", found)
	}
	rows, _ := values.Members(values.AttributesOf(value)["findings"])
	for _, row := range rows {
		attributes := values.AttributesOf(row)
		first := values.AttributesOf(attributes["first"])
		d := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Attribute: tftypes.NewAttributePath()}
		d.Summary, d.Detail = values.TextOf(attributes["summary"]), values.TextOf(first["at"])+": "+values.TextOf(attributes["text"])
		found = append(found, d)
	}
	return found
}

// unreadArguments are those that nothing reads: what a cloud reports of hubs and blocks has no differences.
var unreadArguments = []string{"observed.hubs", "observed.block_existing"}

// A null element of any list or map of any argument is one error at its place, with what to do.
func TestNullElementsOfEveryArgumentAreReported(t *testing.T) {
	p, r, places := messages.Writer{Catalog: profile.Default()}, new(run), 0
	check := func(t *testing.T, schema *tfprotov6.Schema, validate func(tftypes.Value) []*tfprotov6.Diagnostic) {
		argument := map[string]bool{}
		for _, a := range schema.Block.Attributes {
			argument[a.Name] = !a.Computed || a.Optional
		}
		for _, one := range withNulls(schema.ValueType()) {
			at := one.at[1:]
			unread := slices.ContainsFunc(unreadArguments, func(name string) bool { return strings.HasPrefix(at, name) })
			if name := at[:strings.IndexAny(at, ".[")]; argument[name] && !unread {
				places++
				wantNullReported(t, at, validate(one.value))
			}
		}
	}
	for name, resource := range resourcesOf(p, r) {
		t.Run(name, func(t *testing.T) {
			check(t, resource.Schema(), func(v tftypes.Value) []*tfprotov6.Diagnostic { return resource.Validate(v, true) })
		})
	}
	for name, source := range dataSourcesOf(p, r) {
		validate := source.Validate
		if audit, is := source.(*auditDataSource); is {
			validate = func(v tftypes.Value) []*tfprotov6.Diagnostic { return invalidInputOf(t, audit, v) }
		}
		t.Run(fmt.Sprint("data.", name), func(t *testing.T) { check(t, source.Schema(), validate) })
	}
	if places < 200 {
		t.Errorf("only %d places can have a null element: the test no longer sees them", places)
	}
}
