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
type stateRow struct{ Planner, Kind, Cluster, CIDR string }

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

// rows are the ranges of a state.
func (s *sharer) rows(state map[string]map[string]any) []stateRow {
	var all []stateRow
	for address, planner := range map[string]string{allocator: "k8s", ownBlocks: "blocks/own"} {
		for name, one := range inside(state[address], "allocations") {
			for _, list := range []string{"pod_cidr", "pod_cidrs", "pod_ipv6_cidr", "service_cidr", "service_ipv6_cidr"} {
				kind, _, _ := strings.Cut(list, "_")
				for _, r := range textsIn(one.(map[string]any)[list]) {
					all = append(all, stateRow{planner, kind, name, r})
				}
			}
		}
		for name, one := range inside(state[address], "cidrs") {
			all = append(all, stateRow{planner, "block", name, one.(string)})
		}
		for name, one := range inside(state[address], "released") {
			for _, r := range rangesOf(one) {
				all = append(all, stateRow{planner, "released", name, r.(string)})
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
		case held && slices.ContainsFunc(was, func(r string) bool { return !slices.Contains(has, r) }):
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

// equal compares the state with the ledger, after an apply.
func (s *sharer) equal() {
	want := s.rows(s.stored())
	got, err := asked[stateRow](s.lives,
		`SELECT planner_name, kind, cluster, range::text FROM entry WHERE owner = $1 AND state = 'claim' AND kind <> 'kept'`, s.owner)
	if err != nil {
		s.t.Error(err)
		return
	}
	slices.SortFunc(got, func(a, b stateRow) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	if !slices.Equal(got, want) {
		s.lives.count("states that differ from the ledger")
		s.t.Errorf("%s: after an apply the ledger has\n%v\nthe state\n%v", s.owner, got, want)
	}
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
	Owner, Planner, Kind, Cluster, State, Class, Delegate string
	CIDR                                                  netip.Prefix
}

// sound compares every two entries of different planners. In these lives nothing may share addresses but a block and what is inside of it.
func (l *ledgerLives) sound() {
	all, err := asked[ledgerRow](l, `SELECT owner, planner_name, kind, cluster, state, class, delegate, range FROM entry`)
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
			if a.CIDR.Overlaps(b.CIDR) && !samePlanner(a, b) && !inBlock(a, b) && !inBlock(b, a) {
				l.count("overlaps")
				l.t.Errorf("%+v overlaps %+v", a, b)
			}
		}
	}
}

// inBlock says whether a range is inside of a block. A block that is released stays reserved, and so does what is inside of it.
func inBlock(inner, outer ledgerRow) bool {
	block := outer.Kind == "block" || outer.Kind == "released" && strings.HasPrefix(outer.Planner, "blocks/")
	return block && outer.CIDR.Contains(inner.CIDR.Addr()) &&
		(outer.CIDR.Bits() < inner.CIDR.Bits() || outer.CIDR == inner.CIDR && inner.Kind != "block")
}

func samePlanner(a, b ledgerRow) bool { return a.Owner == b.Owner && a.Planner == b.Planner }
