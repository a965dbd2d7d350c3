package profile

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Limit is a set of windows that a range must fit one of.
type Limit struct {
	Windows []Window `yaml:"windows"`
	Rule    `yaml:",inline"`
}

// Window is a range and the prefix lengths that may be taken from it, both ends included.
type Window struct {
	CIDR     netip.Prefix `yaml:"cidr"`
	Shortest int          `yaml:"shortest"`
	Longest  int          `yaml:"longest"`
}

// Fit says whether a range keeps a limit.
type Fit int

const (
	// Fits means that one window accepts the range.
	Fits Fit = iota
	// WrongLength means that a window holds the range but not its prefix length.
	WrongLength
	// Outside means that no window holds the range.
	Outside
)

// binds says whether the limit has windows of a family.
func (l Limit) binds(family cidr.Family) bool {
	return slices.ContainsFunc(l.Windows, func(w Window) bool { return cidr.FamilyOf(w.CIDR) == family })
}

// FitOf says whether a prefix keeps the limit. A limit without windows of its family accepts all.
func (l Limit) FitOf(prefix netip.Prefix) Fit {
	if !l.binds(cidr.FamilyOf(prefix)) {
		return Fits
	}
	fit := Outside
	for _, w := range l.Windows {
		if cidr.FamilyOf(w.CIDR) != cidr.FamilyOf(prefix) || !w.CIDR.Overlaps(prefix) {
			continue
		}
		if cidr.Contains(w.CIDR, prefix) && w.takes(prefix.Bits()) {
			return Fits
		}
		fit = WrongLength
	}
	return fit
}

// Room returns what ranges of the prefix length may be taken from.
func (l Limit) Room(length int, family cidr.Family) []netip.Prefix {
	if !l.binds(family) {
		return []netip.Prefix{everything[family]}
	}
	var room []netip.Prefix
	for _, w := range l.Windows {
		if cidr.FamilyOf(w.CIDR) == family && w.takes(length) {
			room = append(room, w.CIDR)
		}
	}
	return room
}

var everything = map[cidr.Family]netip.Prefix{cidr.V4: netip.MustParsePrefix("0.0.0.0/0"), cidr.V6: netip.MustParsePrefix("::/0")}

func (w Window) takes(length int) bool { return w.Shortest <= length && length <= w.Longest }

// lengths returns the shortest and longest prefix length of a family that every limit accepts somewhere.
func lengths(limits []Limit, family cidr.Family) (shortest, longest int) {
	shortest, longest = 0, family.Bits()
	for _, l := range limits {
		if !l.binds(family) {
			continue
		}
		low, high := family.Bits(), 0
		for _, w := range l.Windows {
			if cidr.FamilyOf(w.CIDR) == family {
				low, high = min(low, w.Shortest), max(high, w.Longest)
			}
		}
		shortest, longest = max(shortest, low), min(longest, high)
	}
	return shortest, longest
}
