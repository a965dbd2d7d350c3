package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// codes names what was broken, in its order.
func codes(broken []profile.BrokenRule) (names []string) {
	for _, r := range broken {
		names = append(names, r.Code)
	}
	return names
}

func texts(broken []profile.BrokenRule) (texts []string) {
	for _, r := range broken {
		texts = append(texts, r.Rule.Text)
	}
	return texts
}

// Each rule for blocks has here a block that breaks it and the next one that does not.
func TestCheckBlockAtTheBoundaries(t *testing.T) {
	const forbidden, length, outside = "vpc_forbidden", "vpc_prefix_out_of_range", "vpc_out_of_allowed_range"
	const further = "vpc_secondary_"
	tests := map[string]struct {
		block   string
		primary bool
		want    []string
	}{
		"the first block, of the shortest length":              {"10.0.0.0/16", true, nil},
		"the first block, shorter":                             {"10.0.0.0/15", true, []string{length}},
		"the first block, of the longest length":               {"10.0.0.0/24", true, nil},
		"the first block, longer":                              {"10.0.0.0/25", true, []string{length}},
		"the last first block before the reserved one":         {"10.127.0.0/16", true, nil},
		"the reserved block as the first block":                {"10.128.0.0/16", true, []string{forbidden}},
		"a part of the reserved block as the first block":      {"10.128.255.0/24", true, []string{forbidden}},
		"the first block after the reserved one":               {"10.129.0.0/16", true, nil},
		"the reserved block as a further block":                {"10.128.0.0/16", false, nil},
		"a block around the reserved block breaks two rules":   {"10.128.0.0/15", true, []string{forbidden, length}},
		"the first block where only further ones may be":       {"172.16.0.0/16", true, []string{outside}},
		"what is neither breaks the rule of the first and all": {"192.168.0.0/16", true, []string{outside, outside}},
		"what is neither breaks the rule of further and all": {
			"192.168.0.0/16",
			false,
			[]string{outside, further + "out_of_allowed_range"},
		},
		"a further block, of the longest length": {"10.0.0.0/27", false, nil},
		"a further block, longer":                {"10.0.0.0/28", false, []string{further + "prefix_out_of_range"}},
		"longer than any block":                  {"10.0.0.0/29", false, []string{length, further + "prefix_out_of_range"}},
		"a further block as large as any":        {"10.0.0.0/8", false, []string{forbidden}},
		"shorter than any":                       {"8.0.0.0/7", false, []string{outside, further + "out_of_allowed_range"}},
		"shorter than any, around": {
			"10.0.0.0/7",
			false,
			[]string{forbidden, length, further + "prefix_out_of_range"},
		},
		"before the platform's range":                         {"10.254.0.0/16", false, nil},
		"the platform's range":                                {"10.255.0.0/16", false, []string{forbidden}},
		"the platform's range as the first block":             {"10.255.0.0/16", true, []string{forbidden}},
		"a part of a cold range":                              {"172.16.0.0/13", false, []string{further + "forbidden"}},
		"the last part of a cold range":                       {"172.31.255.224/27", false, []string{further + "forbidden"}},
		"the cold range as a whole breaks one rule, not both": {"172.16.0.0/12", false, []string{further + "forbidden"}},
		"around the cold range only its parts are spoken of": {
			"172.0.0.0/11",
			false,
			[]string{length, further + "forbidden", further + "prefix_out_of_range"},
		},
		"beside the cold range": {
			"172.32.0.0/16",
			false,
			[]string{outside, further + "out_of_allowed_range"},
		},
		"what no network can use": {
			"127.0.0.0/16",
			false,
			[]string{forbidden, outside, further + "out_of_allowed_range"},
		},
		"nor as the first block":                                 {"240.0.0.0/16", true, []string{forbidden, outside, outside}},
		"the cold range as the first block breaks other rules":   {"172.16.0.0/12", true, []string{outside}},
		"the first block is not held to the rules of the others": {"10.0.0.0/20", true, nil},
	}
	vpc := load(t, fictitiousManyFiles(t)).Platform("fictitious-many").Networks.VPC
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := codes(vpc.CheckBlock(netip.MustParsePrefix(test.block).Masked(), test.primary)); !slices.Equal(got, test.want) {
				t.Errorf("CheckBlock(%s, %v): got %v, want %v", test.block, test.primary, got, test.want)
			}
		})
	}
}

