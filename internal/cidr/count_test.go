package cidr

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func TestCountAndBlocks(t *testing.T) {
	tests := map[string]struct {
		prefix string
		bits   int
		count  string // addresses
		blocks string // sub-prefixes of length bits
	}{
		"nodes of an IPv4 range":      {"172.20.0.0/16", 26, "65536", "1024"},
		"the block itself":            {"172.20.0.0/16", 16, "65536", "1"},
		"a shorter length holds none": {"172.20.0.0/16", 15, "65536", "0"},
		"longer than an address":      {"172.20.0.0/16", 33, "65536", "0"},
		"a negative length":           {"0.0.0.0/0", -1, "4294967296", "0"},
		"all of IPv4":                 {"0.0.0.0/0", 32, "4294967296", "4294967296"},
		"a single address":            {"10.0.0.1/32", 32, "1", "1"},
		"64 bits":                     {"2001:db8::/64", 128, "18446744073709551616", "18446744073709551616"},
		"68 new bits":                 {"2001:db8::/32", 100, "79228162514264337593543950336", "295147905179352825856"},
		"all of IPv6": {
			"::/0",
			128,
			"340282366920938463463374607431768211456",
			"340282366920938463463374607431768211456",
		},
		"host bits change nothing":         {"172.20.9.9/16", 26, "65536", "1024"},
		"the invalid prefix holds nothing": {"", 0, "0", "0"},
		"nor with its own length":          {"", -1, "0", "0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantNumber(t, "Count", Count(prefix(test.prefix)), number(test.count))
			wantNumber(t, "Blocks", Blocks(prefix(test.prefix), test.bits), number(test.blocks))
		})
	}
}

func TestCountAgreesWithTheOracle(t *testing.T) {
	everywhere(t, 6, func(t *testing.T, u oracle.Universe) {
		for _, p := range u.Prefixes() {
			wantNumber(t, fmt.Sprintf("Count(%v)", p), Count(p), u.Addresses(u.Mark(p)))
			for bits := u.Block.Bits(); bits <= u.Unit; bits++ {
				want := int64(len(inOrder(u, p, bits)))
				wantNumber(t, fmt.Sprintf("Blocks(%v, %d)", p, bits), Blocks(p, bits), big.NewInt(want))
			}
		}
	})
}

func TestBitsIsTheSmallestThatNumbersAll(t *testing.T) {
	tests := map[uint64]int{
		0: 0, 1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 100: 7, 128: 7, 129: 8, 1 << 63: 63, 1<<63 + 1: 64, 1<<64 - 1: 64,
	}
	for n, want := range tests {
		if got := Bits(n); got != want {
			t.Errorf("Bits(%d): got %d, want %d", n, got, want)
		}
	}
	for n := range uint64(5000) {
		k := 0
		for power := uint64(1); power < n; power *= 2 {
			k++
		}
		if got := Bits(n); got != k {
			t.Errorf("Bits(%d): got %d, want %d", n, got, k)
		}
	}
}

func TestLongestFor(t *testing.T) {
	tests := map[string]struct {
		addrs  uint64
		family Family
		want   int
	}{
		"none still needs a single address": {0, V4, 32},
		"one":                               {1, V4, 32},
		"1,000 Services":                    {1000, V4, 22},
		"exactly a /22":                     {1024, V4, 22},
		"one more than a /22":               {1025, V4, 21},
		"all of IPv4":                       {1 << 32, V4, 0},
		"more than IPv4 has":                {1<<32 + 1, V4, -1},
		"far more than IPv4 has":            {1<<64 - 1, V4, -1},
		"1,000 Services in IPv6":            {1000, V6, 118},
		"as much as a number holds":         {1<<64 - 1, V6, 64},
		"no family has no addresses":        {1, 0, -1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := LongestFor(test.addrs, test.family); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
