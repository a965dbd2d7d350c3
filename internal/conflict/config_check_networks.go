package conflict

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// network is a VPC or site: all registered facts about it together.
type network struct {
	// id is its name, and distinguishes networks of one name.
	id, name      string
	site          bool
	blocks        []netip.Prefix
	hubs, peers   []string
	vrf, platform string
	subnetted     bool
	about         topology.About
	from          topology.Origin
	at            topology.Path
	planners      []*planner
}

// claim is the party of a finding about the name of the network.
func (w *network) claim() Claim {
	kind := VPC
	if w.site {
		kind = Site
	}
	return Claim{Owner: w.name, Kind: kind, Range: w.blocks[0], Network: w.name, About: w.about, At: w.at}
}

// agrees says whether two lists of blocks may be of one network: where one says less than the other.
func agrees(a, b []netip.Prefix) bool {
	within := func(a, b []netip.Prefix) bool {
		return !slices.ContainsFunc(a, func(p netip.Prefix) bool { return !slices.Contains(b, p) })
	}
	return within(a, b) || within(b, a)
}

// addHubs takes hubs; what is new about one may change what its members are compared by.
func (s *snapshot) addHubs(f topology.Facts, n *additions) {
	for _, name := range slices.Sorted(maps.Keys(f.Hubs)) {
		h, known := s.hubs[name]
		was := h
		h.Kind, h.ProtectionLevel = cmp.Or(h.Kind, f.Hubs[name].Kind), cmp.Or(h.ProtectionLevel, f.Hubs[name].ProtectionLevel)
		h.Unknown = slices.DeleteFunc(
			[]string{"kind", "protection_level"},
			func(attribute string) bool { return !f.Hubs[name].Unknown.Has(attribute) },
		)
		s.hubs[name] = h
		if name == "" || known && was.Kind == h.Kind && was.ProtectionLevel == h.ProtectionLevel && slices.Equal(was.Unknown, h.Unknown) {
			continue
		}
		for _, all := range s.networks {
			for _, w := range all {
				if slices.Contains(w.hubs, name) {
					n.changed = append(n.changed, w)
				}
			}
		}
	}
}

func (s *snapshot) addNetworks(by topology.Origin, f topology.Facts, homes map[string]*network, n *additions) {
	add := func(w network) {
		if w.name != "" {
			w.blocks = slices.DeleteFunc(slices.Clone(w.blocks), func(p netip.Prefix) bool { return !p.IsValid() })
			w.from = by
			homes[w.name] = s.addNetwork(w, n)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		v := f.VPCs[name]
		add(network{
			name: name, blocks: v.CIDRBlocks, hubs: v.Hubs, peers: v.Peers, vrf: v.VRF, platform: v.Platform, about: v.About,
			subnetted: len(v.Subnets) > 0 || v.Unknown.Has("subnets"), at: blocksAt(by, "vpcs", name),
		})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Sites)) {
		v := f.Sites[name]
		add(
			network{
				name:   name,
				site:   true,
				blocks: v.CIDRBlocks,
				hubs:   v.Hubs,
				peers:  v.Peers,
				vrf:    v.VRF,
				about:  v.About,
				at:     blocksAt(by, "sites", name),
			},
		)
	}
}

// blocksAt is the place of the blocks of a network.
func blocksAt(by topology.Origin, attribute, name string) topology.Path {
	at := topology.Path{}
	if isPlanner(by) {
		at = at.Attr(attribute).Key(name)
	}
	return at.Attr("cidr_blocks")
}

func (s *snapshot) addNetwork(w network, n *additions) *network {
	for _, peer := range w.peers {
		if !s.peered[peer] {
			s.peered[peer], n.reconsidered[peer] = true, true
		}
	}
	for _, known := range s.networks[w.name] {
		if known.site == w.site && agrees(known.blocks, w.blocks) {
			platform := known.platform
			changed := known.learn(w)
			n.platforms[known] = n.platforms[known] || known.platform != platform
			if changed {
				n.reconsidered[w.name] = true
				n.changed = append(n.changed, known)
			}
			n.networks = append(n.networks, known)
			return known
		}
	}
	w.id = w.name
	if others := len(s.networks[w.name]); others > 0 {
		w.id = fmt.Sprintf("%s\x00%d", w.name, others) // no name has that letter
	}
	s.networks[w.name] = append(s.networks[w.name], &w)
	n.created[&w], n.reconsidered[w.name] = true, true
	n.networks, n.changed = append(n.networks, &w), append(n.changed, &w)
	return &w
}

