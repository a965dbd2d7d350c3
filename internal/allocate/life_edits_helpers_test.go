package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// turn is one edit of a life. A calm one asks for nothing new, so that it never fails a plan that
// did not fail before.
type turn struct {
	text string
	calm bool
	r    Request
}

// nextTurn draws the next turn of a life. buried are clusters or blocks that were declared once.
type nextTurn func(r Request, was life, buried declarations, label string) turn

func (d draw) turnsOf(large bool) nextTurn {
	return func(r Request, was life, buried declarations, label string) turn {
		return d.turn(r, was, buried, large, label)
	}
}

// turn draws an edit of a request. buried are clusters or blocks that were declared once.
func (d draw) turn(r Request, was life, buried declarations, large bool, label string) turn {
	if large && d.chance(40, label+" of the world") {
		return turn{text: "something else", r: d.edit(r, label)}
	}
	r = edited(r)
	r.Renumber = maps.Clone(r.Renumber)
	f := &r.Facts
	kinds := []string{"reclaim", "flags", "squeeze", "guard", "restore"}
	if len(f.Clusters) > 0 {
		kinds = append(kinds, "drop", "drop", "rename", "lose", "renumber", "pin", "unpin", "elsewhere", "shrink", "grow", "grow",
			"mirror", "move", "use")
	}
	if len(f.VPCs) > 0 {
		kinds = append(kinds, "rename a VPC")
	}
	if len(buried) > 0 {
		kinds = append(kinds, "return", "return", "return")
	}
	if len(f.Reserved) > 0 {
		kinds = append(kinds, "free")
	}
	kind := one(d, label+" kind", kinds...)
	name, now := "", topology.Cluster{}
	if len(f.Clusters) > 0 {
		name = one(d, label+" cluster", names(f.Clusters)...)
		now = f.Clusters[name]
	}
	switch kind {
	case "drop":
		delete(f.Clusters, name)
		delete(r.Renumber, name)
		return turn{"drop " + name, true, r}
	case "rename", "lose":
		return d.rename(r, name, kind == "rename", was, label)
	case "return":
		name = one(d, label+" returns", names(buried)...)
		back, text := buried[name].(topology.Cluster), "return "+name
		if d.chance(40, label+" otherwise") {
			back.Need.MaxNodes, text = back.Need.MaxNodes*4, text+" with more nodes"
		}
		if _, declared := f.Clusters[name]; !declared && knows(*f, back) {
			f.Clusters[name] = back
		}
		return turn{text, false, r}
	case "rename a VPC":
		return d.renameVPC(r, label)
	case "use":
		f.Clusters[name] = d.others(now, label)
		return turn{fmt.Sprint("use ", f.Clusters[name].OtherRanges, " for ", name), false, r}
	case "restore":
		profiles := maps.Clone(r.Prior.Profiles) // of prior state that was restored and not planned since
		if profiles == nil {
			profiles = map[string]string{}
		}
		for name := range r.Prior.Allocations {
			if held, known := r.Prior.Facts.Clusters[name]; known {
				profiles[name] = held.Profile
			}
		}
		r.Prior = &Prior{Allocations: r.Prior.Allocations, Released: r.Prior.Released, Imported: true, Profiles: profiles}
		return turn{"restore the prior state", false, r}
	default:
		return d.small(r, kind, name, now, was, label)
	}
}

// knows says whether a cluster can be declared among facts.
func knows(f topology.Facts, cl topology.Cluster) bool {
	_, vpc := f.VPCs[cl.VPC]
	_, site := f.Sites[cl.VPC]
	return vpc || site
}

// rename gives a cluster or block another name; add says whether previous_names gets the old one.
func (d draw) rename(r Request, name string, add bool, was life, label string) turn {
	to := fmt.Sprint("n", d.number(0, 4, label+" new name"))
	_, exists := r.Existing[to]
	_, hasExisting := r.Existing[name]
	if r.Facts.HasOwner(to) || exists {
		return turn{"nothing", true, r}
	}
	owner, _ := r.Facts.Owner(name)
	previous := slices.DeleteFunc(slices.Clone(owner.PreviousNames), func(s string) bool { return s == to })
	if add {
		previous = append([]string{name}, previous...)
	}
	if b, is := r.Facts.Blocks[name]; is {
		b.PreviousNames = previous
		r.Facts.Blocks[to] = b
	} else {
		cl := r.Facts.Clusters[name]
		cl.PreviousNames = previous
		r.Facts.Clusters[to] = cl
	}
	withoutClusters(name)(&r)
	if hasExisting {
		r.Existing[to] = r.Existing[name]
		delete(r.Existing, name)
	}
	if token, ok := r.Renumber[name]; ok {
		r.Renumber[to] = token
		delete(r.Renumber, name)
	}
	_, calm := was.held[name]
	for _, other := range r.Facts.Owners() {
		calm = calm && add && !slices.Contains(r.Facts.OwnerNames(other)[1:], to) // that one would have two owners
	}
	return turn{fmt.Sprintf("rename %s to %s, previous_names %t", name, to, add), calm, r}
}

// renameVPC gives a VPC another name and says so.
func (d draw) renameVPC(r Request, label string) turn {
	old, to := one(d, label+" VPC", names(r.Facts.VPCs)...), fmt.Sprint("v", d.number(0, 4, label+" new name of the VPC"))
	taken := r.Facts.Declares(to)
	for _, v := range r.Facts.VPCs {
		taken = taken || slices.Contains(v.PreviousNames, to) || slices.Contains(v.PreviousNames, old)
	}
	if r.Prior != nil {
		taken = taken || r.Prior.Facts.Declares(to) // then it is another one
	}
	for _, cl := range r.Facts.Clusters {
		taken = taken || cl.VPC == to
	}
	if taken {
		return turn{"nothing", true, r}
	}
	f := r.Facts.Renamed(topology.Renames{Networks: map[string]string{old: to}})
	v := f.VPCs[to]
	v.PreviousNames = []string{old}
	f.VPCs[to] = v
	r.Facts = f
	return turn{fmt.Sprintf("rename VPC %s to %s", old, to), true, r}
}

