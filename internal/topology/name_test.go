package topology_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// badName returns what CheckName reports, nil for nothing; twice says that it reported more.
func badName(name string) (bad *topology.BadName, twice bool) {
	topology.CheckName(name, func(p topology.BadName) {
		twice = twice || bad != nil
		bad = &p
	})
	return bad, twice
}

func TestCheckName(t *testing.T) {
	good := map[string]string{
		"a letter":                         "a",
		"every kind of character":          "aZ09-_./",
		"an environment":                   "alicloud/cn-hangzhou/prod_1.2",
		"128 characters":                   strings.Repeat("x", 128),
		"128 characters of three bytes":    strings.Repeat("网", 128),
		"no name at all":                   "", // the caller that needs one reports Missing
		"Chinese":                          "生产网络",
		"Chinese with separators":          "生产网络/华东1-主_2.0",
		"Chinese beside a letter":          "生产prod",
		"a rare Chinese character":         "𠮷",
		"an accent":                        "café",
		"Vietnamese":                       "mạng-sản-xuất",
		"Greek and Cyrillic":               "παραγωγή/прод",
		"Japanese":                         "本番ネットワーク", // with ー
		"Korean":                           "운영망",
		"Arabic with its digits":           "شبكة٣",
		"Hebrew":                           "רשת",
		"Hindi, whose vowels are marks":    "हिन्दी",
		"Thai, whose vowels are marks too": "เครือข่าย",
	}
	for name, given := range good {
		t.Run(name, func(t *testing.T) {
			if bad, _ := badName(given); bad != nil {
				t.Errorf("CheckName(%q): got %+v", given, *bad)
			}
		})
	}
	bad := map[string]struct {
		given, character string
		position         int
		instead          string
	}{
		"129 characters":                           {strings.Repeat("x", 129), "", 0, ""},
		"129 Chinese characters":                   {strings.Repeat("网", 129), "", 0, ""},
		"10,000 bad characters are first too long": {strings.Repeat("!", 10_000), "", 0, ""},
		"a space":                             {"my vpc", " ", 3, ""},
		"a space at the end":                  {"vpc ", " ", 4, ""},
		"the first of two bad characters":     {"a:b;c", ":", 2, ""},
		"a position behind wide characters":   {"生产 网络", " ", 3, ""},
		"a line break":                        {"a\nb", "\n", 2, ""},
		"a NUL":                               {"a\x00", "\x00", 2, ""},
		"an escape":                           {"a\x1b[31m", "\x1b", 2, ""},
		"a control character of C1":           {"a\u009b", "\u009b", 2, ""},
		"beside the digits":                   {"a:", ":", 2, ""},
		"beside the upper-case letters":       {"[", "[", 1, ""},
		"beside the lower-case letters":       {"`", "`", 1, ""},
		"after the lower-case letters":        {"{", "{", 1, ""},
		"an at sign":                          {"@", "@", 1, ""},
		"a plus sign":                         {"a+b", "+", 2, ""},
		"a percent sign":                      {"a%2Fb", "%", 2, ""},
		"a comma":                             {"a,b", ",", 2, ""},
		"a backslash":                         {`a\b`, `\`, 2, ""},
		"bytes that are no text":              {"a\xff", "\uFFFD", 2, ""},
		"a wide space":                        {"生产\u3000网络", "\u3000", 3, ""},
		"a space that does not break":         {"a\u00a0b", "\u00a0", 2, ""},
		"a space of no width":                 {"a\u200bb", "\u200b", 2, ""},
		"a joiner":                            {"a\u200db", "\u200d", 2, ""},
		"a mark of byte order":                {"\ufeffa", "\ufeff", 1, ""},
		"a soft hyphen":                       {"a\u00adb", "\u00ad", 2, ""},
		"a sign that turns the direction":     {"a\u202eb", "\u202e", 2, ""},
		"a sign that isolates a direction":    {"a\u2066b", "\u2066", 2, ""},
		"a filler that is a letter":           {"a\u3164b", "\u3164", 2, ""},
		"a Hangul filler":                     {"\u115f", "\u115f", 1, ""},
		"a variation selector":                {"葛\U000e0100", "\U000e0100", 2, ""},
		"a tag":                               {"a\U000e0061", "\U000e0061", 2, ""},
		"a wide slash":                        {"a／b", "／", 2, "/"},
		"a slash of mathematics":              {"a\u2215b", "\u2215", 2, "/"},
		"a hyphen that does not break":        {"a\u2011b", "\u2011", 2, "-"},
		"a minus sign":                        {"a\u2212b", "\u2212", 2, "-"},
		"a dash":                              {"a–b", "–", 2, "-"},
		"a wide stop":                         {"v1。2", "。", 3, "."},
		"a middle dot":                        {"a·b", "·", 2, "."},
		"a wide underscore":                   {"a＿b", "＿", 2, "_"},
		"a wide colon":                        {"a：b", "：", 2, ""},
		"a letter that looks like a bar":      {"a\u01c0b", "\u01c0", 2, ""},
		"a letter that looks like a colon":    {"a\ua4fdb", "\ua4fd", 2, ""},
		"a modifier that looks like a colon":  {"a\u02d0b", "\u02d0", 2, ""},
		"an emoji":                            {"prod🚀", "🚀", 5, ""},
		"a mark without a letter":             {"/\u093e", "\u093e", 2, ""},
		"a mark at the beginning":             {"\u093eक", "\u093e", 1, ""},
		"a slash laid over a letter":          {"a\u0338", "\u0338", 2, ""},
		"an accent that is not composed":      {"cafe\u0301", "\u0301", 5, ""},
		"a letter with another normal form":   {"a\u212b", "\u212b", 2, "Å"},
		"a Chinese character of another form": {"生\uf900", "\uf900", 2, "豈"},
	}
	for name, test := range bad {
		t.Run(name, func(t *testing.T) {
			got, twice := badName(test.given)
			want := topology.BadName{Name: test.given, Bad: test.character, Position: test.position, Instead: test.instead}
			if got == nil || *got != want || twice {
				t.Errorf("CheckName(%.20q): got %+v (twice %v), want %+v", test.given, got, twice, want)
			}
		})
	}
}

// Of ASCII, names have just these.
const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"

func FuzzCheckName(f *testing.F) {
	long, tooLong := strings.Repeat("x", 128), strings.Repeat("网", 129)
	for _, seed := range []string{"", "prod", "a b", "生产", "हिन्दी", "e\u0301", "\xff", long, tooLong} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, twice := badName(name)
		length := utf8.RuneCountInString(name)
		switch {
		case twice:
			t.Errorf("CheckName(%q) reports twice", name)
		case got == nil:
			hidden := func(r rune) bool {
				return unicode.In(r, unicode.C, unicode.Z, unicode.P, unicode.S, unicode.Me) && !strings.ContainsRune("-_./", r) ||
					r < utf8.RuneSelf && !strings.ContainsRune(nameCharacters, r)
			}
			if length > 128 || !utf8.ValidString(name) || !norm.NFC.IsNormalString(name) || strings.ContainsFunc(name, hidden) {
				t.Errorf("CheckName(%q) reports nothing", name)
			}
		case got.Name != name:
			t.Errorf("CheckName(%q) names %q", name, got.Name)
		case got.Bad == "" && length <= 128:
			t.Errorf("CheckName(%q): %d characters are not too many", name, length)
		case got.Bad == "":
		case strings.ContainsAny(got.Bad, nameCharacters):
			t.Errorf("CheckName(%q) names the character %q", name, got.Bad)
		case got.Position < 1 || got.Position > length || string([]rune(name)[got.Position-1]) != got.Bad:
			t.Errorf("CheckName(%q) says that %q is character %d", name, got.Bad, got.Position)
		}
	})
}

func TestCheckText(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "::/0": "", "10.0.0.0/8 via vpn": "", "到 IDC 的路由（主）": "", "a|b+c:d@e%20": "",
		`"quoted" \ ${x}`: "", "🚀": "", strings.Repeat("网", 256): "",
		strings.Repeat("x", 257): "0 ",
		"a\nb":                   "2 \n", "a\x1bb": "2 \x1b", "生\u200b": "2 \u200b", "a\u202e": "2 \u202e",
		"a\xff": "2 \ufffd", "\u00a0": "1 \u00a0", "a\u3164": "2 \u3164",
	} {
		got := ""
		topology.CheckText(text, func(p topology.BadText) { got += fmt.Sprintf("%d %s", p.Position, p.Bad) })
		if got != want {
			t.Errorf("CheckText(%.20q): got %q, want %q", text, got, want)
		}
	}
}

func TestEscapeName(t *testing.T) {
	for name, want := range map[string]string{
		"shop": "shop", "shop-1_a.b": "shop-1_a.b", "生产网络": "生产网络", "::/0": "%3A%3A%2F0",
		"a%2Fb": "a%252Fb", "10.0.0.0/8 via vpn": "10.0.0.0%2F8 via vpn",
		"a|b+c": "a|b+c", "a\n": "a%0A", "\xff": "%FF", "\u200b": "%E2%80%8B", "": "",
	} {
		if got := topology.EscapeName(name, "/:"); got != want {
			t.Errorf("%q is escaped as %q, want %q", name, got, want)
		}
	}
	if name, ok := topology.UnescapeName("a%zz"); ok {
		t.Errorf("a%%zz reads as %q", name)
	}
}

// Escaped names read back, so no two are the same, and have no separator.
func TestEscapedNamesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("a2F%/:|+@\n\u200b生")))).Draw(t, "name")
		escaped := topology.EscapeName(name, "/:|+@")
		if back, ok := topology.UnescapeName(escaped); !ok || back != name || strings.ContainsAny(escaped, "/:|+@\n\u200b") {
			t.Fatalf("%q is escaped as %q and reads as %q", name, escaped, back)
		}
	})
}
