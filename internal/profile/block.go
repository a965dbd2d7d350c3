package profile

import "net/netip"

// BlockAddresses says which addresses a block can have. No platform has rules for blocks, but no network can use some addresses.
type BlockAddresses struct {
	// ClassE says that the block can be in 240.0.0.0/4.
	ClassE bool
}

// BlockAddresses are those of blocks of a platform. No source says that subnets of a platform other than the generic one can be in
// 240.0.0.0/4, so that the argument AllowClassE does not allow it there.
func (c *Catalog) BlockAddresses(platform string) BlockAddresses {
	return BlockAddresses{ClassE: c.classE && platform == Generic}
}

// ForbiddenFor returns the ranges that no network can use, of those that overlap prefix.
func (a BlockAddresses) ForbiddenFor(prefix netip.Prefix) []Forbidden {
	return unusableBeside(prefix, a.ClassE, nil)
}
