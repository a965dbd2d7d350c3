package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// drawnVPCs are up to three VPCs with blocks, subnets and routes, many of which break rules of the fixture platform.
func drawnVPCs(rt *rapid.T) topology.Facts {
	ranges := rapid.SampledFrom(prefixes(
		"10.64.0.0/16", "10.64.0.0/14", "10.66.0.0/16", "16.0.0.0/7", "16.0.0.0/11", "16.1.0.0/24", "16.1.0.0/30", "172.16.0.0/16",
		"10.200.0.0/16", "10.200.7.0/24", "127.0.0.0/8", "32.0.0.0/16",
	))
	f := topology.Facts{VPCs: map[string]topology.VPC{}}
	for i := range rapid.IntRange(1, 3).Draw(rt, "VPCs") {
		v := topology.VPC{Platform: "fixture", Subnets: map[string]netip.Prefix{}, Routes: map[string]topology.Route{}}
		v.CIDRBlocks = rapid.SliceOfN(ranges, 1, 4).Draw(rt, "blocks")
		if rapid.Bool().Draw(rt, "peered") {
			v.Peers = []string{"partner"}
		}
		for _, part := range []string{"a", "b"} {
			if rapid.Bool().Draw(rt, "subnet") {
				v.Subnets[part] = ranges.Draw(rt, "subnet "+part)
			}
			if rapid.Bool().Draw(rt, "route") {
				v.Routes[part] = topology.Route{Destination: ranges.Draw(rt, "route "+part), NextHop: "vpn"}
			}
		}
		f.VPCs[fmt.Sprint("vpc-", i)] = v
	}
	return f
}

// partiesOf names the block, subnet or route that breaks a rule, and then the second party.
func partiesOf(f conflict.Finding) string {
	parties := []string{f.A.Owner + ":" + f.A.Part}
	if f.B != nil {
		parties = append(parties, f.B.Owner+":"+f.B.Part)
	}
	return strings.Join(parties, " ")
}

// within says whether the addresses or the number of a finding are no more than those of another one.
func within(f, other conflict.Finding) bool {
	if f.Number.Unit != "" {
		return f.Number.Value <= other.Number.Value
	}
	return other.Shared.Bits() <= f.Shared.Bits() && other.Shared.Contains(f.Shared.Addr())
}

// The key of a finding on a VPC accepts this finding and what is a part of it, given to the allocator or to the VPC itself. Given
// to another VPC it accepts nothing.
func TestAKeyAcceptsItsFindingOnAVPCAndNothingElse(t *testing.T) {
	catalog := fixtureVPCRules(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := drawnVPCs(rt)
		findings := conflict.NewWorld(f, catalog).VPCs(f)
		if len(findings) == 0 {
			return
		}
		chosen := rapid.SampledFrom(findings).Draw(rt, "accepted")
		key := chosen.Key().String()
		accepted := map[string]topology.Acceptance{key: {Reason: "it exists"}}
		at := rapid.SampledFrom([]string{"", "vpc-0", "vpc-1", "vpc-2"}).Draw(rt, "accepted by")
		settings := conflict.Settings{}
		if v, declared := f.VPCs[at]; declared {
			v.Accepted = accepted
			f.VPCs[at] = v
		} else {
			settings.Accepted, at = accepted, ""
		}
		kept, unused := settings.Apply(findings, f)
		if len(kept) != len(findings) {
			rt.Fatalf("%d of %d findings are left", len(kept), len(findings))
		}
		effect := at == "" || at == chosen.A.Owner
		for _, found := range kept {
			want := effect && namesOnly(found, chosen) && within(found, chosen)
			if got := found.Accepted != nil; got != want {
				rt.Errorf("%s by %q: %s is accepted: %t", key, at, found.Key(), got)
			}
			if want != (found.Level() == profile.Allow) {
				rt.Errorf("%s by %q: %s has the level %s", key, at, found.Key(), found.Level())
			}
		}
		if effect == (len(unused) > 0) {
			rt.Errorf("%s by %q: unused %v", key, at, unused)
		}
	})
}

// What a VPC broke before only warns, and what it breaks anew has the level of its rule.
func TestWhatAVPCBrokeBeforeOnlyWarns(t *testing.T) {
	catalog := fixtureVPCRules(t)
	rapid.Check(t, func(rt *rapid.T) {
		before, now := drawnVPCs(rt), drawnVPCs(rt)
		was := conflict.NewWorld(before, catalog).VPCs(before)
		findings := conflict.NewWorld(now, catalog).VPCs(now)
		conflict.MarkPreExisting(findings, was)
		for _, f := range findings {
			known := slices.ContainsFunc(was, func(w conflict.Finding) bool {
				return partiesOf(w) == partiesOf(f) &&
					w.A.Kind == f.A.Kind && w.Rule.Level >= f.Rule.Level && (f.Number.Unit == "") == (w.Number.Unit == "") &&
					(f.Number.Unit != "" || w.A.Range == f.A.Range && (f.B == nil || w.B.Range == f.B.Range))
			})
			if f.PreExisting != known || known && f.Level() > profile.Warn || !known && f.Level() != f.Rule.Level {
				rt.Errorf("%s: pre-existing %t, want %t; level %s", f.Key(), f.PreExisting, known, f.Level())
			}
		}
	})
}

// namesOnly says whether one finding is of the rule of another and names none but its parties: a key covers fewer of its
// parties as well, such as a route and a subnet that have one name.
func namesOnly(f, of conflict.Finding) bool {
	outside := func(party string) bool { return !slices.Contains(of.Key().Parties, party) }
	return f.Code == of.Code && !slices.ContainsFunc(f.Key().Parties, outside)
}
