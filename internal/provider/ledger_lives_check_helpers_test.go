package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// stateRow is a range of a state: of a cluster or block, or a released one.
type stateRow struct{ Planner, Kind, Cluster, CIDR, VRF string }

// stored reads the resources of the state. Terraform writes the file of a state in place. If it was killed meanwhile, the last one that can
// be read is put back, as the message on a lost state says and as a remote backend keeps it.
func (s *sharer) stored() map[string]map[string]any {
	all, err := readState(s.stateAt())
	switch {
	case err == nil:
		s.good = read(s.t, s.stateAt())
	case os.IsNotExist(err) && s.good == "":
	default:
		s.lives.count("states put back")
		os.Remove(s.stateAt()) //nolint:errcheck // it is written next, or stays away
		if s.good != "" {
			s.file("terraform.tfstate", s.good)
			all, err = readState(s.stateAt())
		}
		if err != nil && s.good != "" {
			s.t.Errorf("%s: the state cannot be put back: %v", s.owner, err)
		}
	}
	return all
}

// readState reads the attributes of all resources of a state, by address.
func readState(path string) (map[string]map[string]any, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var state stateFile
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, err
	}
	all := map[string]map[string]any{}
	for address, text := range state.resources() {
		var attributes map[string]any
		if err := json.Unmarshal(text, &attributes); err != nil {
			return nil, err
		}
		all[address] = attributes
	}
	return all, nil
}

const ownBlocks = "cidrplan_blocks.own"

// kindsOfRanges are the attributes of a cluster with ranges, by the kinds of these.
var kindsOfRanges = map[string][]string{
	"pod":     {"pod_cidr", "pod_cidrs", "pod_ipv6_cidr", "further_pod_ipv6_cidrs"},
	"service": {"service_cidr", "further_service_cidrs", "service_ipv6_cidr", "further_service_ipv6_cidrs"},
	"kept":    {"pod_aggregate"},
}

