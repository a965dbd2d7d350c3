package server

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// withFlagFaults adds what Terraform leaves to the provider: null for a required attribute, and a value for one that only the provider
// sets. What has an error at its place already gets no second one.
func withFlagFaults(found []*tfprotov6.Diagnostic, schema *tfprotov6.Schema, config tftypes.Value) []*tfprotov6.Diagnostic {
	reported := map[string]bool{}
	for _, d := range found {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			reported[d.Attribute.String()] = true
		}
	}
	for _, d := range flagFaults(schema.Block.Attributes, config, tftypes.NewAttributePath()) {
		if !reported[d.Attribute.String()] {
			found = append(found, d)
		}
	}
	return once(found)
}

func flagFaults(attributes []*tfprotov6.SchemaAttribute, object tftypes.Value, at *tftypes.AttributePath) (faults []*tfprotov6.Diagnostic) {
	if object.IsNull() || !object.IsKnown() {
		return nil
	}
	values := map[string]tftypes.Value{}
	if err := object.As(&values); err != nil {
		panic(err) // it was decoded as an object
	}
	for _, a := range attributes {
		at, v := at.WithAttributeName(a.Name), values[a.Name]
		switch {
		case a.Required && v.IsNull():
			faults = append(faults, fault(at, "Missing Value", fmt.Sprintf("%s is required, and null.", a.Name)))
		case a.Computed && !a.Optional && !v.IsNull():
			faults = append(
				faults,
				fault(
					at, "Read-Only Attribute",
					fmt.Sprintf("%s is computed by the provider and cannot be set. Remove it from the configuration.", a.Name),
				),
			)
		case a.NestedType != nil && hasFlags(a.NestedType.Attributes):
			faults = append(faults, nestedFlagFaults(a.NestedType, v, at)...)
		}
	}
	return faults
}

func nestedFlagFaults(of *tfprotov6.SchemaObject, v tftypes.Value, at *tftypes.AttributePath) (faults []*tfprotov6.Diagnostic) {
	if v.IsNull() || !v.IsKnown() {
		return nil
	}
	if of.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
		return flagFaults(of.Attributes, v, at)
	}
	var elements map[string]tftypes.Value
	if of.Nesting != tfprotov6.SchemaObjectNestingModeMap || v.As(&elements) != nil {
		panic(fmt.Sprintf("%s: arguments with several objects are maps", at))
	}
	for key, element := range elements {
		faults = append(faults, flagFaults(of.Attributes, element, at.WithElementKeyString(key))...)
	}
	return faults
}

// hasFlags says whether anything in an object is required or read-only.
func hasFlags(attributes []*tfprotov6.SchemaAttribute) bool {
	for _, a := range attributes {
		if a.Required || a.Computed && !a.Optional || a.NestedType != nil && hasFlags(a.NestedType.Attributes) {
			return true
		}
	}
	return false
}

func fault(at *tftypes.AttributePath, summary, detail string) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: detail, Attribute: at}
}
