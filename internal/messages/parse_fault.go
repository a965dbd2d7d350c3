package messages

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// NotCIDR says in one sentence what is wrong with a text that should be a canonical CIDR, and what to write:
//
//	"10.1.2.0/16" has host bits set; did you mean 10.1.0.0/16?
//
// A value longer than 64 bytes is shown cut.
func NotCIDR(f *cidr.ParseFault) string {
	return fmt.Sprintf("%q %s; %s", shortened(f.Input), cidrFault(f.Fault), cidrOption(f))
}

// cidrFault is a fault as the predicate of a sentence: "has host bits set".
func cidrFault(f cidr.Fault) string {
	switch f {
	case cidr.Empty:
		return "is empty"
	case cidr.Garbage:
		return "is not a CIDR"
	case cidr.MissingLength:
		return "has no prefix length"
	case cidr.BadLength:
		return "has no valid prefix length"
	case cidr.HostBits:
		return "has host bits set"
	case cidr.Zone:
		return "has a zone, which a range cannot have"
	case cidr.FourInSix:
		return "is IPv4 written inside IPv6"
	case cidr.NotCanonical:
		return "is not in canonical form"
	case cidr.LeadingZeros:
		return "has leading zeros, which some tools read as octal"
	default:
		return "is not a canonical CIDR"
	}
}

// cidrOption says what to write instead, as a clausf.
func cidrOption(f *cidr.ParseFault) string {
	if f.Suggestion.IsValid() {
		return fmt.Sprintf("did you mean %v?", f.Suggestion)
	}
	family, usual := cidr.V4, 16
	if strings.Contains(f.Input, ":") {
		family, usual = cidr.V6, 64
	}
	switch f.Fault {
	case cidr.MissingLength:
		return fmt.Sprintf("add one, such as /%d, or /%d for the single address", usual, family.Bits())
	case cidr.BadLength:
		return fmt.Sprintf("%v takes a plain number from 0 to %d", family, family.Bits())
	case cidr.FourInSix:
		return "write the IPv4 range itself, such as 10.0.0.0/8"
	default:
		return "write an address and a prefix length, such as 10.0.0.0/8 or 2001:db8::/32"
	}
}

// shortened cuts s to at most 64 bytes, at the start of a rune, and marks the cut.
func shortened(s string) string {
	const longest = 64
	if len(s) <= longest {
		return s
	}
	end := longest
	for end > longest-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
