package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// diagnostics are messages as Terraform receives them.
func diagnostics(found []messages.Message) []*tfprotov6.Diagnostic {
	var out []*tfprotov6.Diagnostic
	for _, m := range messages.Safe(found) {
		at, detail := visible(m.At), m.Detail
		if isInside(m.At) && !namesPlace(detail, m.At) {
			detail = m.At.String() + ": " + detail
		}
		severity := tfprotov6.DiagnosticSeverityError
		if m.Warn {
			severity = tfprotov6.DiagnosticSeverityWarning
		}
		out = append(out, &tfprotov6.Diagnostic{Severity: severity, Summary: m.Summary, Detail: detail, Attribute: attributePath(at)})
	}
	return out
}

// isInside says whether a path leads into an argument, also one in declare: Terraform shows no more of it than a line.
func isInside(at topology.Path) bool {
	return len(at) > 2 || len(at) == 2 && at[0].Attr != topology.DeclareArgument
}

// namesPlace says whether a text gives a path, otherwise than in its options.
func namesPlace(text string, at topology.Path) bool {
	before, rest, _ := strings.Cut(text, "\n\n"+messages.ToResolve)
	_, after, _ := strings.Cut(rest, "\n\n")
	return strings.Contains(before+after, at.String())
}

// visible is the part of a path that Terraform finds a line for: an attribute and one index or
// key, also of declare. For longer paths it shows the head of the whole resource.
func visible(at topology.Path) topology.Path { return at[:min(len(at), 2)] }

// attributePath is a path as Terraform receives it, nil for none.
func attributePath(at topology.Path) *tftypes.AttributePath {
	var p *tftypes.AttributePath
	for i, s := range at {
		switch {
		case i == 1 && at[0].Attr == topology.DeclareArgument: // Terraform finds lines of object attributes by key
			p = p.WithElementKeyString(s.Attr)
		case s.Index > 0:
			p = p.WithElementKeyInt(s.Index - 1)
		case s.Attr != "":
			p = p.WithAttributeName(s.Attr)
		default:
			p = p.WithElementKeyString(s.Key)
		}
	}
	return p
}
