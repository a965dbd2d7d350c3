package cidr

import "net/netip"

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

// ParseFault is why a text is not a canonical CIDR.
type ParseFault struct {
	Input      string
	Fault      Fault
	Suggestion netip.Prefix // what was probably meant, canonical; the zero Prefix when it is not clear
}
