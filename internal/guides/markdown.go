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

// cell escapes text for a cell of a table.
func cell(text string) string { return inCell.Replace(text) }

// code sets something in a fixed font.
func code(thing any) string { return "`" + cell(fmt.Sprint(thing)) + "`" }

// capital is the text with a capital first letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// inBlock escapes text for a block in a template.
var inBlock = strings.NewReplacer("{{", `{{ "{{" }}`)
