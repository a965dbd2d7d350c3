package cidr

import (
	"testing"

	"go4.org/netipx"
)

// netipx cannot be made to break its promises, so its answers are made up here.
func TestBrokenPostConditionsPanicNamingTheOperation(t *testing.T) {
	set := func(texts ...string) Set { return NewSet(prefixes(texts...)...) }
	tests := map[string]struct {
		check func()
		want  string
	}{
		"the builder collected an error": {
			func() {
				var b netipx.IPSetBuilder
				b.AddPrefix(prefix(""))
				built("Union", &b)
			},
			"cidr: netipx broke its promise in Union: the builder was given an invalid prefix or range"},
		"an invalid block": {
			func() { mustBeBlocks("Minus", prefixes("10.0.0.0/8", "")) },
			"cidr: netipx broke its promise in Minus: block 1 is invalid Prefix, which is not a canonical prefix"},
		"host bits": {
			func() { mustBeBlocks("Minus", prefixes("10.0.0.1/8")) },
			"cidr: netipx broke its promise in Minus: block 0 is 10.0.0.1/8, which is not a canonical prefix"},
		"blocks out of order": {
			func() { mustBeBlocks("Minus", prefixes("11.0.0.0/8", "10.0.0.0/8")) },
			"cidr: netipx broke its promise in Minus: 10.0.0.0/8 comes after 11.0.0.0/8"},
		"families out of order": {
			func() { mustBeBlocks("Minus", prefixes("::/0", "10.0.0.0/8")) },
			"cidr: netipx broke its promise in Minus: 10.0.0.0/8 comes after ::/0"},
		"blocks that overlap": {
			func() { mustBeBlocks("Minus", prefixes("10.0.0.0/8", "10.255.255.255/32")) },
			"cidr: netipx broke its promise in Minus: 10.255.255.255/32 comes after 10.0.0.0/8"},
		"a block twice": {
			func() { mustBeBlocks("Minus", prefixes("10.0.0.1/32", "10.0.0.1/32")) },
			"cidr: netipx broke its promise in Minus: 10.0.0.1/32 comes after 10.0.0.1/32"},
		"halves that should be one": {
			func() { mustBeBlocks("Union", prefixes("9.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9")) },
			"cidr: netipx broke its promise in Union: 10.0.0.0/9 and 10.128.0.0/9 are halves of one block"},
		"an address lost": {
			func() { mustHold("Union", set("10.0.0.0/9"), prefixes("10.0.0.0/10", "10.0.0.0/8")) },
			"cidr: netipx broke its promise in Union: 10.0.0.0/8 is not wholly in the larger set"},
		"an address not taken away": {
			func() { mustAvoid("Minus", set("10.0.0.7/32"), prefixes("9.0.0.0/8", "10.0.0.0/8")) },
			"cidr: netipx broke its promise in Minus: 10.0.0.0/8 is not wholly outside the set taken away"},
		"fewer than there should be": {
			func() {
				mustAddUp("Union", []blocks{prefixes("10.0.0.0/8")}, []blocks{prefixes("10.0.0.0/8", "11.0.0.0/32")})
			},
			"cidr: netipx broke its promise in Union: IPv4 addresses do not add up: 16777216 and 16777217"},
		"a family that nobody gave": {
			func() {
				mustAddUp("NewSet", []blocks{prefixes("10.0.0.0/8", "::/128")}, []blocks{prefixes("10.0.0.0/8")})
			},
			"cidr: netipx broke its promise in NewSet: IPv6 addresses do not add up: 1 and 0"},
		"as many, but of the other family": {
			func() {
				mustAddUp("Minus", []blocks{prefixes("10.0.0.0/8")}, []blocks{prefixes("::ffff:10.0.0.0/104")})
			},
			"cidr: netipx broke its promise in Minus: IPv4 addresses do not add up: 16777216 and 0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantPanic(t, test.want, test.check) })
	}
}

// A set whose ranges and blocks disagree stands for a netipx that computes with the ranges and
// comes out wrong: the blocks are what the operations are held to.
func TestEveryOperationIsHeldToItsPostConditions(t *testing.T) {
	all, lower := NewSet(prefix("10.0.0.0/8")), NewSet(prefix("10.0.0.0/9"))
	lying := func(ranges, blocks Set) Set { return Set{ranges.ips, blocks.blocks} }
	tests := map[string]struct {
		operation func()
		want      string
	}{
		"Union loses addresses of the left": {
			func() { lying(Set{}, all).Union(Set{}) },
			"Union: 10.0.0.0/8 is not wholly in the larger set"},
		"Union loses addresses of the right": {
			func() { Set{}.Union(lying(lower, all)) },
			"Union: 10.0.0.0/8 is not wholly in the larger set"},
		"Union invents addresses": {
			func() { lying(all, lower).Union(lower) },
			"Union: IPv4 addresses do not add up: 25165824 and 16777216"},
		"Minus invents addresses": {
			func() { lying(all, lower).Minus(Set{}) },
			"Minus: 10.0.0.0/8 is not wholly in the larger set"},
		"Minus leaves addresses that are taken": {
			func() { all.Minus(lying(Set{}, lower)) },
			"Minus: 10.0.0.0/8 is not wholly outside the set taken away"},
		"Minus loses addresses": {
			func() { all.Minus(lying(lower, Set{})) },
			"Minus: IPv4 addresses do not add up: 8388608 and 16777216"},
		"Intersect leaves the left": {
			func() { lying(all, lower).Intersect(all) },
			"Intersect: 10.0.0.0/8 is not wholly in the larger set"},
		"Intersect leaves the right": {
			func() { all.Intersect(lying(all, lower)) },
			"Intersect: 10.0.0.0/8 is not wholly in the larger set"},
		"Intersect loses addresses": {
			func() { lying(lower, all).Intersect(all) },
			"Intersect: IPv4 addresses do not add up: 8388608 and 16777216"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantPanic(t, "cidr: netipx broke its promise in "+test.want, test.operation)
		})
	}
}

func TestKeptPostConditionsPass(t *testing.T) {
	both := NewSet(prefixes("10.0.0.0/8", "::/128")...)
	mustBeBlocks("Minus", nil)
	mustBeBlocks("Minus", prefixes("0.0.0.0/0", "::/0"))
	mustBeBlocks("Minus", prefixes("10.0.0.1/32", "10.0.0.2/32", "10.0.0.4/30"))
	mustBeBlocks("Minus", prefixes("9.255.255.255/32", "10.0.0.0/8", "11.0.0.0/32", "::/0"))
	mustHold("Union", both, prefixes("10.0.0.0/8", "10.255.255.255/32", "::/128"))
	mustAvoid("Minus", both, prefixes("9.0.0.0/8", "11.0.0.0/8", "::1/128"))
	mustAddUp("Minus", nil, []blocks{nil})
	mustAddUp("Minus", []blocks{prefixes("10.0.0.0/9", "::/0"), prefixes("10.128.0.0/9")}, []blocks{prefixes("10.0.0.0/8", "::/0")})
}
