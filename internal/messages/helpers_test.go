package messages

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func all(messages []Message) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(m.String() + "\n")
	}
	return b.String()
}

// prefix reads a prefix; "" is the invalid prefix.
func prefix(text string) netip.Prefix {
	if text == "" {
		return netip.Prefix{}
	}
	return netip.MustParsePrefix(text)
}

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, prefix(text))
	}
	return all
}

func shipped(t *testing.T, name string) *profile.Profile {
	t.Helper()
	p, known := profile.Default().Profile(name)
	if !known {
		t.Fatalf("no profile %q", name)
	}
	return p
}

// wantParts checks that a text has each part, and not those that begin with "!".
func wantParts(t *testing.T, name, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		text, not := strings.CutPrefix(part, "!")
		if strings.Contains(got, text) == not {
			t.Errorf("%s: want %q in\n%s", name, part, got)
		}
	}
}
