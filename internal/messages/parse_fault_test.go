package messages

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func TestNotCIDRIsOneSentenceWithValueFaultAndOption(t *testing.T) {
	tests := map[string]string{
		"":                `"" is empty; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32`,
		"pods":            `"pods" is not a CIDR; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32`,
		"pods\n":          `"pods\n" is not a CIDR; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32`,
		"10.0.0.0":        `"10.0.0.0" has no prefix length; add one, such as /16, or /32 for the single address`,
		"2001:db8::":      `"2001:db8::" has no prefix length; add one, such as /64, or /128 for the single address`,
		"10.0.0.0/33":     `"10.0.0.0/33" has no valid prefix length; IPv4 takes a plain number from 0 to 32`,
		"2001:db8::/129":  `"2001:db8::/129" has no valid prefix length; IPv6 takes a plain number from 0 to 128`,
		"10.0.0.0/08":     `"10.0.0.0/08" has no valid prefix length; did you mean 10.0.0.0/8?`,
		"10.1.2.0/16":     `"10.1.2.0/16" has host bits set; did you mean 10.1.0.0/16?`,
		"fe80::1%eth0/64": `"fe80::1%eth0/64" has a zone, which a range cannot have; did you mean fe80::/64?`,
		"fe80::1%eth0": `"fe80::1%eth0" has a zone, which a range cannot have; ` +
			`write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32`,
		"::ffff:10.0.0.0/104": `"::ffff:10.0.0.0/104" is IPv4 written inside IPv6; did you mean 10.0.0.0/8?`,
		"::ffff:10.0.0.0/95":  `"::ffff:10.0.0.0/95" is IPv4 written inside IPv6; write the IPv4 range itself, such as 10.0.0.0/8`,
		"2001:DB8::/32":       `"2001:DB8::/32" is not in canonical form; did you mean 2001:db8::/32?`,
		"010.0.0.0/8":         `"010.0.0.0/8" has leading zeros, which some tools read as octal; did you mean 10.0.0.0/8?`,
	}
	for input, want := range tests {
		_, fault := cidr.Parse(input)
		if fault == nil {
			t.Errorf("Parse(%q) was accepted", input)
			continue
		}
		if got := NotCIDR(fault); got != want {
			t.Errorf("Parse(%q):\n got %s\nwant %s", input, got, want)
		}
	}
}

func TestNotCIDRWithoutAFaultStillReads(t *testing.T) {
	want := `"x" is not a canonical CIDR; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32`
	if got := NotCIDR(&cidr.ParseFault{Input: "x"}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNotCIDRCutsLongValues(t *testing.T) {
	a64 := strings.Repeat("a", 64)
	tests := map[string]struct{ input, shown string }{
		"64 bytes are shown whole":             {a64, `"` + a64 + `"`},
		"65 bytes are cut":                     {a64 + "a", `"` + a64 + `…"`},
		"a megabyte is cut":                    {strings.Repeat("a", 1<<20), `"` + a64 + `…"`},
		"a rune is not cut in two":             {a64[:63] + "éb", `"` + a64[:63] + `…"`},
		"a rune of four bytes neither":         {a64[:61] + "\U0001F600b", `"` + a64[:61] + `…"`},
		"a rune that just fits is kept":        {a64[:62] + "éb", `"` + a64[:62] + `é…"`},
		"bytes that are no text are cut, too":  {strings.Repeat("\x80", 65), `"` + strings.Repeat(`\x80`, 60) + `…"`},
		"64 bytes of two-byte runes are whole": {strings.Repeat("é", 32), `"` + strings.Repeat("é", 32) + `"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, fault := cidr.Parse(test.input)
			want := test.shown + " is not a CIDR; write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32"
			if got := NotCIDR(fault); got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

// Any text gives one short line without control characters.
func TestNotCIDRIsOneShortLineForAnyText(t *testing.T) {
	near := rapid.StringMatching(`[0-9a-fA-F:.]{1,20}(%[a-z/]{0,100})?(/[0-9.]{0,12})?[ \n\t]?`)
	rapid.Check(t, func(t *rapid.T) {
		input := rapid.OneOf(rapid.String(), near, rapid.StringN(0, 200, 2000)).Draw(t, "input")
		_, fault := cidr.Parse(input)
		if fault == nil {
			return
		}
		if text := NotCIDR(fault); strings.ContainsAny(text, "\n\r\t\x1b") || len(text) > 500 || !utf8.ValidString(text) {
			t.Fatalf("Parse(%q): %q", input, text)
		}
	})
}
