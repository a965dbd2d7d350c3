package allocate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionFinder adds to findings what their options need and the conflict package does not know: prior state, the tokens
// of renumber, which networks are connected, and free addresses of VPCs.
type optionFinder struct {
	*situation
	// claims are all ranges in use.
	claims []conflict.Claim
	// heldClaims are those that prior state held.
	heldClaims map[conflict.ID]bool
}

// withOptions returns findings with their options. claims are all ranges in use, before are the claims that prior state held.
func withOptions(s *situation, claims, before []conflict.Claim, findings []conflict.Finding) []conflict.Finding {
	o := optionFinder{situation: s, claims: claims, heldClaims: map[conflict.ID]bool{}}
	for _, c := range before {
		o.heldClaims[c.ID()] = true
	}
	out := slices.Clone(findings)
	for i, f := range findings {
		if f.Accepted == nil {
			out[i] = o.complete(f)
		}
	}
	return out
}

// complete is a finding with its options.
func (o *optionFinder) complete(f conflict.Finding) conflict.Finding {
	f.Holder, f.Held = o.request.Holder(), o.heldClaims[f.A.ID()]
	f.Tokens, f.Adopted = map[string]string{}, map[string]topology.Path{}
	f.MovedWith, f.NoRoom = map[string][]topology.Edit{}, map[string]bool{}
	o.addTokens(f, f.A)
	if f.B != nil {
		f.OtherHeld = o.heldClaims[f.B.ID()]
		o.addTokens(f, *f.B)
		f.RestoredAt = o.restoredAs(*f.B)
		f.Separations, f.OtherSeparations = o.apart(f)
		f.ExtraOptions = append(f.ExtraOptions, o.undone(f)...)
	}
	f.ExtraOptions = append(f.ExtraOptions, o.subnetOptions(f)...)
	f.ExtraOptions = append(f.ExtraOptions, o.ownRanges(f)...)
	f.ExtraOptions = append(f.ExtraOptions, o.nameInCloud(f)...)
	f.ExtraOptions = o.ofHeld(f)
	return f
}

// restoredAs is the place in existing by which a claim is released, nil if it is released by the state.
func (o *optionFinder) restoredAs(c conflict.Claim) topology.Path {
	if c.Kind != conflict.Released || c.Foreign() || o.request.Prior != nil {
		return nil
	}
	key := c.At[len(c.At)-1].Key
	if _, given := o.request.Existing[key]; !given {
		return nil
	}
	return topology.Path{}.Attr("existing").Key(key)
}

// addTokens adds the tokens that move the owner of a claim, and all that have the very same ranges, with what existing and
// prevent_release say of them.
func (o *optionFinder) addTokens(f conflict.Finding, c conflict.Claim) {
	if c.Foreign() || !c.OfClusterOrBlock() {
		return
	}
	for _, name := range append([]string{c.Owner}, c.Mirrors...) {
		f.Tokens[name] = nextToken(o.lastToken(name))
		if o.request.existingKey(name) != "" {
			f.Adopted[name] = o.existingAt(name)
		}
		if _, held := o.before[name]; held {
			f.MovedWith[name] = o.unguard([]string{name})
		}
	}
}

// ofHeld are the offers of a finding that a cluster which holds ranges can follow: another Pod range needs a token, and node
// blocks keep their size.
func (o *optionFinder) ofHeld(f conflict.Finding) []topology.Option {
	if _, held := o.before[f.A.Owner]; !held {
		return f.ExtraOptions
	}
	var offers []topology.Option
	for _, o := range f.ExtraOptions {
		at := o.Edits[0].At
		switch last := at[len(at)-1].Attr; {
		case last == "node_cidr_mask", last == "node_ipv6_cidr_mask":
			continue
		case at.String() == f.A.At.String() && f.A.Fixed():
			o.Edits = append(slices.Clone(o.Edits), topology.Set(topology.Path{}.Attr("renumber").Key(f.A.Owner), f.Tokens[f.A.Owner]))
			if existing, adopted := f.Adopted[f.A.Owner]; adopted {
				o.Edits = append(o.Edits, topology.Remove(existing))
			}
			o.Edits = append(o.Edits, f.MovedWith[f.A.Owner]...)
		}
		offers = append(offers, o)
	}
	return offers
}

// ownRanges is the option that gives a cluster ranges of its own, which has those of another one and does not hold them yet.
func (o *optionFinder) ownRanges(f conflict.Finding) []topology.Option {
	for _, c := range []*conflict.Claim{&f.A, f.B} {
		if c == nil || c.SameAs == "" || !c.Fixed() {
			continue
		}
		need := o.request.Facts.Clusters[c.SameAs].Need
		if _, held := o.before[c.Owner]; held || need.MaxNodes == 0 {
			continue
		}
		at := topology.Path{}.Attr("clusters").Key(c.Owner)
		edits := []topology.Edit{topology.Remove(at.Attr("same_as")), topology.Set(at.Attr("max_nodes"), need.MaxNodes)}
		if need.MaxServices > 0 {
			edits = append(edits, topology.Set(at.Attr("max_services"), need.MaxServices))
		}
		return []topology.Option{{Kind: conflict.OwnRanges, Edits: edits}}
	}
	return nil
}

// nameInCloud gives a cluster the name of an entry of existing that has its ranges: a cloud may report it under another name.
func (o *optionFinder) nameInCloud(f conflict.Finding) []topology.Option {
	if f.B == nil || f.B.Kind != conflict.Existing || f.B.Foreign() || !f.A.OfCluster() || !o.heldClaims[f.A.ID()] {
		return nil
	}
	cl, declared := o.request.Facts.Clusters[f.A.Owner]
	if !declared || cl.CloudName != "" || !o.request.Existing[f.B.Owner].isPartOf(o.rangesOf(f.A.Owner)) {
		return nil
	}
	at := topology.Path{}.Attr("clusters").Key(f.A.Owner).Attr("cloud_name")
	return []topology.Option{{Kind: conflict.Named, Edits: []topology.Edit{topology.Set(at, f.B.Owner)}}}
}

// lastToken is the token that renumber gave a cluster or block last, now or before.
func (s *situation) lastToken(name string) string {
	if token := s.request.Renumber[name]; token != "" || s.request.Prior == nil {
		return token
	}
	for _, old := range s.request.Facts.OwnerNames(name) {
		if token := s.request.Prior.Renumber[old]; token != "" {
			return token
		}
	}
	return ""
}

// nextToken is a token that differs from another one: the number at its end grows by one.
func nextToken(token string) string {
	digits := len(token) - len(strings.TrimRight(token, "0123456789"))
	if n, err := strconv.ParseUint(token[len(token)-digits:], 10, 32); err == nil {
		return token[:len(token)-digits] + strconv.FormatUint(n+1, 10)
	}
	if token == "" {
		return "1"
	}
	return token + "-2"
}

// freshToken is a token of renumber that was not used before.
func (r Request) freshToken(name string) string {
	if r.Prior == nil {
		return nextToken("")
	}
	return nextToken(r.Prior.Renumber[name])
}
