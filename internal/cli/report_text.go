package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// levelWords are the levels in reports for people.
var levelWords = map[string]string{"error": "Error", "warn": "Warning", messages.Note: "Note"}

// writeText writes a report for a terminal: each finding as a plan shows it, with the resources that it is about.
func (c *command) writeText(out io.Writer, r report) error {
	w := &strings.Builder{}
	for _, f := range r.Findings {
		color := yellow
		if f.Level == "error" {
			color = red
		}
		fmt.Fprintf(w, "%s %s\n\n", c.paint(color, levelWords[f.Level]+":", c.io.OutTerminal), c.paint(bold, f.Title, c.io.OutTerminal))
		for _, p := range f.parties() {
			if p.Address != "" {
				fmt.Fprintf(w, "  %s\n", p.where())
			}
		}
		fmt.Fprintf(w, "\n%s\n\n", indented(f.Text))
	}
	if len(r.NotRead) > 0 {
		fmt.Fprintf(w, "%s\n", c.paint(bold, "Not checked:", c.io.OutTerminal))
		for _, u := range r.NotRead {
			fmt.Fprintf(w, "  %s: %s\n", u.where(), u.Reason)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%s\n%s\n", r.conflicts(), r.Found.sentence())
	_, err := io.WriteString(out, w.String())
	return err
}

func (f finding) parties() []party {
	if f.Second == nil {
		return []party{f.First}
	}
	return []party{f.First, *f.Second}
}

// where is the address of a resource with its file.
func (p party) where() string { return unchecked{Address: p.Address, File: p.File}.where() }

func (u unchecked) where() string {
	if u.File == "" {
		return messages.Line(u.Address)
	}
	return fmt.Sprintf("%s (%s)", messages.Line(u.Address), messages.Line(u.File))
}

// indented is a text two columns to the right.
func indented(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("  "+line, " ")
	}
	return strings.Join(lines, "\n")
}

// conflicts is the number of findings of each level.
func (r report) conflicts() string {
	if len(r.Findings) == 0 {
		return "No conflicts."
	}
	return fmt.Sprintf("%s, %s, %s.", counted(int(r.Counts.Errors), "error"), counted(int(r.Counts.Warnings), "warning"),
		counted(int(r.Counts.Notes), "note"))
}

// sentence counts what was found, and leaves out kinds that were not.
func (f found) sentence() string {
	var parts []string
	for _, kind := range []struct {
		count int
		name  string
	}{
		{f.VPCs, "VPC"}, {f.Subnets, "subnet"}, {f.Routes, "route"}, {f.Hubs, "hub"}, {f.Sites, "site"}, {f.Clusters, "cluster"},
		{f.Claims, "claim"},
	} {
		if kind.count > 0 {
			parts = append(parts, counted(kind.count, kind.name))
		}
	}
	if len(parts) == 0 {
		return "Found no networks or clusters of the supported clouds."
	}
	return "Found " + strings.Join(parts, ", ") + "."
}

func counted(count int, name string) string {
	if count != 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", count, name)
}
