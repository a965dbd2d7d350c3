package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// writeChangesMarkdown writes changes for a comment on a pull request: a table for each resource, and each message to unfold.
func (c *command) writeChangesMarkdown(out io.Writer, p planned) error {
	w := &strings.Builder{}
	fmt.Fprint(w, "## Changes of ranges\n")
	for _, sentence := range p.whole() {
		fmt.Fprintf(w, "\n%s\n", sentence)
	}
	for _, r := range p.reports {
		fmt.Fprintf(w, "\n### %s\n\n", html(messages.Line(r.Address)))
		if len(r.Changes) > 0 {
			fmt.Fprint(w, "| | name | ranges | use |\n|---|---|---|---|\n")
		}
		for _, change := range r.Changes {
			fmt.Fprintf(w, "| %s | %s | %s | %s |\n", html(sign(change.Kind)), html(messages.Line(change.Owner)), html(rangesText(change)),
				html(useText(change)))
		}
		if sentences := about(r); len(sentences) > 0 {
			fmt.Fprintf(w, "\n%s\n", html(strings.Join(sentences, " ")))
		}
	}
	for _, d := range p.diagnostics {
		fmt.Fprintf(w, "\n<details open><summary>%s: %s</summary>\n\n%s\n</details>\n", severityWord(d.Severity),
			html(messages.Line(d.Summary)),
			fenced(messages.Lines(d.Detail)))
	}
	if text := p.othersText(); text != "" {
		fmt.Fprintf(w, "\n%s\n", text)
	}
	_, err := io.WriteString(out, w.String())
	return err
}
