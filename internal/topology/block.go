package topology

import (
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Block is what is requested for a range that is not of a cluster: a VPC block, a zone
// subnet, a team's supernet. At most one of its sizes and its pin is given.
type Block struct {
	PrefixLength int
	// Addresses counts the usable addresses, without those that Platform reserves in a subnet.
	Addresses int64
	// CIDR is a pin.
	CIDR     netip.Prefix
	Platform string
	// Family is one of Families, "" where the other fields decide.
	Family string
	// PreviousNames are names under which the block was declared before.
	PreviousNames []string
	// DelegatedTo is the owner in a ledger that alone may allocate inside the block; "" is everyone.
	DelegatedTo string
	About
	Unknown Unknown
}

// RequestedFamily is the family that a block requests, the zero Family where the supernets decide.
func (b Block) RequestedFamily() cidr.Family {
	if b.CIDR.IsValid() {
		return cidr.FamilyOf(b.CIDR)
	}
	if b.Family == Families[0] {
		return cidr.V4
	}
	if b.Family == Families[1] || b.PrefixLength > cidr.V4.Bits() {
		return cidr.V6
	}
	return 0
}

// CheckBlock checks one block declared at a place.
func CheckBlock(at Path, b Block, catalog *profile.Catalog) []Fault {
	var c checker
	c.platform(at, b.Platform, catalog)
	c.oneOf(at, "ip_family", b.Family, Families)
	c.names(at, "previous_names", b.PreviousNames)
	CheckName(b.DelegatedTo, func(problem BadName) { c.add(at.Attr("delegated_to"), problem) })
	b.oneSize(&c, at)
	longest := cidr.V6.Bits()
	if b.Family == Families[0] {
		longest = cidr.V4.Bits()
	}
	if b.PrefixLength < 0 || b.PrefixLength > longest {
		c.add(at.Attr("prefix_length"), OutOfRange{Value: int64(b.PrefixLength), Min: 1, Max: int64(longest)})
	}
	if b.Addresses < 0 {
		c.add(at.Attr("addresses"), OutOfRange{Value: b.Addresses, Min: 1})
	}
	if family := strings.ToLower(cidr.FamilyOf(b.CIDR).String()); b.CIDR.IsValid() && b.Family != "" && b.Family != family {
		c.add(
			at.Attr("ip_family"), Contradicting{Value: b.Family, Other: ArgumentValue{"cidr", b.CIDR}, Gives: family},
			OptionOf(Remove(at.Attr("ip_family"))), OptionOf(Set(at.Attr("ip_family"), family)),
		)
	}
	return c.faults
}

// oneSize checks that at most one attribute gives the size.
func (b Block) oneSize(c *checker, at Path) {
	var given SizeGiven
	for _, one := range []struct{ attr, value string }{
		{"prefix_length", count(b.PrefixLength)}, {"addresses", count(b.Addresses)}, {"cidr", first([]netip.Prefix{b.CIDR})},
	} {
		if one.value == "" {
			continue
		}
		if given.Argument == "" {
			given = SizeGiven{Argument: one.attr, Value: one.value}
			continue
		}
		c.add(
			at.Attr(one.attr), NotAccepted{Value: one.value, Reason: given}, OptionOf(Remove(at.Attr(one.attr))),
			OptionOf(Remove(at.Attr(given.Argument))),
		)
	}
}
