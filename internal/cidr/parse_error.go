package cidr

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"
)

// Fault is what is wrong with a text that should be a canonical CIDR.
type Fault int

// The faults that Parse distinguishes.
const (
	Empty         Fault = iota + 1 // nothing but white space
	Garbage                        // not a CIDR at all
	MissingLength                  // an address without a prefix length: 10.0.0.0
	BadLength                      // a prefix length that is no plain number in range: /33, /-1, /08
	HostBits                       // bits set behind the prefix length: 10.1.2.0/16
	Zone                           // an IPv6 zone: fe80::1%eth0/64
	FourInSix                      // IPv4 written inside IPv6: ::ffff:10.0.0.0/104
	NotCanonical                   // the right range in another spelling: 2001:DB8::/32
	LeadingZeros                   // IPv4 with leading zeros, octal to some tools: 010.0.0.0/8
)

// ParseError says why a text is not a canonical CIDR.
type ParseError struct {
	Input      string
	Fault      Fault
	Suggestion netip.Prefix // what was probably meant, canonical; the zero Prefix when it is not clear
}

// Error returns one sentence with the value, the fault and the cure:
//
//	"10.1.2.0/16" has host bits set; did you mean 10.1.0.0/16?
//
// A value longer than 64 bytes is shown cut.
func (e *ParseError) Error() string {
	return fmt.Sprintf("%q %s; %s", shortened(e.Input), e.Fault, e.cure())
}

// String returns the fault as the predicate of a sentence: "has host bits set".
func (f Fault) String() string {
	switch f {
	case Empty:
		return "is empty"
	case Garbage:
		return "is not a CIDR"
	case MissingLength:
		return "has no prefix length"
	case BadLength:
		return "has no valid prefix length"
	case HostBits:
		return "has host bits set"
	case Zone:
		return "has a zone, which a range cannot have"
	case FourInSix:
		return "is IPv4 written inside IPv6"
	case NotCanonical:
		return "is not in canonical form"
	case LeadingZeros:
		return "has leading zeros, which some tools read as octal"
	default:
		return "is not a canonical CIDR"
	}
}

// cure returns the way out as a clause.
func (e *ParseError) cure() string {
	if e.Suggestion.IsValid() {
		return fmt.Sprintf("did you mean %v?", e.Suggestion)
	}
	family, usual := V4, 16
	if strings.Contains(e.Input, ":") {
		family, usual = V6, 64
	}
	switch e.Fault {
	case MissingLength:
		return fmt.Sprintf("add one, such as /%d, or /%d for the single address", usual, family.Bits())
	case BadLength:
		return fmt.Sprintf("%v takes a plain number from 0 to %d", family, family.Bits())
	case FourInSix:
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
