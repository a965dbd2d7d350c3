package cidr

import (
	"net/netip"
	"strconv"
	"strings"
)

// Parse reads a canonical CIDR: the one spelling that [netip.Prefix.String] gives, host bits
// clear, IPv4 written as IPv4. The fault is nil where the text is one.
func Parse(s string) (netip.Prefix, *ParseFault) {
	p, err := netip.ParsePrefix(s)
	if err == nil && !p.Addr().Is4In6() && p == p.Masked() && p.String() == s {
		return p, nil
	}
	fault, suggestion := diagnose(s)
	return netip.Prefix{}, &ParseFault{Input: s, Fault: fault, Suggestion: suggestion}
}

// diagnose says what is wrong with s, which is not canonical, and what was probably meant. Where s
// has several faults it names the one that a reader has to understand first; the suggestion
// repairs all of them.
func diagnose(s string) (fault Fault, suggestion netip.Prefix) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Empty, netip.Prefix{}
	}
	addrText, lengthText := s, ""
	if slash := strings.LastIndexByte(s, '/'); slash != -1 { // the last: a zone may have slashes
		addrText, lengthText = s[:slash], s[slash+1:]
	}
	addr, zeros := readAddr(addrText)
	if !addr.IsValid() {
		return Garbage, netip.Prefix{}
	}
	length, plain := readLength(lengthText, addr)
	suggestion = meant(addr, length)

	switch {
	case addr.Zone() != "":
		return Zone, suggestion
	case lengthText == "":
		return MissingLength, netip.Prefix{}
	case !plain:
		return BadLength, suggestion
	case zeros:
		return LeadingZeros, suggestion
	case addr.Is4In6():
		return FourInSix, suggestion
	case suggestion.Addr() != addr:
		return HostBits, suggestion
	default:
		return NotCanonical, suggestion
	}
}

// meant returns the canonical prefix around addr; the zero Prefix when length is -1 and when an
// IPv4-mapped address has a length that reaches beyond its IPv4 part.
func meant(addr netip.Addr, length int) netip.Prefix {
	if addr.Is4In6() {
		addr, length = addr.Unmap(), length-96
	}
	return netip.PrefixFrom(addr, length).Masked()
}

// readAddr reads an address, IPv4 also with leading zeros, which it takes as decimal. The zero
// Addr means that s is no address.
func readAddr(s string) (addr netip.Addr, leadingZeros bool) {
	if addr, err := netip.ParseAddr(s); err == nil {
		return addr, false
	}
	octets := strings.Split(s, ".")
	for i, octet := range octets {
		octets[i] = withoutZeros(octet)
	}
	addr, err := netip.ParseAddr(strings.Join(octets, "."))
	if err != nil || !addr.Is4() {
		return netip.Addr{}, false
	}
	return addr, true
}

// readLength reads what follows the slash after addr. length is -1 when it makes no sense; plain is
// false unless it is a number in its usual spelling. A leading zero ("08") and a netmask
// ("255.0.0.0") make sense without being plain.
func readLength(s string, addr netip.Addr) (length int, plain bool) {
	if length, ok := netmask(s); ok && addr.Is4() {
		return length, false
	}
	digits := withoutZeros(s)
	n, err := strconv.ParseUint(digits, 10, 8)
	if err != nil || int(n) > addr.BitLen() {
		return -1, false
	}
	return int(n), digits == s
}

// netmask reads an IPv4 netmask such as 255.255.0.0 as its prefix length.
func netmask(s string) (length int, ok bool) {
	mask, err := netip.ParseAddr(s)
	if err != nil {
		return 0, false
	}
	for length := range 33 {
		if ones(32).minus(ones(32-length)).addr(V4) == mask {
			return length, true
		}
	}
	return 0, false
}

// withoutZeros drops leading zeros but keeps one digit.
func withoutZeros(s string) string {
	if trimmed := strings.TrimLeft(s, "0"); trimmed != "" || s == "" {
		return trimmed
	}
	return "0"
}
