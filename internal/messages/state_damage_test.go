package messages

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestMessageOnADamagedState(t *testing.T) {
	at := pathOf("allocations")
	masks := func(count int) []topology.Fault {
		var faults []topology.Fault
		for i := range count {
			faults = append(faults, topology.Fault{At: at.Key(fmt.Sprintf("c%02d", i)), Problem: MaskDamaged{Value: 33}})
		}
		return faults
	}
	for name, test := range map[string]struct {
		faults    []topology.Fault
		hasRecord bool
		parts     []string
	}{
		"a record": {masks(1), true, []string{
			`allocations["c00"]: 33 is no prefix length.`, "contains a record of all ranges", "extract the record",
		}},
		"no record":             {masks(1), false, []string{"!record"}},
		"one fault twice":       {append(masks(1), masks(1)...), false, []string{"  - allocations[\"c00\"]: 33 is no prefix length.\n\n"}},
		"as many as are listed": {masks(maxDamages), false, []string{`"c19"`, "!more"}},
		"two more":              {masks(maxDamages + 2), false, []string{`"c19"`, "!c20", "\n  - and 2 more\n"}},
	} {
		wantParts(t, name, Writer{}.StateDamaged(at, test.faults, test.hasRecord).Detail, test.parts...)
	}
}

func TestWhatIsDamaged(t *testing.T) {
	held := &profile.Ranges{Pods: prefixes("10.0.0.0/24"), NodeMask: 26}
	at := pathOf(`allocations["shop"].usable`)
	for want, problem := range map[string]any{
		": fd00::/64 is not an IPv4 range.":                                    FamilyDamaged{Range: prefix("fd00::/64"), Want: cidr.V4},
		" has Pods 10.0.0.0/24, node_cidr_mask 26, and is not in the record":   DiffersFromRecord{InState: held},
		" is missing, and the record says Pods 10.0.0.0/24, node_cidr_mask 26": DiffersFromRecord{InRecord: held},
		" has Services 172.20.0.0/24, and the record says Pods 10.0.0.0/24, node_cidr_mask 26": DiffersFromRecord{
			InState: &profile.Ranges{Service: prefix("172.20.0.0/24")}, InRecord: held,
		},
		` is not set, and the profile of "shop" in the record is ack-flannel`: OutputMissing{Profile: "ack-flannel"},
		` has "a", and the ranges of the cluster say "b"`:                     OutputDiffers{Is: "a", Follows: "b"},
		": " + at.String() + " is required and not set.":                      topology.Missing{},
	} {
		if got := (Writer{}).damage(topology.Fault{At: at, Problem: problem}); got != at.String()+want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := (Writer{}).damage(topology.Fault{Problem: RecordDamaged{Err: errors.New("it ends")}}); got != "the record: it ends" {
		t.Errorf("got %s", got)
	}
}

func TestRangesOfAnEntryOfALock(t *testing.T) {
	unreadable := []netip.Prefix{prefix("10.0.0.0/24"), {}}
	for want, test := range map[string]struct {
		held   profile.Ranges
		blocks bool
	}{
		"Pods 10.0.0.0/24": {held: profile.Ranges{Pods: prefixes("10.0.0.0/24")}},
		"Pods 10.0.0.0/24, and ranges that cannot be read": {held: profile.Ranges{Pods: unreadable}},
		"ranges that cannot be read":                       {held: profile.Ranges{Pods: unreadable[1:]}},
		"Pods 10.0.0.0/24, pod_aggregate 10.0.0.0/20, node_cidr_mask 26": {
			held: profile.Ranges{Pods: prefixes("10.0.0.0/24"), Aggregate: prefix("10.0.0.0/20"), NodeMask: 26},
		},
		"IPv6 Pods fd00::/64, node_ipv6_cidr_mask 80": {held: profile.Ranges{PodIPv6: prefix("fd00::/64"), NodeIPv6Mask: 80}},
		"10.0.0.0/28": {held: profile.Ranges{Block: prefix("10.0.0.0/28")}, blocks: true},
		"ranges that cannot be read, node_cidr_mask 1": {held: profile.Ranges{NodeMask: 1}, blocks: true},
		"": {},
	} {
		if got := (Writer{OfBlocks: test.blocks}).rangesWithMasks(test.held); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
