package manifests

import "testing"

// The block of Calico is the node mask where Calico accepts it, and otherwise the nearest one that fits the pool.
func TestBlocksOfCalico(t *testing.T) {
	for _, c := range []struct {
		name       string
		v4, v6     string
		m4, m6     int
		want4, ip6 int
	}{
		{"a node mask that Calico accepts", "10.64.0.0/18", "", 25, 0, 25, 0},
		{"a node mask that is too short", "10.64.0.0/12", "", 18, 0, 20, 0},
		{"no node mask", "10.64.0.0/18", "", 0, 0, 26, 0},
		{"no node mask, and a small pool", "10.64.0.0/28", "", 0, 0, 28, 0},
		{"an IPv6 node mask that Calico accepts", "", "fd00::/112", 0, 120, 0, 120},
		{"the shortest IPv6 block", "", "fd00::/108", 0, 116, 0, 116},
		{"an IPv6 node mask that is too short, alone", "", "fd00::/56", 0, 64, 0, 122},
		{"an IPv6 node mask that is too short, beside IPv4", "10.64.0.0/18", "fd00::/56", 25, 64, 25, 121},
		{"the largest blocks", "10.64.0.0/12", "fd00::/56", 17, 64, 20, 116},
		{"an IPv6 pool that is smaller than the block", "10.64.0.0/12", "fd00::/124", 20, 0, 20, 124},
	} {
		a := Allocation{}
		if c.v4 != "" {
			a.IPv4 = Family{Pods: prefixes(c.v4), NodeMask: c.m4}
			if got := calicoBlock(a, a.IPv4.Pods[0]); got != c.want4 {
				t.Errorf("%s: IPv4 blocks of /%d, want /%d", c.name, got, c.want4)
			}
		}
		if c.v6 != "" {
			a.IPv6 = Family{Pods: prefixes(c.v6), NodeMask: c.m6}
			if got := calicoBlock(a, a.IPv6.Pods[0]); got != c.ip6 {
				t.Errorf("%s: IPv6 blocks of /%d, want /%d", c.name, got, c.ip6)
			}
		}
	}
}

// The operator and the pools as objects of their own are the same pools.
func TestPoolsOfTheInstallationAndOfTheirOwnAgree(t *testing.T) {
	a := withPods(dualStack, "10.80.0.0/18")
	for _, o := range []Options{{}, {Routed: true}} {
		installation := parsed(t, written(t, "calico", a, o))[0]
		pools, _ := at(installation, "spec|calicoNetwork|ipPools").([]any)
		own := parsed(t, written(t, "calico-ippools", a, o))
		if len(pools) != 3 || len(own) != 3 {
			t.Fatalf("%d pools and %d of their own", len(pools), len(own))
		}
		for i, pool := range pools {
			for _, pair := range [][2]any{
				{at(pool, "name"), at(own[i], "metadata|name")}, {at(pool, "blockSize"), at(own[i], "spec|blockSize")},
				{at(pool, "natOutgoing") == "Enabled", at(own[i], "spec|natOutgoing")},
				{at(pool, "encapsulation") == "VXLAN", at(own[i], "spec|vxlanMode") == "Always"},
				{at(pool, "natOutgoing") == "Disabled", o.Routed}, {at(pool, "encapsulation") == "None", o.Routed},
			} {
				if pair[0] != pair[1] {
					t.Errorf("pool %d: %v and %v", i, pair[0], pair[1])
				}
			}
		}
		for i, want := range []string{"default-ipv4-ippool", "default-ipv4-ippool-2", "default-ipv6-ippool"} {
			if name := at(own[i], "metadata|name"); name != want {
				t.Errorf("pool %d is %v, want %s", i, name, want)
			}
		}
	}
}