// small is an edit of one thing.
func (d draw) small(r Request, kind, name string, now topology.Cluster, was life, label string) turn {
	held := was.held[name]
	set := func(calm bool, words ...any) turn {
		r.Facts.Clusters[name] = now
		return turn{fmt.Sprint(kind, " ", name, " ", fmt.Sprint(words...)), calm, r}
	}
	p, _ := profile.Default().Profile(now.Profile)
	switch kind {
	case "renumber":
		token := fmt.Sprint(d.number(1, 2, label+" token"))
		if r.Renumber == nil {
			r.Renumber = map[string]string{}
		}
		r.Renumber[name] = token
		return turn{fmt.Sprint("renumber ", name, " by ", token), false, r}
	case "pin":
		if p.Pods.From == profile.Own {
			now.PodCIDRs, now.Need.PodLength = held.Pods, 0
		}
		if p.Pods.From != profile.Shared {
			now.ServiceCIDR, now.Need.ServiceLength = held.Service, 0
		}
		now.Further = furtherUnlessMirror(now, held)
		return set(len(held.Pods) > 0, "to what it holds")
	case "unpin":
		now.PodCIDRs, now.ServiceCIDR, now.PodIPv6CIDR, now.ServiceIPv6CIDR = nil, netip.Prefix{}, netip.Prefix{}, netip.Prefix{}
		now.Further = profile.Further{}
		if now.Need.PodLength == 0 {
			now.Need.MaxNodes = max(now.Need.MaxNodes, 1)
		}
		_, holds := was.held[name]
		return set(holds)
	case "elsewhere":
		if p.Pods.From == profile.Own {
			now.PodCIDRs, now.Need.PodLength = []netip.Prefix{d.prefix(14, 20, label+" pin")}, 0
		}
		return set(false, now.PodCIDRs)
	case "shrink":
		now.Need.MaxNodes, now.Need.MaxServices = min(now.Need.MaxNodes, 1), min(now.Need.MaxServices, 1)
		_, holds := was.held[name]
		return set(holds)
	case "move":
		now.VPC = one(d, label+" network", slices.Concat(names(r.Facts.VPCs), names(r.Facts.Sites))...)
		return set(false, "to ", now.VPC)
	case "grow":
		if len(held.Pods) > 0 && now.SameAs == "" {
			now = d.allowing(now, label)
			r.Facts.Clusters[name] = now
			r, way := d.grow(r, name, held, label)
			return turn{fmt.Sprint("grow ", name, " by ", way), false, r}
		}
		now.Need.MaxNodes = held.Usable.Nodes + int64(d.number(1, 60, label+" more"))
		return set(false, now.Need.MaxNodes)
	case "mirror":
		name = fmt.Sprint("t", d.number(0, 3, label+" mirror"))
		now.PreviousNames = nil
		return set(false)
	case "reclaim":
		r.Reclaim = d.reclaim(was, label)
		return turn{fmt.Sprint("reclaim ", r.Reclaim), true, r}
	case "guard":
		r.PreventRelease = d.some(label+" guards", append(r.Facts.Owners(), everyone)...)
		return turn{fmt.Sprint("guard ", r.PreventRelease), true, r}
	case "free":
		delete(r.Facts.Reserved, one(d, label+" freed", names(r.Facts.Reserved)...))
		return turn{"free what was reserved", true, r}
	case "flags":
		r.SharedPods, r.SharedServices = d.chance(50, label+" pods"), d.chance(50, label+" services")
		return turn{"flip flags", true, r}
	default: // little room, so that released ranges are needed
		r.Supernets, r.ServiceSupernets = prefixes(
			one(d, label+" room", "10.0.0.0/17", "10.0.0.0/18", "10.64.0.0/18", "10.64.0.0/19"),
			"fd00::/40",
		), nil
		return turn{"squeeze to " + r.Supernets[0].String(), true, r}
	}
}

// furtherUnlessMirror are the further ranges that a cluster holds. A mirror cluster is given none.
func furtherUnlessMirror(cl topology.Cluster, held Allocation) profile.Further {
	if cl.SameAs != "" {
		return profile.Further{}
	}
	return held.Further.Clone()
}

func (d draw) reclaim(was life, label string) []string {
	var known []string
	for _, ranges := range was.released {
		known = append(known, ranges.owner, ranges.key)
	}
	slices.Sort(known)
	return d.some(label+" reclaims", append([]string{everyone, "nobody"}, slices.Compact(known)...)...)
}

// story is what happened to an allocator so far, one edit a line.
type story []string

func (s *story) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

func (s *story) String() string { return strings.Join(*s, "\n") }

// cast describes the clusters or blocks of a request and what they hold.
func cast(r Request, allocations map[string]Allocation) string {
	var lines []string
	for _, name := range names(r.Facts.Blocks) {
		lines = append(lines, fmt.Sprintf("    %s %+v: %s", name, r.Facts.Blocks[name], allocations[name].Block))
	}
	for _, name := range names(r.Facts.Clusters) {
		cl := r.Facts.Clusters[name]
		lines = append(
			lines,
			fmt.Sprintf(
				"    %s %s in %s %+v pins %v %v: %s %v", name, cl.Profile, cl.VPC, cl.Need, cl.PodCIDRs, cl.ServiceCIDR,
				list(allocations[name].Pods), allocations[name].Service,
			),
		)
	}
	return strings.Join(lines, "\n")
}
