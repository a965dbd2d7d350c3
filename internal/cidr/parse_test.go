package cidr

import (
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseAcceptsTheCanonicalSpelling(t *testing.T) {
	for _, text := range []string{
		"0.0.0.0/0", "10.0.0.0/8", "10.1.2.3/32", "255.255.255.255/32", "172.20.0.0/14",
		"::/0", "2001:db8::/32", "2001:db8::1/128", "fd00::/108", "::a00:0/104", "64:ff9b::/96",
		"::ffff:0:0:0/80",
	} {
		p, fault := Parse(text)
		if fault != nil || p != netip.MustParsePrefix(text) {
			t.Errorf("Parse(%q): got %v, %v", text, p, fault)
		}
	}
}

var refused = map[string]struct {
	input      string
	fault      Fault
	suggestion string // "" when there is none
}{
	"nothing":                                 {"", Empty, ""},
	"white space":                             {" \t\n", Empty, ""},
	"a word":                                  {"pods", Garbage, ""},
	"a word with a length":                    {"pods/16", Garbage, ""},
	"a slash":                                 {"/", Garbage, ""},
	"a length alone":                          {"/16", Garbage, ""},
	"two CIDRs":                               {"10.0.0.0/16,10.1.0.0/16", Garbage, ""},
	"two lengths":                             {"10.0.0.0/16/24", Garbage, ""},
	"octets left out":                         {"10.0/16", Garbage, ""},
	"an octet too many":                       {"10.0.0.0.0/16", Garbage, ""},
	"an octet out of range":                   {"10.256.0.0/16", Garbage, ""},
	"an octet out of range behind a zero":     {"010.0256.0.0/16", Garbage, ""},
	"an empty octet":                          {"10..0.0/16", Garbage, ""},
	"a group out of range":                    {"2001:db80f::/32", Garbage, ""},
	"a zero too many in a group":              {"02001:db8::/32", Garbage, ""},
	"two gaps":                                {"2001::db8::/32", Garbage, ""},
	"IPv6 in brackets":                        {"[2001:db8::]/32", Garbage, ""},
	"digits of another script":                {"１０.0.0.0/8", Garbage, ""},
	"an address":                              {"10.0.0.0", MissingLength, ""},
	"an IPv6 address":                         {"2001:db8::", MissingLength, ""},
	"an address and a slash":                  {"10.0.0.0/", MissingLength, ""},
	"an address with leading zeros":           {"010.0.0.0", MissingLength, ""},
	"a length past IPv4":                      {"10.0.0.0/33", BadLength, ""},
	"a length past IPv6":                      {"2001:db8::/129", BadLength, ""},
	"a length past any number":                {"10.0.0.0/99999999999999999999999", BadLength, ""},
	"a negative length":                       {"10.0.0.0/-1", BadLength, ""},
	"a signed length":                         {"10.0.0.0/+8", BadLength, ""},
	"a length in letters":                     {"10.0.0.0/eight", BadLength, ""},
	"a length with a space":                   {"10.0.0.0/ 8", BadLength, ""},
	"a length with a leading zero":            {"10.0.0.0/08", BadLength, "10.0.0.0/8"},
	"a length of zeros":                       {"10.0.0.0/000", BadLength, "0.0.0.0/0"},
	"an IPv6 length with a leading zero":      {"2001:db8::/032", BadLength, "2001:db8::/32"},
	"a netmask":                               {"10.0.0.0/255.255.0.0", BadLength, "10.0.0.0/16"},
	"the netmask of everything":               {"0.0.0.0/0.0.0.0", BadLength, "0.0.0.0/0"},
	"the netmask of one address":              {"10.0.0.1/255.255.255.255", BadLength, "10.0.0.1/32"},
	"a wildcard mask":                         {"10.0.0.0/0.0.255.255", BadLength, ""},
	"a netmask on IPv6":                       {"2001:db8::/255.255.0.0", BadLength, ""},
	"a bad length after host bits":            {"10.1.2.3/08", BadLength, "10.0.0.0/8"},
	"host bits":                               {"10.1.2.0/16", HostBits, "10.1.0.0/16"},
	"one host bit":                            {"10.0.0.1/31", HostBits, "10.0.0.0/31"},
	"host bits behind nothing":                {"10.0.0.0/0", HostBits, "0.0.0.0/0"},
	"IPv6 host bits":                          {"2001:db8::1/64", HostBits, "2001:db8::/64"},
	"host bits in capitals":                   {"2001:DB8::1/64", HostBits, "2001:db8::/64"},
	"a zone":                                  {"fe80::1%eth0/64", Zone, "fe80::/64"},
	"a zone without a length":                 {"fe80::1%eth0", Zone, ""},
	"a zone with a slash in it":               {"fe80::1%eth0/1/64", Zone, "fe80::/64"},
	"a zone with a length past IPv6":          {"fe80::1%eth0/129", Zone, ""},
	"IPv4 inside IPv6":                        {"::ffff:10.0.0.0/104", FourInSix, "10.0.0.0/8"},
	"IPv4 inside IPv6, in hexadecimal":        {"::ffff:a00:0/104", FourInSix, "10.0.0.0/8"},
	"IPv4 inside IPv6 with host bits":         {"::ffff:10.1.2.3/104", FourInSix, "10.0.0.0/8"},
	"all of IPv4 inside IPv6":                 {"::ffff:0:0/96", FourInSix, "0.0.0.0/0"},
	"IPv4 inside IPv6 and beyond":             {"::ffff:10.0.0.0/95", FourInSix, ""},
	"capitals":                                {"2001:DB8::/32", NotCanonical, "2001:db8::/32"},
	"zeros in a group":                        {"2001:0db8::/32", NotCanonical, "2001:db8::/32"},
	"groups of zeros written out":             {"2001:db8:0:0:0:0:0:0/32", NotCanonical, "2001:db8::/32"},
	"a gap for a single group":                {"2001:db8:1::2:3:4:5/128", NotCanonical, "2001:db8:1:0:2:3:4:5/128"},
	"the gap in the wrong place":              {"2001::1:0:0:0:0/64", NotCanonical, "2001:0:0:1::/64"},
	"IPv4 at the end of IPv6":                 {"64:ff9b::10.0.0.0/104", NotCanonical, "64:ff9b::a00:0/104"},
	"white space around":                      {" 10.0.0.0/8\n", NotCanonical, "10.0.0.0/8"},
	"white space around host bits":            {" 10.1.2.3/8\n", HostBits, "10.0.0.0/8"},
	"leading zeros":                           {"010.0.0.0/8", LeadingZeros, "10.0.0.0/8"},
	"leading zeros, with host bits":           {"10.001.02.3/16", LeadingZeros, "10.1.0.0/16"},
	"an octet of two zeros":                   {"10.00.0.0/8", LeadingZeros, "10.0.0.0/8"},
	"leading zeros and a length past IPv4":    {"010.0.0.0/33", BadLength, ""},
	"leading zeros in IPv4 at IPv6's end":     {"::ffff:010.0.0.0/104", Garbage, ""},
	"a leading zero in the length, with more": {"010.0.0.0/08", BadLength, "10.0.0.0/8"},
}

func TestParseNamesTheFaultAndWhatWasMeant(t *testing.T) {
	for name, test := range refused {
		t.Run(name, func(t *testing.T) {
			p, fault := Parse(test.input)
			if fault == nil {
				t.Fatalf("%v was accepted", p)
			}
			want := ParseFault{test.input, test.fault, prefix(test.suggestion)}
			if *fault != want || p.IsValid() {
				t.Errorf("got %v, %+v; want %+v", p, *fault, want)
			}
		})
	}
}

// checkParse holds Parse to its promises for any text.
func checkParse(t interface{ Fatalf(string, ...any) }, s string) {
	p, fault := Parse(s)
	if fault == nil {
		if p.String() != s || p != p.Masked() || p.Addr().Is4In6() {
			t.Fatalf("Parse(%q) accepted %v", s, p)
		}
		return
	}
	if p.IsValid() {
		t.Fatalf("Parse(%q): got %v and a fault", s, p)
	}
	if fault.Fault < Empty || fault.Fault > LeadingZeros || fault.Input != s {
		t.Fatalf("Parse(%q): got %+v", s, *fault)
	}
	if want := fault.Suggestion; want.IsValid() {
		if again, fault := Parse(want.String()); fault != nil || again != want {
			t.Fatalf("Parse(%q) suggested %v, which parses as %v, %v", s, want, again, fault)
		}
		if want.String() == s {
			t.Fatalf("Parse(%q) suggested just that", s)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range refused {
		f.Add(test.input)
	}
	f.Add("10.0.0.0/8")
	f.Add("2001:db8::/32")
	f.Add("::ffff:1.2.3.4%eth0/104")
	f.Add("fe80::1%" + strings.Repeat("z/", 100) + "64")
	f.Fuzz(func(t *testing.T, s string) { checkParse(t, s) })
}

// Every prefix has one spelling that is accepted; its other spellings lead back to it.
func TestParseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPrefix.Draw(t, "p")
		canonical := p.Masked()
		checkParse(t, p.String())
		checkParse(t, strings.ToUpper(p.Addr().StringExpanded())+p.String()[strings.IndexByte(p.String(), '/'):])
		if canonical.Addr().Is4In6() {
			return
		}
		if got, fault := Parse(canonical.String()); fault != nil || got != canonical {
			t.Fatalf("Parse(%q): got %v, %v", canonical, got, fault)
		}
		if p == canonical {
			return
		}
		_, fault := Parse(p.String())
		if fault == nil {
			t.Fatalf("%v was accepted", p)
		}
		if !p.Addr().Is4In6() && (fault.Fault != HostBits || fault.Suggestion != canonical) {
			t.Fatalf("%v: got %+v, want host bits and %v", p, *fault, canonical)
		}
	})
}
