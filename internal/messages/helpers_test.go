package messages

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
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

// pathOf reads a path of attributes, keys in quotes and indexes: vpcs["prod"].cidr_blocks[0].
func pathOf(text string) topology.Path {
	var at topology.Path
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		key, quoted := strings.CutPrefix(part, `"`)
		index, err := strconv.Atoi(part)
		switch {
		case quoted:
			at = at.Key(strings.TrimSuffix(key, `"`))
		case err == nil:
			at = at.At(index)
		default:
			at = at.Attr(part)
		}
	}
	return at
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
