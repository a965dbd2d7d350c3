package clouds

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// NotARange says that a text where the data has a range is none. The text is not shown: it may come from a state file.
type NotARange struct{}

// canonical is a range as cidrplan writes it: clouds return the text that they received, with host bits or as a single address.
// ok is false for anything else, such as the ID of a prefix list.
func canonical(text string) (r string, ok bool) {
	if _, fault := cidr.Parse(text); fault == nil {
		return text, true
	}
	if p, err := netip.ParsePrefix(text); err == nil && !p.Addr().Is4In6() {
		return p.Masked().String(), true
	}
	if a, err := netip.ParseAddr(text); err == nil && !a.Is4In6() && a.Zone() == "" {
		return netip.PrefixFrom(a, a.BitLen()).String(), true
	}
	return "", false
}