// A range that is forbidden as a whole hides what is said of its parts, and nothing else.
func TestAnExactHitHidesTheAdviceAboutParts(t *testing.T) {
	rule := func(cidr string, exact bool, text string) profile.Forbidden {
		return profile.Forbidden{CIDR: prefix(cidr), Exact: exact, Rule: profile.Rule{Level: profile.Error, Text: text}}
	}
	list := []profile.Forbidden{
		rule(
			"10.0.0.0/8", true, "whole",
		), rule("10.0.0.0/8", false, "parts"), rule("10.0.0.0/8", false, "advice"), rule(
			"10.0.0.0/16", false, "corner",
		), rule("10.0.0.0/8", true, "again"),
		rule("8.0.0.0/5", false, "around"),
	}
	tests := map[string]struct {
		block string
		want  []string
	}{
		"the whole":                {"10.0.0.0/8", []string{"whole", "around"}},
		"a part":                   {"10.128.0.0/9", []string{"parts", "advice", "around"}},
		"a part that is named too": {"10.0.0.0/16", []string{"parts", "advice", "corner", "around"}},
		"more than the whole":      {"10.0.0.0/7", []string{"parts", "advice", "corner", "around"}},
		"a neighbour":              {"11.0.0.0/8", []string{"around"}},
		"what nothing is said of":  {"16.0.0.0/8", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			vpc := profile.VPC{Secondary: profile.Blocked{Forbidden: list}}
			if got := texts(vpc.CheckBlock(netip.MustParsePrefix(test.block).Masked(), false)); !slices.Equal(got, test.want) {
				t.Errorf("a block: got %v, want %v", got, test.want)
			}
			p := profile.Profile{Forbidden: list}
			var got []string
			for _, f := range p.ForbiddenFor(netip.MustParsePrefix(test.block).Masked()) {
				got = append(got, f.Text)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("a range of a cluster: got %v, want %v", got, test.want)
			}
		})
	}
}

// A platform's rule for addresses that no network can use replaces the general
// word, and is said once.
func TestThePlatformsWordOnUnusableAddressesComesFirst(t *testing.T) {
	own := profile.Forbidden{CIDR: prefix("127.0.0.0/8"), Rule: profile.Rule{Level: profile.Error, Text: "its own word"}}
	vpc := profile.VPC{Forbidden: []profile.Forbidden{own}}
	for range 2 { // a check must not change the rules
		if got, want := texts(vpc.CheckBlock(prefix("127.0.0.0/16"), true)), []string{"its own word"}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := texts(vpc.CheckBlock(prefix("169.254.0.0/16"), false)); len(got) != 1 || got[0] == "its own word" {
		t.Errorf("of another range: got %v", got)
	}
	if got := texts(profile.VPC{}.CheckBlock(prefix("10.0.0.0/8"), false)); got != nil {
		t.Errorf("without rules a usable block breaks %v", got)
	}
}

func TestProtectionLevelsChangeHowAHubJoins(t *testing.T) {
	c := load(t, fictitiousManyFiles(t))
	gateway := c.Hub("gateway")
	if got, want := gateway.Levels(), []string{"FULL", "open", "strict"}; !slices.Equal(got, want) {
		t.Errorf("levels: got %v, want %v", got, want)
	}
	if got := (profile.Hub{}).Levels(); got != nil {
		t.Errorf("a hub without levels has %v", got)
	}
	for level, want := range map[string]profile.Joins{
		"strict": gateway.ProtectionLevels["strict"], "open": gateway.ProtectionLevels["open"], "FULL": gateway.Joins,
		"": gateway.Joins, "other": gateway.Joins,
	} {
		if got := gateway.At(level); got.Compares != want.Compares || got.Text != want.Text || got.Text == "" {
			t.Errorf("At(%q): got %+v, want %+v", level, got, want)
		}
	}
}

func TestForbidsTakesARangeWholeOrInPart(t *testing.T) {
	tests := map[string]struct {
		exact bool
		given string
		want  bool
	}{
		"a part":                         {false, "10.1.0.0/16", true},
		"the range":                      {false, "10.0.0.0/8", true},
		"what is around it":              {false, "0.0.0.0/0", true},
		"what is beside it":              {false, "11.0.0.0/8", false},
		"the other family":               {false, "::/0", false},
		"as a whole, a part":             {true, "10.0.0.0/9", false},
		"as a whole, the range":          {true, "10.0.0.0/8", true},
		"as a whole, what is around it":  {true, "0.0.0.0/0", false},
		"as a whole, what is beside it":  {true, "11.0.0.0/8", false},
		"as a whole, of another address": {true, "12.0.0.0/8", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := profile.Forbidden{CIDR: prefix("10.0.0.0/8"), Exact: test.exact}
			if got := f.Forbids(prefix(test.given)); got != test.want {
				t.Errorf("Forbids(%s): got %v, want %v", test.given, got, test.want)
			}
		})
	}
}

