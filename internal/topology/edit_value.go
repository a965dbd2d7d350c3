package topology

import "net/netip"

// The types of values of edits, beside those that a configuration has.
type (
	// AtMost is the largest number that a value may have.
	AtMost int64
	// AtLeast is the smallest one.
	AtLeast int64
	// OneOf are values of which one is chosen.
	OneOf []string
	// FirstOf are values of which any resolves the problem, the best one first.
	FirstOf []string
	// BackTo is the value that an argument had at the last apply, and the one that it has now.
	BackTo struct{ Was, Now any }
	// RangeOf is any free range of a prefix length or a shorter one.
	RangeOf struct {
		Family string
		Length int
	}
	// PartInUse is the part of a range that is in use, which has no address of some other ranges.
	PartInUse struct{ Without []netip.Prefix }
	// OutsideOf are ranges that share no addresses with some other ones. Which ones is not known here.
	OutsideOf []netip.Prefix
	// Entry is an element of a map of objects that has one attribute.
	Entry struct{ Attr, Value string }
	// Result is an attribute of a resource, or a part of it; with an empty path it is the resource.
	Result struct {
		Of Origin
		At Path
	}
	// ClaimsOf are the claims of an allocator or of blocks.
	ClaimsOf Origin
)
