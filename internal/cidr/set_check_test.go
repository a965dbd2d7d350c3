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

func TestKeptPostConditionsPass(t *testing.T) {
	both := NewSet(prefixes("10.0.0.0/8", "::/128")...)
	mustBeBlocks("Minus", nil)
	mustBeBlocks("Minus", prefixes("9.255.255.255/32", "10.0.0.0/8", "11.0.0.0/32", "::/0"))
	mustHold("Union", both, prefixes("10.0.0.0/8", "10.255.255.255/32", "::/128"))
	mustAvoid("Minus", both, prefixes("9.0.0.0/8", "11.0.0.0/8", "::1/128"))
	mustAddUp("Minus", nil, []blocks{nil})
	mustAddUp("Minus", []blocks{prefixes("10.0.0.0/9", "::/0"), prefixes("10.128.0.0/9")}, []blocks{prefixes("10.0.0.0/8", "::/0")})
}
