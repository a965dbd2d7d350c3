package conflict

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Key says what an accepted conflict covers: a rule, the shared addresses or a number, and all
// parties. It is written rule|range|party+party, or rule|what=number|party. In the names of parties, the
// separators are escaped.
type Key struct {
	Code string
	// Shared holds all shared addresses; it is the zero Prefix where the rule counts, or where no range is concerned.
	Shared netip.Prefix
	Number Figure
	// Parties are written as Party.String does, sorted and each once.
	Parties []string
}

// Key is that of a single finding.
func (f Finding) Key() Key {
	k := Key{Code: f.Code, Shared: f.Shared, Number: f.Number, Parties: []string{f.A.party()}}
	switch f.Number.Unit {
	case "":
	case MaskBits:
		k.Parties = []string{Party{Owner: f.A.Owner}.String()}
	default:
		k.Shared = netip.Prefix{}
		if f.Number.Unit == Routes || f.Number.Unit == Addresses {
			k.Parties = []string{Party{Owner: f.A.Network}.String()}
		}
	}
	if f.B != nil {
		k.Parties = append(k.Parties, f.B.party())
	}
	k.Parties = eachOnce(k.Parties)
	return k
}

// party names the owner of a claim, with the name of its route or subnet. If the claim is of another workspace, or if several planners
// have blocks, it also names the planner that holds the range.
func (c Claim) party() string {
	if c.Foreign() || c.Holder != "" {
		return Party{Owner: c.Owner, Held: true, Holder: c.Holder}.String()
	}
	return Party{Owner: c.Owner, Part: c.Part, Subnet: c.Kind == Subnet}.String()
}

func (k Key) String() string {
	what := k.Shared.String()
	switch {
	case k.Number.Unit != "":
		what = fmt.Sprintf("%s=%d", k.Number.Unit, k.Number.Value)
	case !k.Shared.IsValid():
		what = noRange
	}
	return strings.Join([]string{k.Code, what, strings.Join(k.Parties, "+")}, "|")
}

// noRange is in the key of what concerns no range, such as an object of a cloud that belongs to nothing.
const noRange = "none"

// ParseKey reads a key that a message printed.
func ParseKey(text string) (k Key, ok bool) {
	parts := strings.Split(text, "|")
	if len(parts) != 3 || parts[0] == "" || parts[2] == "" {
		return Key{}, false
	}
	k.Code = parts[0]
	for _, text := range strings.Split(parts[2], "+") {
		party, ok := parseParty(text)
		if !ok {
			return Key{}, false
		}
		k.Parties = append(k.Parties, party.String())
	}
	k.Parties = eachOnce(k.Parties)
	if name, number, counts := strings.Cut(parts[1], "="); counts {
		value, err := strconv.ParseInt(number, 10, 64)
		k.Number = Figure{Unit: Unit(name), Value: value}
		return k, err == nil && name != "" && value >= 0
	}
	if parts[1] == noRange {
		return k, true
	}
	shared, fault := cidr.Parse(parts[1])
	k.Shared = shared
	return k, fault == nil
}

// Covers says whether everything under the other key is also under this one: the same rule, no other party, and no further addresses
// or no larger number.
func (k Key) Covers(o Key) bool {
	within := k.Number.Unit == o.Number.Unit && k.Number.Value >= o.Number.Value
	if k.Number.Unit == "" {
		within = o.Number.Unit == "" && (k.Shared == o.Shared || cidr.Contains(k.Shared, o.Shared))
	}
	return within && k.concerns(o)
}

// concerns says whether another key has the same rule and no party that this one lacks.
func (k Key) concerns(o Key) bool {
	return k.Code == o.Code && !slices.ContainsFunc(o.Parties, func(party string) bool {
		_, among := slices.BinarySearch(k.Parties, party)
		return !among
	})
}

func eachOnce(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
