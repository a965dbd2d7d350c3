package addressmap

import (
	"unicode"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
)

// textLimit is the number of characters of a name or description that a map shows.
const textLimit = 200

// clean makes a text of a user one line without control characters.
func clean(text string) string { return plain.Line(text, textLimit) }

// The widths of characters in the fonts of a map, in parts of the font size. All texts are in fonts of fixed width: so it is known
// without a browser whether a label fits. Characters of other scripts count as wide as the widest ones of common fonts.
const (
	narrow = 0.61
	wide   = 1.05
)

func runeWidth(r rune) float64 {
	switch {
	case r < 0x80:
		return narrow
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) && r < 0xff00, r == '–', r == '·':
		return narrow
	}
	return wide
}

// textWidth is the width of a text in a font size.
func textWidth(text string, size float64) float64 {
	width := 0.0
	for _, r := range text {
		width += runeWidth(r)
	}
	return width * size
}

// columns is the number of columns of a text in a terminal.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch runeWidth(r) {
		case 0:
		case wide:
			n += 2
		default:
			n++
		}
	}
	return n
}

// shortened is a text that fits into a width, cut in the middle where it must be; "" where less than three characters fit. More is left
// of the end, where names often differ.
func shortened(text string, size, width float64) string {
	if textWidth(text, size) <= width {
		return text
	}
	runes := []rune(text)
	room := width/size - runeWidth('…')
	begin, end, first, last := 0, len(runes), 0.0, 0.0 // first and last are the widths of what is left
	for {
		next, fromEnd := runeWidth(runes[begin]), first*3 > last*2
		if fromEnd {
			next = runeWidth(runes[end-1])
		}
		if room -= next; room < 0 {
			break
		}
		if fromEnd {
			end, last = end-1, last+next
		} else {
			begin, first = begin+1, first+next
		}
	}
	for begin < end && runeWidth(runes[begin]) == 0 { // a mark belongs to the letter before it
		begin++
	}
	for end < len(runes) && runeWidth(runes[end]) == 0 {
		end++
	}
	if begin+len(runes)-end < 3 {
		return ""
	}
	return string(runes[:begin]) + "…" + string(runes[end:])
}
