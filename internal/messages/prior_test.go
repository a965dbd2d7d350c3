package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestRangesThatAreHeld(t *testing.T) {
	for want, held := range map[string]profile.Ranges{
		"":                                      {},
		"Pods 10.0.0.0/24, 10.0.2.0/24":         {Pods: prefixes("10.0.0.0/24", "10.0.2.0/24")},
		"Services 172.20.0.0/24":                {Service: prefix("172.20.0.0/24")},
		"Pods 10.0.0.0/24, IPv6 Pods fd00::/56": {Pods: prefixes("10.0.0.0/24"), PodIPv6: prefix("fd00::/56")},
		"IPv6 Services fd00::/112":              {ServiceIPv6: prefix("fd00::/112")},
		// Such as those that no supernet contains any more.
		"Services 172.21.0.0/24, IPv6 Pods fd00::/56, IPv6 Services fd00::/112": {Further: profile.Further{
			Services: prefixes("172.21.0.0/24"), PodsIPv6: prefixes("fd00::/56"), ServicesIPv6: prefixes("fd00::/112"),
		}},
	} {
		if got := holding(held); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestClustersAndBlocksThatMove(t *testing.T) {
	was, now := profile.Ranges{Pods: prefixes("10.0.0.0/24")}, profile.Ranges{Pods: prefixes("10.0.1.0/24")}
	p := Writer{Catalog: profile.Default()}
	wantParts(t, "new ranges", p.movedTo(allocate.Moved{Cluster: "shop", Was: was, Now: now}),
		`Cluster "shop" is allocated other ranges`, "  before: Pods 10.0.0.0/24\n  now:    Pods 10.0.1.0/24\n", "!Everything in the block")
	wantParts(t, "new ranges that are not known", p.movedTo(allocate.Moved{Cluster: "shop", Was: was}), "now:    (known after apply)\n")
	p.OfBlocks = true
	wantParts(t, "a block", p.movedTo(allocate.Moved{Cluster: "lb", Was: profile.Ranges{Block: prefix("10.0.0.0/24")}}),
		`Block "lb" is allocated`, "before: 10.0.0.0/24\n", "Everything in the block has to move as well.")
}

func TestRangesThatMustNotBeReleased(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("10.0.0.0/24")}
	for renumbered, want := range map[bool]string{
		false: `Cluster "shop" is no longer declared, which would release its ranges: Pods 10.0.0.0/24.`,
		true:  `Cluster "shop" is to be renumbered, which would release`,
	} {
		got := Writer{}.releasePrevented(allocate.ReleasePrevented{Cluster: "shop", Held: held, Renumbered: renumbered})
		wantParts(t, "released", got, want)
	}
}

func TestNamesWithReleasedRanges(t *testing.T) {
	for want, names := range map[string][]string{"none": nil, "a": {"a"}, "a, b": {"b", "a"}} {
		if got := nonEmptyList(names); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
