package server

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// failed says whether there is an error among messages.
func failed(all []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(all, func(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError })
}

// once leaves out messages that are there already.
func once(all []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	type message struct {
		severity            tfprotov6.DiagnosticSeverity
		at, summary, detail string
	}
	seen := map[message]bool{}
	var out []*tfprotov6.Diagnostic
	for _, d := range all {
		m := message{d.Severity, d.Attribute.String(), d.Summary, d.Detail}
		if !seen[m] {
			out = append(out, d)
		}
		seen[m] = true
	}
	return out
}

// unreadable is the message for a state that is not of the type of its resource.
func unreadable(err error) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  "State Cannot Be Read",
		Detail: "The state of this resource is not what this version of the provider writes: " + err.Error() + ". It may have been " +
			"edited by hand, or written by a later version.\n\n" +
			"To resolve, do one of the following:\n  - Restore the state from before: a version in your backend, or " +
			"terraform.tfstate.backup.\n  - Use the version of the provider that wrote it.",
	}
}