// rows are the ranges of a state.
func (s *sharer) rows(state map[string]map[string]any) []stateRow {
	var all []stateRow
	for address, planner := range plannersOfLives {
		add := func(kind, cluster string, ranges []string) {
			h, _ := homeOf(cluster)
			for _, r := range ranges {
				all = append(all, stateRow{planner, kind, cluster, r, h.vrf})
			}
		}
		for name, one := range inside(state[address], "allocations") {
			for kind, attributes := range kindsOfRanges {
				for _, attribute := range attributes {
					add(kind, name, textsIn(one.(map[string]any)[attribute]))
				}
			}
		}
		for name, one := range inside(state[address], "cidrs") {
			add("block", name, textsIn(one))
		}
		for name, one := range inside(state[address], "released") {
			ranges, ofCluster := one.(map[string]any)
			if !ofCluster || ranges["cidr"] != nil {
				ranges = map[string]any{"pod_cidrs": rangesOf(one)}
			}
			for _, attributes := range kindsOfRanges {
				for _, attribute := range attributes {
					add("released", name, textsIn(ranges[attribute]))
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b stateRow) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return slices.Compact(all)
}

func inside(attributes map[string]any, name string) map[string]any {
	found, _ := attributes[name].(map[string]any)
	return found
}

func textsIn(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, one := range v {
			all = append(all, one.(string))
		}
		return all
	}
	return nil
}

// compare compares the state with the one before: what is held stays, and nothing goes that no edit removed.
func (s *sharer) compare(destroyed bool) {
	state := s.stored()
	now := map[string][]string{}
	for address, main := range map[string]string{allocator: "allocations", ownBlocks: "cidrs"} {
		for name, one := range inside(state[address], main) {
			key := address + "/" + s.first(name)
			for _, r := range rangesOf(one) {
				now[key] = append(now[key], r.(string))
			}
		}
	}
	for key, was := range s.seen {
		has, held := now[key]
		_, name, _ := strings.Cut(key, "/")
		switch {
		case !held && !destroyed && !s.dropped[name]:
			s.lives.count("lost ranges")
			s.t.Errorf("%s: %s had %q and has nothing, and no edit removed it", s.owner, key, was)
		case held && slices.ContainsFunc(was, func(r string) bool { return !slices.Contains(has, r) && !s.extended(name, r, has) }):
			if s.moves[name] > 0 {
				s.moves[name]--
				s.lives.count("ranges that were renumbered")
				continue
			}
			s.lives.count("ranges that moved")
			s.t.Errorf("%s: %s had %q and has %q", s.owner, key, was, has)
		}
	}
	s.seen = now
}

// extended says whether a range of a cluster became part of a larger one, where the platform can do nothing else.
func (s *sharer) extended(name, was string, has []string) bool {
	h, _ := homeOf(name)
	return h.extends && slices.ContainsFunc(has, func(r string) bool {
		now, before := netip.MustParsePrefix(r), netip.MustParsePrefix(was)
		return now.Bits() < before.Bits() && now.Contains(before.Addr())
	})
}

// plannersOfLives are the resources of a workspace, and how the ledger names them.
var plannersOfLives = map[string]string{allocator: "k8s", ownBlocks: "blocks/own"}

// behind are the planners of which the ledger has a later apply than the state: Terraform was killed before it stored the state.
func (s *sharer) behind() []string {
	serials, err := asked[struct {
		Name   string
		Serial int64
	}](s.lives, `SELECT name, serial FROM planner WHERE owner = $1`, s.owner)
	if err != nil {
		s.t.Error(err)
	}
	var all []string
	for address, planner := range plannersOfLives {
		has, _ := s.stored()[address]["ledger_serial"].(float64)
		for _, p := range serials {
			if p.Name == planner && p.Serial > int64(has) {
				all = append(all, planner)
			}
		}
	}
	return all
}

// equal compares the state with the ledger, after an apply, without some planners. Of released ranges, the ledger has only those that are
// in no other one.
func (s *sharer) equal(without ...string) {
	want := s.rows(s.stored())
	got, err := asked[stateRow](s.lives,
		`SELECT planner_name, kind, cluster, range::text, vrf FROM entry WHERE owner = $1 AND state = 'claim'`, s.owner)
	if err != nil {
		s.t.Error(err)
		return
	}
	want = slices.DeleteFunc(want, func(r stateRow) bool { return r.Kind == "released" && slices.ContainsFunc(got, r.isInside) })
	got = slices.DeleteFunc(got, func(r stateRow) bool {
		return r.Kind == "released" && slices.ContainsFunc(s.rows(s.stored()), r.isInside)
	})
	of := func(r stateRow) bool { return slices.Contains(without, r.Planner) }
	got, want = slices.DeleteFunc(got, of), slices.DeleteFunc(want, of)
	slices.SortFunc(got, func(a, b stateRow) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	if !slices.Equal(got, want) {
		s.lives.count("states that differ from the ledger")
		s.t.Errorf("%s: after an apply the ledger has\n%v\nthe state\n%v", s.owner, got, want)
	}
}

// isInside says whether a released range is another one, or inside of it.
func (r stateRow) isInside(outer stateRow) bool {
	inner, around := netip.MustParsePrefix(r.CIDR), netip.MustParsePrefix(outer.CIDR)
	return outer.Planner == r.Planner && outer.Kind == "released" && around.Bits() <= inner.Bits() && around.Overlaps(inner)
}

// asked reads from the ledger, and waits for a server that restarts.
func asked[T any](l *ledgerLives, sql string, arguments ...any) ([]T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		all, err := ledgertest.Read[T](ctx, l.ledger, sql, arguments...)
		if err == nil || ctx.Err() != nil {
			return all, err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// ledgerRow is an entry as the oracle sees it.
type ledgerRow struct {
	Owner, Planner, Kind, Cluster, VRF, Network, State, Class, Delegate string
	CIDR                                                                netip.Prefix
}

// sound compares every two entries of different planners.
func (l *ledgerLives) sound() {
	all, err := asked[ledgerRow](l, `SELECT owner, planner_name, kind, cluster, vrf, network, state, class, delegate, range FROM entry`)
	if err != nil {
		l.t.Error(err)
	}
	l.count("looks of the oracle")
	l.apart(all)
}

func (l *ledgerLives) apart(all []ledgerRow) {
	l.t.Helper()
	for i, a := range all {
		for _, b := range all[:i] {
			for _, pair := range [][2]ledgerRow{{a, b}, {b, a}} {
				if in, of := pair[0], pair[1]; of.Delegate != "" && in.Owner != of.Delegate && !samePlanner(in, of) && inBlock(in, of) {
					l.count("strangers in delegated blocks")
					l.t.Errorf("%+v is inside %+v", in, of)
				}
			}
			if a.CIDR.Overlaps(b.CIDR) && !samePlanner(a, b) && !inBlock(a, b) && !inBlock(b, a) && !mayShare(a, b) {
				l.count("overlaps")
				l.t.Errorf("%+v overlaps %+v", a, b)
			}
		}
	}
}

// inBlock says whether a range is inside of a block. A block that is released stays reserved, and so does what is inside of it.
func inBlock(inner, outer ledgerRow) bool {
	block := outer.Kind == "block" || outer.Kind == "released" && strings.HasPrefix(outer.Planner, "blocks/")
	return block && outer.VRF == inner.VRF && outer.CIDR.Contains(inner.CIDR.Addr()) &&
		(outer.CIDR.Bits() < inner.CIDR.Bits() || outer.CIDR == inner.CIDR && inner.Kind != "block")
}

// mayShare says whether two entries may have the same addresses: in different VRFs; or if one is of a workspace whose ranges may repeat, is
// pinned, or is reserved in another VRF than it was used in, and they are not Pods in one network.
func mayShare(a, b ledgerRow) bool {
	if a.VRF != b.VRF {
		return true
	}
	loose := func(r ledgerRow) bool {
		h, ofCluster := homeOf(r.Cluster)
		return ofCluster && (repeating(r.Owner) || pinned(r.Cluster) || r.VRF != h.vrf)
	}
	pods := func(r ledgerRow) bool { return r.Kind == "pod" || r.Kind == "kept" }
	return (loose(a) || loose(b)) && !(pods(a) && pods(b) && a.Network == b.Network)
}

func samePlanner(a, b ledgerRow) bool { return a.Owner == b.Owner && a.Planner == b.Planner }
