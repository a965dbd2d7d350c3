package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// writeChangesText writes changes for a terminal: one line for each.
func (c *command) writeChangesText(out io.Writer, p planned) error {
	w := &strings.Builder{}
	for _, r := range p.reports {
		fmt.Fprintf(w, "%s\n", c.paint(bold, messages.Line(r.Address), c.io.OutTerminal))
		for _, change := range r.Changes {
			s := sign(change.Kind)
			words := []string{c.paint(signColors[s], s, c.io.OutTerminal)}
			for _, word := range []string{messages.Line(change.Owner), rangesText(change), "(" + useText(change) + ")"} {
				if word != "" {
					words = append(words, word)
				}
			}
			fmt.Fprintf(w, "  %s\n", strings.Join(words, " "))
		}
		for _, sentence := range about(r) {
			fmt.Fprintf(w, "  %s\n", sentence)
		}
		fmt.Fprintln(w)
	}
	for _, sentence := range p.whole() {
		fmt.Fprintf(w, "%s\n\n", sentence)
	}
	for _, d := range p.diagnostics {
		color := yellow
		if d.Severity == "error" {
			color = red
		}
		fmt.Fprintf(w, "%s %s\n", c.paint(color, severityWord(d.Severity)+":", c.io.OutTerminal),
			c.paint(bold, messages.Line(d.Summary), c.io.OutTerminal))
		if d.Address != "" {
			fmt.Fprintf(w, "  %s\n", messages.Line(d.Address))
		}
		fmt.Fprintf(w, "\n%s\n\n", indented(messages.Lines(d.Detail)))
	}
	if text := p.othersText(); text != "" {
		fmt.Fprintf(w, "%s\n", text)
	}
	_, err := io.WriteString(out, strings.TrimRight(w.String(), "\n")+"\n")
	return err
}

func severityWord(severity string) string {
	if severity == "error" {
		return "Error"
	}
	return "Warning"
}