// learn adds what another origin says of the same network, and says whether that may change who
// reaches it or what it is compared by.
func (w *network) learn(more network) (changed bool) {
	grow := func(list *[]string, by []string) {
		for _, name := range by {
			if name != "" && !slices.Contains(*list, name) {
				*list, changed = append(slices.Clone(*list), name), true
			}
		}
	}
	grow(&w.hubs, more.hubs)
	grow(&w.peers, more.peers)
	if len(more.blocks) > len(w.blocks) {
		w.blocks = more.blocks
	}
	if rank(more.from) < rank(w.from) || rank(more.from) == rank(w.from) && more.from.Name < w.from.Name {
		w.from, w.about, w.at = more.from, more.about, more.at
	}
	changed = changed || w.vrf == "" && more.vrf != "" || w.platform == "" && more.platform != "" || more.subnetted && !w.subnetted
	w.vrf, w.platform, w.subnetted = cmp.Or(w.vrf, more.vrf), cmp.Or(w.platform, more.platform), w.subnetted || more.subnetted
	return changed
}

// networkNamed is the network with a name, nil where no network or more than one has it.
func (s *snapshot) networkNamed(name string) *network {
	if all := s.networks[name]; len(all) == 1 {
		return all[0]
	}
	return nil
}

var nameRule = rules.Everywhere("one_name")

// sameName is the code of two networks that are declared under one name.
const sameName = "two_networks_of_one_name"

// names finds the networks that go by a name which another one has.
func (n *ConfigCheck) names(added *additions, results *report) {
	for i, w := range added.networks {
		for _, other := range n.now.networks[w.name] {
			if other == w || slices.Contains(added.networks[:i], other) || len(w.blocks) == 0 || len(other.blocks) == 0 {
				continue
			}
			a, b := w, other
			if compareNetworks(b, a) < 0 {
				a, b = b, a
			}
			preExisting := n.before.contradicts(a, b)
			now := Severity{nameRule.Level, len(a.planners) > 0 && len(b.planners) > 0}
			if preExisting {
				now.Level = min(now.Level, profile.Warn)
			}
			before := Severity{}
			if !added.created[a] && !added.created[b] {
				before = Severity{now.Level, added.others(a.planners) && added.others(b.planners)}
			}
			if !now.adds(before) {
				continue
			}
			key := causeKey{verdictKey: verdictKey{code: sameName}, now: now, before: before, preExisting: preExisting}
			results.add(key, nil, func() Finding {
				one, two := a.claim(), b.claim()
				f := Finding{
					Code:        sameName,
					Rule:        nameRule,
					A:           one,
					B:           &two,
					PreExisting: preExisting,
					Held:        n.before.has(a),
					OtherHeld:   n.before.has(b),
					Unwired: &Unwired{
						A: a.from, B: b.from, At: added.placeOf(w), ABlocks: a.blocks, BBlocks: b.blocks, Severity: now, Before: before,
					},
				}
				f.Unwired.Options = n.placed(f.UnwiredOptions())
				return f
			})
		}
	}
}

// others says whether a planner among some was registered before.
func (n *additions) others(planners []*planner) bool {
	return slices.ContainsFunc(planners, func(p *planner) bool { return p != n.planner })
}

// compareNetworks orders networks of one name by the origin that registered them, and then by their blocks.
func compareNetworks(a, b *network) int {
	return cmp.Or(
		cmp.Compare(rank(a.from), rank(b.from)), cmp.Compare(a.from.Kind, b.from.Kind), cmp.Compare(a.from.Name, b.from.Name),
		slices.CompareFunc(a.blocks, b.blocks, cidr.Compare),
	)
}

// contradicts says whether the two were there, with these blocks.
func (s *snapshot) contradicts(a, b *network) bool {
	return len(s.networks[a.name]) > 1 && s.has(a) && s.has(b)
}

// has says whether a network was there, with these blocks.
func (s *snapshot) has(w *network) bool {
	return slices.ContainsFunc(s.networks[w.name], func(was *network) bool {
		return was.site == w.site && len(was.blocks) > 0 && agrees(was.blocks, w.blocks)
	})
}
