package clouds

import "testing"

func TestRangesAsCloudsReturnThem(t *testing.T) {
	for text, want := range map[string]string{
		"10.0.0.0/16": "10.0.0.0/16", "10.0.0.5/16": "10.0.0.0/16", "10.0.0.5": "10.0.0.5/32", "2408::1/56": "2408::/56",
		"2408::1": "2408::1/128", "FD00::/8": "fd00::/8",
		"pl-123": "", "10.0.0.0/33": "", "10.0.0": "", "true": "", "5": "", "::ffff:10.0.0.0/104": "", "::ffff:10.0.0.1": "",
		"fe80::1%eth0": "",
	} {
		if got, ok := canonical(text); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %t", text, got, ok)
		}
	}
}

// What is no range at all is a fault at its place, without its text.
func TestATextThatIsNoRangeIsAFault(t *testing.T) {
	o, faults := read(t, "huaweicloud_vpc", m{"cidr": "10.0.0.0/16", "secondary_cidrs": []any{"secret", "10.1.0.0/16,x"}})
	if len(o.CIDRs.Value) != 2 || len(faults) != 2 {
		t.Fatalf("got %v, %v", o.CIDRs, faults)
	}
	for i, at := range []string{"it.secondary_cidrs[0]", "it.secondary_cidrs[1]"} {
		if faults[i].At.String() != at || faults[i].Problem != (NotARange{}) {
			t.Errorf("got %v, want %s", faults[i], at)
		}
	}
}

// The destination of a route may be a prefix list.
func TestTheDestinationOfARouteThatIsNoRange(t *testing.T) {
	for destination, want := range map[string]ObjectRoute{
		"pl-123":     {Destination: known(""), NotARange: true},
		"10.9.0.1/8": {Destination: known("10.0.0.0/8")}, "": {Destination: known("")},
	} {
		entry := m{"route_table_id": "t", "destination_cidrblock": destination, "nexthop_type": "NatGateway"}
		o, faults := read(t, "alicloud_route_entry", entry)
		got := o.Routes.Value[0]
		if len(faults) > 0 || got.Destination != want.Destination || got.NotARange != want.NotARange {
			t.Errorf("%s: got %+v, %v", destination, got, faults)
		}
	}
}
