package topology_test

import (
	"strings"
	"testing"
	"unicode/utf8"

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
		"a letter":                "a",
		"every kind of character": "aZ09-_./",
		"an environment":          "alicloud/cn-hangzhou/prod_1.2",
		"128 characters":          strings.Repeat("x", 128),
		"no name at all":          "", // whoever needs one says Missing
	}
	for name, given := range good {
		t.Run(name, func(t *testing.T) {
			if bad, _ := badName(given); bad != nil {
				t.Errorf("CheckName(%q): got %+v", given, *bad)
			}
		})
	}
	bad := map[string]struct{ given, character string }{
		"129 characters":                           {strings.Repeat("x", 129), ""},
		"10,000 characters":                        {strings.Repeat("x", 10_000), ""},
		"10,000 bad characters are first too long": {strings.Repeat("!", 10_000), ""},
		"a space":                         {"my vpc", " "},
		"a space at the end":              {"vpc ", " "},
		"the first of two bad characters": {"a:b;c", ":"},
		"a letter of another alphabet":    {"生产", "生"},
		"a letter with an accent":         {"café", "é"},
		"a line break":                    {"a\nb", "\n"},
		"a NUL":                           {"a\x00", "\x00"},
		"beside the digits":               {"a:", ":"},
		"beside the upper-case letters":   {"[", "["},
		"beside the lower-case letters":   {"`", "`"},
		"after the lower-case letters":    {"{", "{"},
		"an at sign":                      {"@", "@"},
		"a comma":                         {"a,b", ","},
		"a backslash":                     {`a\b`, `\`},
		"bytes that are no text":          {"a\xff", "\uFFFD"},
	}
	for name, test := range bad {
		t.Run(name, func(t *testing.T) {
			got, twice := badName(test.given)
			if want := (topology.BadName{Name: test.given, Bad: test.character}); got == nil || *got != want || twice {
				t.Errorf("CheckName(%.20q): got %+v (twice %v), want %+v", test.given, got, twice, want)
			}
		})
	}
}

const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"

func FuzzCheckName(f *testing.F) {
	for _, seed := range []string{"", "prod", "a b", "生产", "\xff", strings.Repeat("x", 128), strings.Repeat("x", 129)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, twice := badName(name)
		sound := len(name) <= 128 && strings.Trim(name, nameCharacters) == "" && !strings.ContainsFunc(name, func(r rune) bool {
			return !strings.ContainsRune(nameCharacters, r)
		})
		switch {
		case sound != (got == nil) || twice:
			t.Errorf("CheckName(%q): got %+v, twice %v; sound is %v", name, got, twice, sound)
		case got == nil:
		case got.Name != name:
			t.Errorf("CheckName(%q) names %q", name, got.Name)
		case got.Bad == "" && len(name) <= 128:
			t.Errorf("CheckName(%q): %d characters are not too many", name, len(name))
		case strings.ContainsAny(got.Bad, nameCharacters) || utf8.RuneCountInString(got.Bad) > 1:
			t.Errorf("CheckName(%q) names the character %q", name, got.Bad)
		}
	})
}
