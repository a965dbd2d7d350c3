package cli

import "strings"

// helpWidth is the number of columns of a help text.
const helpWidth = 100

// wrapped breaks the paragraphs of a text into lines.
func wrapped(paragraphs ...string) string {
	var out strings.Builder
	for i, paragraph := range paragraphs {
		if i > 0 {
			out.WriteString("\n\n")
		}
		column := 0
		for _, word := range strings.Fields(paragraph) {
			switch {
			case column == 0:
			case column+1+len(word) > helpWidth:
				out.WriteString("\n")
				column = 0
			default:
				out.WriteString(" ")
				column++
			}
			out.WriteString(word)
			column += len(word)
		}
	}
	return out.String()
}