func TestSubnetsAreCheckedByTheirLimits(t *testing.T) {
	subnets := load(t, fictitiousManyFiles(t)).Platform("fictitious-many").Networks.Subnets
	tests := map[string]struct {
		subnet string
		want   []string
		usable int64
	}{
		"the largest":                  {"10.0.0.0/16", nil, 65531},
		"one larger":                   {"10.0.0.0/15", []string{"subnet_prefix_out_of_range"}, 131067},
		"the smallest":                 {"10.0.0.0/29", nil, 3},
		"one smaller":                  {"10.0.0.0/30", []string{"subnet_prefix_out_of_range"}, 0},
		"the last with an address":     {"10.0.0.0/24", nil, 251},
		"what is kept takes it all":    {"10.0.0.0/32", []string{"subnet_prefix_out_of_range"}, 0},
		"everything less what is kept": {"0.0.0.0/0", []string{"subnet_prefix_out_of_range"}, 1<<32 - 5},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := codes(subnets.Check(prefix(test.subnet))); !slices.Equal(got, test.want) {
				t.Errorf("Check(%s): got %v, want %v", test.subnet, got, test.want)
			}
			if got := subnets.Usable(prefix(test.subnet)); got != test.usable {
				t.Errorf("Usable(%s): got %d, want %d", test.subnet, got, test.usable)
			}
		})
	}
	private := profile.VPCSubnets{
		Limits: []profile.Limit{{Windows: []profile.Window{{CIDR: prefix("10.0.0.0/8"), Shortest: 8, Longest: 32}}}},
	}
	if got, want := codes(private.Check(prefix("11.0.0.0/24"))), []string{"subnet_out_of_allowed_range"}; !slices.Equal(got, want) {
		t.Errorf("outside of the windows: got %v, want %v", got, want)
	}
	if got := private.Usable(prefix("10.0.0.0/24")); got != 256 {
		t.Errorf("where nothing is kept 256 are usable, got %d", got)
	}
}

func TestRoutesAreCheckedAgainstThePlatformAndEachSubnet(t *testing.T) {
	both := load(t, fictitiousManyFiles(t)).Platform("fictitious-many").Networks.Routes
	in, over := both, both
	in.OverSubnet, over.InSubnet = profile.Rule{}, profile.Rule{}
	const inside, around = "route_in_subnet", "route_over_subnet"
	tests := map[string]struct {
		routes      profile.Routes
		destination string
		subnet      string
		want        []string
	}{
		"to the platform's range":                 {both, "100.64.0.0/10", "", []string{"route_forbidden"}},
		"to an address of it":                     {both, "100.127.255.255/32", "", []string{"route_forbidden"}},
		"around the forbiddenRange":               {both, "100.0.0.0/8", "", []string{"route_forbidden"}},
		"beside the forbiddenRange":               {both, "100.128.0.0/10", "", nil},
		"against a subnet only the subnet counts": {both, "100.64.0.0/10", "10.0.1.0/24", nil},
		"a subnet itself":                         {both, "10.0.1.0/24", "10.0.1.0/24", []string{around, inside}},
		"a part of it":                            {both, "10.0.1.128/25", "10.0.1.0/24", []string{around, inside}},
		"more than it":                            {both, "10.0.0.0/23", "10.0.1.0/24", []string{around}},
		"beside it":                               {both, "10.0.2.0/24", "10.0.1.0/24", nil},
		"a part of what is beside it":             {both, "10.0.2.0/25", "10.0.1.0/24", nil},
		"in a subnet, by that rule alone":         {in, "10.0.1.0/24", "10.0.1.0/24", []string{inside}},
		"over a subnet, by the rule for inside":   {in, "10.0.0.0/23", "10.0.1.0/24", nil},
		"in a subnet, by the rule for over":       {over, "10.0.1.0/25", "10.0.1.0/24", []string{around}},
		"by no rule":                              {profile.Routes{}, "10.0.1.0/25", "10.0.1.0/24", nil},
		"by no rule and no subnet":                {profile.Routes{}, "100.64.0.0/10", "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var subnet netip.Prefix
			if test.subnet != "" {
				subnet = prefix(test.subnet)
			}
			got := test.routes.Check(prefix(test.destination), subnet)
			if !slices.Equal(codes(got), test.want) {
				t.Errorf("Check(%s, %s): got %v, want %v", test.destination, test.subnet, codes(got), test.want)
			}
			for _, refusal := range got {
				if !refusal.Rule.Broken() || refusal.Rule.Text == "" {
					t.Errorf("%s has the rule %+v", refusal.Code, refusal.Rule)
				}
			}
		})
	}
}
