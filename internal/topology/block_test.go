package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestRequestedFamilyOfABlock(t *testing.T) {
	tests := map[string]struct {
		block topology.Block
		want  cidr.Family
	}{
		"nothing decides":                       {topology.Block{}, 0},
		"a number of addresses decides nothing": {topology.Block{Addresses: 500}, 0},
		"an IPv4 range":                         {topology.Block{CIDR: prefix("10.0.0.0/16")}, cidr.V4},
		"an IPv6 range":                         {topology.Block{CIDR: prefix("fd00::/48")}, cidr.V6},
		"a range comes before ip_family":        {topology.Block{CIDR: prefix("fd00::/48"), Family: "ipv4"}, cidr.V6},
		"ip_family is ipv4":                     {topology.Block{Family: "ipv4"}, cidr.V4},
		"ip_family is ipv6":                     {topology.Block{Family: "ipv6"}, cidr.V6},
		"ip_family comes before the length":     {topology.Block{Family: "ipv4", PrefixLength: 64}, cidr.V4},
		"a length that both families have":      {topology.Block{PrefixLength: 32}, 0},
		"a length that only IPv6 has":           {topology.Block{PrefixLength: 33}, cidr.V6},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.block.RequestedFamily(); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestCheckBlock(t *testing.T) {
	type block = topology.Block
	sizeGiven := func(argument, value string) topology.SizeGiven {
		return topology.SizeGiven{Argument: argument, Value: value}
	}
	tests := map[string]struct {
		block block
		want  []found
	}{
		"nothing is given":         {block{}, nil},
		"the platform of a subnet": {block{Platform: "aws", Addresses: 100}, nil},
		"a platform that does not exist": {
			block{Platform: "other"},
			one("it.platform", notOneOf("other", profile.Default().Platforms())),
		},
		"a family that does not exist": {block{Family: "ipv5"}, one("it.ip_family", notOneOf("ipv5", topology.Families))},
		"the shortest prefix length":   {block{PrefixLength: 1}, nil},
		"a negative prefix length": {
			block{PrefixLength: -1},
			one("it.prefix_length", topology.OutOfRange{Value: -1, Min: 1, Max: 128}),
		},
		"the longest prefix length of IPv4": {block{PrefixLength: 32, Family: "ipv4"}, nil},
		"a longer one than IPv4 has": {
			block{PrefixLength: 33, Family: "ipv4"},
			one("it.prefix_length", topology.OutOfRange{Value: 33, Min: 1, Max: 32}),
		},
		"the longest prefix length of IPv6": {block{PrefixLength: 128, Family: "ipv6"}, nil},
		"a longer one than IPv6 has": {
			block{PrefixLength: 129},
			one("it.prefix_length", topology.OutOfRange{Value: 129, Min: 1, Max: 128}),
		},
		"a single address":               {block{Addresses: 1}, nil},
		"a negative number of addresses": {block{Addresses: -1}, one("it.addresses", topology.OutOfRange{Value: -1, Min: 1})},
		"a range and its family":         {block{CIDR: prefix("10.0.0.0/16"), Family: "ipv4"}, nil},
		"a range, and no family":         {block{CIDR: prefix("10.0.0.0/16")}, nil},
		"a family, and no range":         {block{Family: "ipv6"}, nil},
		"a length and a number of addresses": {
			block{PrefixLength: 24, Addresses: 9},
			one("it.addresses", topology.NotAccepted{Value: "9", Reason: sizeGiven("prefix_length", "24")}),
		},
		"a range and a length": {
			block{PrefixLength: 24, CIDR: prefix("10.0.0.0/16")},
			one("it.cidr", topology.NotAccepted{Value: "10.0.0.0/16", Reason: sizeGiven("prefix_length", "24")}),
		},
		"a range and a number of addresses": {
			block{Addresses: 9, CIDR: prefix("10.0.0.0/16")},
			one("it.cidr", topology.NotAccepted{Value: "10.0.0.0/16", Reason: sizeGiven("addresses", "9")}),
		},
		"a range of another family than said": {
			block{CIDR: prefix("10.0.0.0/16"), Family: "ipv6"},
			one(
				"it.ip_family",
				topology.Contradicting{
					Value: "ipv6",
					Other: topology.ArgumentValue{Argument: "cidr", Value: prefix("10.0.0.0/16")},
					Gives: "ipv4",
				},
			),
		},
		"all three sizes": {block{PrefixLength: 24, Addresses: 9, CIDR: prefix("10.0.0.0/16")}, []found{
			{at: "it.addresses", problem: topology.NotAccepted{Value: "9", Reason: sizeGiven("prefix_length", "24")}},
			{at: "it.cidr", problem: topology.NotAccepted{Value: "10.0.0.0/16", Reason: sizeGiven("prefix_length", "24")}},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFaults(t, topology.CheckBlock(here, test.block, profile.Default()), test.want)
		})
	}
	named := topology.Block{PreviousNames: []string{"old", "old"}}
	wantFaults(t, topology.CheckBlock(here, named, profile.Default()), one("it.previous_names[1]", topology.Repeated{Value: "old"}))
}

func TestOptionsOfBlocks(t *testing.T) {
	tests := map[string]struct {
		block topology.Block
		want  []string
	}{
		"two sizes": {
			topology.Block{PrefixLength: 24, Addresses: 9},
			[]string{"remove it.addresses", "remove it.prefix_length"},
		},
		"a range of another family": {
			topology.Block{CIDR: prefix("fd00::/48"), Family: "ipv4"},
			[]string{"remove it.ip_family", "set it.ip_family = ipv6"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			faults := topology.CheckBlock(here, test.block, profile.Default())
			wantOptions(t, faults, test.want)
		})
	}
}

// Blocks are checked at their own place, and their key is their name.
func TestBlocksAreCheckedByKey(t *testing.T) {
	check := func(key string, b topology.Block, unknown ...string) []topology.Fault {
		b.Unknown = unknown
		return topology.Check(topology.Facts{Blocks: map[string]topology.Block{key: b}}, profile.Default())
	}
	wantFaults(t, check("lb", topology.Block{}), nil)
	wantFaults(t, check("lb", topology.Block{Addresses: -1}), one(`blocks["lb"].addresses`, topology.OutOfRange{Value: -1, Min: 1}))
	wantFaults(t, check("lb", topology.Block{Addresses: -1}, topology.Everything), nil)
	wantFaults(t, check("l b", topology.Block{}), one(`blocks["l b"]`, topology.BadName{Name: "l b", Bad: " ", Position: 2}))
	wantFaults(t, check("", topology.Block{}), one(`blocks[""]`, topology.Empty{Reason: topology.NameNeeded{}}))
}
