package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestNetworkSignatureDescribesWhatJoinsANetwork(t *testing.T) {
	s := newSnapshot(profile.Default())
	add := func(w network) *network {
		w.id = w.name
		s.networks[w.name] = append(s.networks[w.name], &w)
		return &w
	}
	a := add(network{name: "a", hubs: []string{"cen", "tr", "cen"}, platform: "alicloud"})
	add(network{name: "b", hubs: []string{"tr", "cen"}, platform: "alicloud"})
	add(network{name: "site", hubs: []string{"tr", "cen"}, platform: "alicloud", site: true})
	add(network{name: "subnets", hubs: []string{"tr", "cen"}, platform: "alicloud", subnetted: true})
	add(network{name: "vrf", hubs: []string{"tr", "cen"}, platform: "alicloud", vrf: "blue"})
	add(network{name: "other", hubs: []string{"tr", "cen"}, platform: "huaweicloud"})
	alone := add(network{name: "alone"})
	add(network{name: "peers", peers: []string{"pal"}})
	pal := add(network{name: "pal"})
	s.peered["pal"] = true
	first := add(network{name: "twice"})
	add(network{name: "twice"})
	tests := map[string]struct {
		network  string
		home     *network
		byItself bool
		want     string
		separate bool
	}{
		"a VPC on two hubs":                     {"a", nil, false, `["cen" "tr"] "" "alicloud" false false`, false},
		"another VPC on the same hubs":          {"b", nil, false, `["cen" "tr"] "" "alicloud" false false`, false},
		"a site":                                {"site", nil, false, `["cen" "tr"] "" "alicloud" true false`, false},
		"a VPC with subnets":                    {"subnets", nil, false, `["cen" "tr"] "" "alicloud" false true`, false},
		"a VPC in a VRF":                        {"vrf", nil, false, `["cen" "tr"] "blue" "alicloud" false false`, false},
		"a VPC of another platform":             {"other", nil, false, `["cen" "tr"] "" "huaweicloud" false false`, false},
		"a VPC that nothing joins":              {"alone", nil, false, `[] "" "" false false`, true},
		"a VPC with peers":                      {"peers", nil, false, "only peers", false},
		"a VPC that is a peer":                  {"pal", nil, false, "only pal", false},
		"a VPC that is a peer, by the fact":     {"pal", pal, false, "only pal", false},
		"one of two VPCs of a name":             {"twice", first, false, "only twice", false},
		"a name of two VPCs":                    {"twice", nil, false, "undeclared", false},
		"a VPC by itself":                       {"a", nil, true, "only a", false},
		"a VPC that nothing joins, by itself":   {"alone", alone, true, "only alone", false},
		"a network that is not declared":        {"nowhere", nil, false, "undeclared", false},
		"no network":                            {"", nil, false, "none", false},
		"no network, with the home of the fact": {"", a, false, `["cen" "tr"] "" "alicloud" false false`, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, separate := s.networkSignature(&fact{claim: Claim{Network: test.network}, home: test.home}, test.byItself)
			if text != test.want || separate != test.separate {
				t.Errorf("got %q, %t; want %q, %t", text, separate, test.want, test.separate)
			}
		})
	}
}

// Released ranges and those of existing are compared with all networks that their planner knows, now or before.
func TestRangesOutOfUse(t *testing.T) {
	used, released, existing := Claim{Kind: Pod, Owner: "a"}, Claim{Kind: Released, Owner: "a"}, Claim{Kind: Existing, Owner: "a"}
	for name, test := range map[string]struct {
		now  Claim
		was  *Claim
		want bool
	}{
		"a range in use":                   {used, nil, false},
		"a range that was in use":          {used, &used, false},
		"a released range":                 {released, nil, true},
		"a range that existing names":      {existing, nil, true},
		"a range that was released before": {used, &released, true},
		"a range that existing named":      {used, &existing, true},
		"a reserved range":                 {Claim{Kind: Reserved, Owner: "a"}, nil, false},
	} {
		n := NewConfigCheck(profile.Default())
		f := &fact{claim: test.now, key: factKey{ID: ID{Owner: "a"}}}
		if test.was != nil {
			n.before.facts[f.key] = &fact{claim: *test.was}
		}
		if got := n.outOfUse(f); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
