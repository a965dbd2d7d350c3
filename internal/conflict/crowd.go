package conflict

import (
	"fmt"
	"net/netip"
)

// crowd are many claims to one range that stand alike: a rule that one of them breaks with a claim in another
// network is broken by all of them with all claims that are like that one, and so it is in one network.
type crowd struct {
	class   string
	held    netip.Prefix
	members []Claim
	// byNetwork and byOwner are places among the members.
	byNetwork, byOwner map[string][]int
	meetings           map[string]*meetingOf
}

// meetingOf is what is left of the pairs of a crowd and one class: the members that are in no pair yet, by
// network.
type meetingOf struct {
	name  string
	unmet map[string][]int
	// met is the number of members that unmet was made of so far.
	met int
}

func newCrowd(class string, held netip.Prefix) *crowd {
	return &crowd{class: class, held: held, byNetwork: map[string][]int{}, byOwner: map[string][]int{}, meetings: map[string]*meetingOf{}}
}

func (k *crowd) add(c Claim) {
	k.byNetwork[c.Network] = append(k.byNetwork[c.Network], len(k.members))
	k.byOwner[c.Owner] = append(k.byOwner[c.Owner], len(k.members))
	k.members = append(k.members, c)
}

// meet looks for pairs of a claim and the crowd: all where the claim has no class, else one for each way in
// which their networks stand, and those of members that are in no pair with the class yet.
func (k *crowd) meet(c Claim, class string, find func(member, c Claim, crowd string) bool) {
	if class == "" {
		for _, member := range k.members {
			find(member, c, "")
		}
		return
	}
	for _, i := range k.byOwner[c.Owner] {
		find(k.members[i], c, "")
	}
	for _, near := range []bool{true, false} {
		k.meetAs(c, fmt.Sprintf("%t %t %s", near, c.Range == k.held, class), near, find)
	}
}

// meetAs is meet for the members in the network of the claim, or for those in all others.
func (k *crowd) meetAs(c Claim, way string, near bool, find func(member, c Claim, crowd string) bool) {
	m := k.meetings[way]
	if m == nil {
		m = &meetingOf{name: fmt.Sprintf("%s %q %q", k.held, k.class, way), unmet: map[string][]int{}}
		k.meetings[way] = m
	}
	for ; m.met < len(k.members); m.met++ {
		network := k.members[m.met].Network
		m.unmet[network] = append(m.unmet[network], m.met)
	}
	found := false
	for network, unmet := range m.unmet {
		if (network == c.Network) != near {
			continue
		}
		var left []int
		for _, i := range unmet {
			if k.members[i].Owner == c.Owner {
				left = append(left, i)
				continue
			}
			if !find(k.members[i], c, m.name) {
				return // nor is there any other pair
			}
			found = true
		}
		m.unmet[network] = left
		if left == nil {
			delete(m.unmet, network)
		}
	}
	if i, ok := k.like(c, near); ok && !found {
		find(k.members[i], c, m.name)
	}
}

// like returns the first member of another owner that is in the network of a claim, or not in it.
func (k *crowd) like(c Claim, near bool) (int, bool) {
	if near {
		for _, i := range k.byNetwork[c.Network] {
			if k.members[i].Owner != c.Owner {
				return i, true
			}
		}
		return 0, false
	}
	if len(k.byNetwork) == 1 && k.members[0].Network == c.Network {
		return 0, false
	}
	for i, member := range k.members {
		if member.Owner != c.Owner && member.Network != c.Network {
			return i, true
		}
	}
	return 0, false
}
