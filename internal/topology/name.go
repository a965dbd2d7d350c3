package topology

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxNameLength and maxTextLength count characters, not bytes.
	maxNameLength = 128
	maxTextLength = 256
	// separators are the signs that names have beside letters and digits.
	separators = "-_./"
)

// CheckName reports the first character of a name that names do not have, or that the name has more than 128
// characters. Names are letters and digits of any script, the marks that belong to a script, and -_./ . They
// are in Unicode's normal form NFC, as all texts are that Terraform passes on.
func CheckName(name string, report func(BadName)) {
	if utf8.RuneCountInString(name) > maxNameLength {
		report(BadName{Name: name})
		return
	}
	position, before := 0, rune(0)
	for _, r := range name {
		position++
		if !inName(r, before) {
			report(BadName{Name: name, Bad: string(r), Position: position, Instead: lookalike(r)})
			return
		}
		before = r
	}
	if bad, at, composed := notComposed(name); at > 0 {
		report(BadName{Name: name, Bad: bad, Position: at, Instead: composed})
	}
}

// inName says whether a name may have a character behind another one, which is 0 at the beginning.
func inName(r, before rune) bool {
	if strings.ContainsRune(separators, r) {
		return true
	}
	if invisible(r) || unicode.Is(likeSeparators, r) {
		return false
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return true
	}
	// A mark of a script, such as a vowel of Hindi or Thai. General accents are part of a letter in NFC.
	return unicode.In(r, unicode.Mn, unicode.Mc) && !unicode.Is(unicode.Inherited, r) &&
		(unicode.IsLetter(before) || unicode.IsMark(before))
}

// invisible reports characters that are shown as nothing: those that format a text, turn its direction or
// join letters, fillers and variation selectors.
// Source: Default_Ignorable_Code_Point in https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
func invisible(r rune) bool {
	return unicode.In(
		r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector,
	)
}

// likeSeparators are letters that look like a separator of names or keys: the click letters ǀ to ǃ, the
// modifier letters from ʹ to ˑ, Nko's ߺ, the kana repeat marks 〱 to 〵 and the Lisu tones ꓸ to ꓽ. Letters
// of ordinary words, such as ノ and ー, are not among them.
// Source: https://www.unicode.org/Public/security/latest/confusables.txt
var likeSeparators = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x01c0, Hi: 0x01c3, Stride: 1}, {Lo: 0x02b9, Hi: 0x02d1, Stride: 1}, {Lo: 0x07fa, Hi: 0x07fa, Stride: 1},
	{Lo: 0x3031, Hi: 0x3035, Stride: 1}, {Lo: 0xa4f8, Hi: 0xa4fd, Stride: 1},
}}

// lookalikes are signs of other scripts that people type for a separator, by that separator.
var lookalikes = map[string]string{
	"-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
	"_": "\u203f\ufe4d\ufe4e\ufe4f\uff3f",
	".": "\u00b7\u2024\u3002\u30fb\uff0e\uff61\ua4f8",
	"/": "\u2044\u2215\u29f8\uff0f\u3033",
}

// lookalike is the separator that a character looks like, "" where there is none.
func lookalike(r rune) string {
	for separator, letters := range lookalikes {
		if strings.ContainsRune(letters, r) {
			return separator
		}
	}
	return ""
}

// notComposed returns the first character of a name that Unicode writes in another way in its normal form
// NFC, its position and that way. The position is 0 where there is none.
func notComposed(name string) (bad string, position int, composed string) {
	normal := []rune(norm.NFC.String(name))
	for i, r := range []rune(name) {
		if i == len(normal) || normal[i] != r {
			return string(r), i + 1, norm.NFC.String(string(r))
		}
	}
	return "", 0, ""
}

// CheckText reports the first character of a text that nobody could see or that is no character, or that the
// text has more than 256 characters. Keys of routes are such texts.
func CheckText(text string, report func(BadText)) {
	if utf8.RuneCountInString(text) > maxTextLength {
		report(BadText{Text: text})
		return
	}
	position := 0
	for _, r := range text {
		position++
		if r == utf8.RuneError || invisible(r) || !unicode.IsPrint(r) {
			report(BadText{Text: text, Bad: string(r), Position: position})
			return
		}
	}
}

// EscapeName writes the separators of a key that a name has as % and two hexadecimal digits for each byte, as
// in URLs; so it does with % itself and with what CheckText refuses. A name without those stays as it is, and
// different names stay different.
func EscapeName(name, separators string) string {
	const digits = "0123456789ABCDEF"
	if staysAsItIs(name, separators) {
		return name
	}
	var out strings.Builder
	for i, r := range name {
		_, size := utf8.DecodeRuneInString(name[i:])
		if r != '%' && !strings.ContainsRune(separators, r) && unicode.IsPrint(r) && !invisible(r) && (r != utf8.RuneError || size > 1) {
			out.WriteRune(r)
			continue
		}
		for _, b := range []byte(name[i : i+size]) {
			out.WriteString("%" + string(digits[b>>4]) + string(digits[b&15]))
		}
	}
	return out.String()
}

// staysAsItIs says for most names, and only for such, that EscapeName has nothing to write in another way: each plan needs many keys.
func staysAsItIs(name, separators string) bool {
	for i := range len(name) {
		if c := name[i]; c < ' ' || c > '~' || c == '%' || strings.IndexByte(separators, c) >= 0 {
			return false
		}
	}
	return true
}

// UnescapeName reads what EscapeName wrote; ok is false for a % that no two hexadecimal digits follow.
func UnescapeName(text string) (name string, ok bool) {
	name, err := url.PathUnescape(text)
	return name, err == nil
}
