package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The characters that would end a cell of a table, begin a tag, or begin an action of the template
// that a guide is.
var inCell = strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "{{", `{{ "{{" }}`)

// cell makes text fit for a cell of a table.
func cell(text string) string { return inCell.Replace(text) }

// code sets something in a fixed font.
func code(thing any) string { return "`" + cell(fmt.Sprint(thing)) + "`" }

// capital is the text with a capital first letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// inBlock makes text fit for a block that stands in a template.
var inBlock = strings.NewReplacer("{{", `{{ "{{" }}`)

// width is where lines of a block are folded.
const width = 100

// folded folds long lines at spaces and keeps their indentation. What is to be pasted stays a line.
func folded(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " -"))]
		for utf8.RuneCountInString(line) > width && !strings.Contains(line, " = { ") {
			at := strings.LastIndex(line[:width], " ")
			if at <= len(indent) {
				break
			}
			out = append(out, line[:at])
			line = strings.Repeat(" ", len(indent)) + line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
