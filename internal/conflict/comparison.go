package conflict

import (
	"fmt"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// mayBeSampled says whether the claim can be one of a sample. A delegated range cannot: rules look at who holds the other
// range, and options at which owner of a ledger a block is for.
func (c Claim) mayBeSampled() bool {
	return len(c.Delegations) == 0 && c.Delegation == (topology.Delegation{}) && (c.Profile != nil || !c.OfCluster())
}

// comparisonKey is the same for claims that break the same rules with others, if their networks are joined in the same way. It
// has every field that Check looks at, except the owner, the holder, the range and the network: a sample compares these
// itself.
func (c Claim) comparisonKey() string { return strconv.Quote(c.Part) + c.comparisonKeyToOthers() }

// comparisonKeyToOthers is comparisonKey without the name of the subnet or route. What Other is used for is part of it. The other uses
// of the owner of a Pod or Service range are not: only the owner's own ranges are compared with them. Each plan needs the key for each
// claim, so it is not formatted with verbs.
func (c Claim) comparisonKeyToOthers() string {
	key := make([]byte, 0, 64)
	for _, number := range [...]int{int(c.Kind), int(c.OwnerKind), int(c.Source), int(c.Visibility)} {
		key = append(strconv.AppendInt(key, int64(number), 10), ' ')
	}
	for _, is := range [...]bool{
		c.Unplaced, c.Index > 0, c.SameAs != "", len(c.Mirrors) > 0, c.SubnetsCompared, c.NextHop.Node, c.Profile != nil, c.Former,
	} {
		key = append(strconv.AppendBool(key, is), ' ')
	}
	if c.Profile != nil {
		key = strconv.AppendQuote(key, c.Profile.Name)
	}
	key = strconv.AppendQuote(key, c.Platform)
	if c.Kind == Other {
		key = strconv.AppendQuote(key, c.Part)
	}
	if len(c.Meshes)+len(c.NextHop.Connections)+len(c.VRFs) > 0 {
		key = fmt.Appendf(key, "%q %q %q", c.Meshes, c.NextHop.Connections, c.VRFs)
	}
	return string(append(key, '\n'))
}

// networkSignature describes how the network of the claim is joined to others.
func (c Claim) networkSignature(r *topology.Reach) string {
	text := r.ConnectionSignature(c.Network)
	if c.GrowsIn != "" {
		text += r.ConnectionSignature(c.GrowsIn)
	}
	return text
}

// ComparisonKey is the same for claims that break the same rules with every claim of another owner in a third network, and
// with each other's networks.
func (w World) ComparisonKey(c Claim) string { return c.comparisonKey() + c.networkSignature(w.Reach) }

// ComparisonKeyToOthers is ComparisonKey for claims that are only compared with claims of other owners: the name of a subnet
// or route makes no difference then.
func (w World) ComparisonKeyToOthers(c Claim) string {
	return c.comparisonKeyToOthers() + c.networkSignature(w.Reach)
}

// Traits distinguish claims by what is known about them beside the rules.
type Traits struct {
	// OfClaim returns the same text for claims with the same traits: findings of two pairs with the same texts are reported
	// alike.
	OfClaim func(Claim) string
	// OfPair returns the same text for pairs whose findings are reported alike. It may do so for more pairs than OfClaim.
	OfPair func(a, b Claim) string
}

// joinTraits joins several traits into one.
func joinTraits(marks []Traits) Traits {
	return Traits{
		OfClaim: func(c Claim) string {
			text := ""
			for _, m := range marks {
				text += m.OfClaim(c) + "\n"
			}
			return text
		},
		OfPair: func(a, b Claim) string {
			text := ""
			for i, m := range marks {
				if known := m.OfPair(a, b); known != "" {
					text += fmt.Sprintf("%d:%s\n", i, known)
				}
			}
			return text
		},
	}
}
