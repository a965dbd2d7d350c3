package cli

import (
	"fmt"
	"io"
	"strings"
)

// writeMarkdown writes a report for a comment on a pull request: a table, and each message to unfold.
func (c *command) writeMarkdown(out io.Writer, r report) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "## Address conflicts\n\n%s %s\n", r.conflicts(), r.Found.sentence())
	if len(r.Findings) > 0 {
		fmt.Fprint(w, "\n| level | finding | first | second |\n|---|---|---|---|\n")
		for _, f := range r.Findings {
			second := ""
			if f.Second != nil {
				second = html(f.Second.where())
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s |\n", f.Level, html(f.Title), html(f.First.where()), second)
		}
	}
	for _, f := range r.Findings {
		fmt.Fprintf(w, "\n<details><summary>%s: %s</summary>\n\n%s\n</details>\n", levelWords[f.Level], html(f.Title), fenced(f.Text))
	}
	if len(r.NotRead) > 0 {
		fmt.Fprint(w, "\n### Not checked\n\n")
		for _, u := range r.NotRead {
			fmt.Fprintf(w, "- %s: %s\n", html(u.where()), html(u.Reason))
		}
	}
	_, err := io.WriteString(out, w.String())
	return err
}

// html escapes what Markdown and its tables would take for HTML or formatting, as entities: in the summary of a detail, which is HTML,
// a backslash would be shown.
func html(text string) string { return markdown.Replace(text) }

var markdown = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "|", "&#124;",
	"\\", "&#92;", "~", "&#126;", "$", "&#36;", "\n", " ",
)

// fenced is a text as a block of code, with a fence that the text does not have.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "text\n" + text + "\n" + fence
}
