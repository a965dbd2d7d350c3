package plain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line returns a text as one line: characters that a terminal obeys or that nobody sees are escaped as
// Terraform writes them, such as \u001b, and line breaks at the end are dropped. A text of more than limit
// characters is cut, and its length is given.
func Line(text string, limit int) string {
	return Escape(Cut(strings.TrimRight(text, "\r\n"), limit))
}

// Cut cuts a text of more than limit characters, and gives its length.
func Cut(text string, limit int) string {
	if cut, length, long := first(text, limit); long {
		return cut + fmt.Sprintf("… (%d characters)", length)
	}
	return text
}

var quoted = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// Quote is Line in double quotes, with quotes and backslashes escaped. The length comes after the quotes.
func Quote(text string, limit int) string {
	if cut, length, long := first(text, limit); long {
		return `"` + Escape(quoted.Replace(cut)) + fmt.Sprintf(`"… (%d characters)`, length)
	}
	return `"` + Escape(quoted.Replace(text)) + `"`
}

// first returns the first characters of a text that has more than limit, and how many it has.
func first(text string, limit int) (cut string, length int, long bool) {
	if length = utf8.RuneCountInString(text); length <= limit {
		return text, 0, false
	}
	at := 0
	for range limit {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return text[:at], length, true
}

// Escape shows the characters of a text that Hidden reports as escapes, and leaves all others as they are.
func Escape(text string) string {
	if strings.IndexFunc(text, Hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		out.WriteString(escaped(r))
	}
	return out.String()
}

// EscapeBlock is Escape for a text that was composed of several lines: line feeds stay.
func EscapeBlock(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Escape(line)
	}
	return strings.Join(lines, "\n")
}

func escaped(r rune) string {
	if !Hidden(r) {
		return string(r)
	}
	if short, ok := map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`}[r]; ok {
		return short
	}
	if utf16.RuneLen(r) > 1 {
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// Hidden reports control characters (C0, DEL and C1), separators of lines and paragraphs, and characters
// that only format: they turn the direction of a text (CVE-2021-42574) or are not visible at all. The joiners
// that scripts and emoji need are not among them.
func Hidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != nonJoiner && r != joiner
}
