package conflict

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// crowds says whether the claim can be one of a crowd. What was delegated is compared by who holds the other
// range, and so by itself.
func (c Claim) mayBeSampled() bool {
	return len(c.Delegations) == 0 && (c.Profile != nil || !c.OfCluster())
}

// alike is the same for claims that stand to others alike, wherever their networks are joined in the same way.
// It names every field that Between looks at, but for who has the claim, its range and its network: these a
// crowd compares by itself.
func (c Claim) comparisonKey() string { return fmt.Sprintf("%q", c.Part) + c.comparisonKeyToOthers() }

// comparedAlike is alike for claims that may be different subnets or routes of their owners.
func (c Claim) comparisonKeyToOthers() string {
	profile := "none"
	if c.Profile != nil {
		profile = fmt.Sprintf("%q", c.Profile.Name)
	}
	return fmt.Sprintf("%d %d %d %t %s %q %t %t %t %q %t %d %q %t %q\n",
		c.Kind, c.OwnerKind, c.Source, c.Unplaced, profile, c.Meshes, c.Index > 0, c.SameAs != "", len(c.Mirrors) > 0,
		c.Platform, c.SubnetsCompared, c.Visibility, c.NextHop.Connections, c.NextHop.Node, c.VRFs)
}

// standing is how the network of the claim stands to others.
func (c Claim) networkSignature(r *topology.Reach) string {
	text := r.ConnectionSignature(c.Network)
	if c.GrowsIn != "" {
		text += r.ConnectionSignature(c.GrowsIn)
	}
	return text
}

// Alike is the same for claims that stand alike to every claim of another owner that is in a third network, and to those in
// each other's networks.
func (w World) ComparisonKey(c Claim) string { return c.comparisonKey() + c.networkSignature(w.Reach) }

// AlikeToOthers is Alike for claims that are compared with those of other owners alone: which subnet or route of its owner
// a claim is makes no difference then.
func (w World) ComparisonKeyToOthers(c Claim) string {
	return c.comparisonKeyToOthers() + c.networkSignature(w.Reach)
}

// Marks tell claims apart by what is known of them beside the rules.
type Traits struct {
	// Of returns the same text for claims of which the same is known: two pairs with the same texts are told
	// alike.
	OfClaim func(Claim) string
	// Between returns the same text for pairs of claims that are told alike. It may say of more pairs than Of
	// that they are.
	OfPair func(a, b Claim) string
}

// allMarks are several as one.
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
