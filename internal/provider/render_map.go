package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/addressmap"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// drawn is the map of a resource that is given as a whole, with its networks and conflicts, or of claims.
func (r *renderFunction) drawn(given tftypes.Value, format, language string) (tftypes.Value, error) {
	in, known, err := r.mapInput(given)
	switch {
	case err != nil:
		return tftypes.Value{}, err
	case !known:
		return values.Unknown(tftypes.String), nil
	}
	return tftypes.NewValue(tftypes.String, addressmap.Render(addressmap.New(in), format, language)), nil
}

// mapInput is what a map shows. known says that nothing of it is known only after apply: a map without a network that
// is still to come would change between plan and apply.
func (r *renderFunction) mapInput(given tftypes.Value) (in addressmap.Input, known bool, err error) {
	if _, is := plannerOf(r.writer, given); !is {
		in.Claims, known, err = r.read(given)
		return in, known, err
	}
	v, err := readResourceArgument(r.writer, given, messages.AnyPlanner)
	if err != nil || v.unset || v.unknown || v.request.OutgoingClaimsUnknown(v.result, v.writer.Catalog) || !v.argumentsKnown(given) {
		return in, false, err
	}
	return v.mapped(), true, nil
}

// argumentsKnown says whether all arguments of a resource are known. A map shows descriptions, subnets and whether a conflict is accepted.
func (v resourceArgument) argumentsKnown(given tftypes.Value) bool {
	attributes := values.AttributesOf(given)
	for name := range v.kind.arguments {
		if value, has := attributes[name]; has && !value.IsFullyKnown() {
			return false
		}
	}
	return true
}

// mapped is what a map of the resource shows. Its conflicts are those that a plan without edits reports.
func (v resourceArgument) mapped() addressmap.Input {
	planned, facts := allocate.Plan(v.asHeld(), v.writer.Catalog), v.request.Facts
	in := addressmap.Input{
		Name: v.request.Name, Claims: v.request.OutgoingClaims(v.result.Allocations, v.result.Released, v.writer.Catalog),
		VPCs: facts.VPCs, Sites: facts.Sites, Checked: !planned.Failed(), Pools: poolsOf(v.request.Pools),
	}
	if survey, err := v.survey(); err == nil { // otherwise the plan has failed, and its faults say why
		in.Unusable = unusableIn(facts, survey)
	}
	for key, c := range facts.Foreign {
		if c.Allocator != v.request.Holder() { // its own come back where all workspaces share their claims
			in.Claims["foreign:"+key] = c
		}
	}
	for _, c := range planned.Claims {
		if c.Kind == conflict.Other && !c.Routed() { // the claims have those
			in.Others = append(in.Others, mappedUse(c, facts.VRFOf(c.Network)))
		}
	}
	for _, f := range planned.Findings {
		if f.B != nil && !f.OutsideOther() {
			in.Conflicts = append(in.Conflicts, mappedConflict(f))
		}
	}
	return in
}

func mappedConflict(f conflict.Finding) addressmap.Conflict {
	return addressmap.Conflict{
		A: mappedParty(f.A), B: mappedParty(*f.B), Shared: f.Shared, Code: f.Code, Accepted: f.Accepted != nil,
		Warning: f.Rule.Level < profile.Error,
	}
}

// mappedUse is a range that a cluster uses beside Pods and Services.
func mappedUse(c conflict.Claim, vrf string) addressmap.Use {
	return addressmap.Use{
		Kind: addressmap.Other, Range: c.Range, Owner: c.Owner, Part: c.Part, Network: c.Network, VRF: vrf, Profile: c.Profile.Name,
		Description: c.Description,
	}
}

func mappedParty(c conflict.Claim) addressmap.Party {
	return addressmap.Party{Kind: mappedKinds[c.Kind], Owner: c.Owner, Part: c.Part}
}

// mappedKinds are the kinds of claims as a map has them.
var mappedKinds = map[conflict.Kind]addressmap.Kind{
	conflict.Pod: addressmap.Pod, conflict.Service: addressmap.Service, conflict.Other: addressmap.Other,
	conflict.Block:  addressmap.Block,
	conflict.Subnet: addressmap.Subnet, conflict.VPC: addressmap.VPC, conflict.Site: addressmap.Site, conflict.Route: addressmap.Route,
	conflict.Reserved: addressmap.Reserved, conflict.GrowthReserve: addressmap.GrowthReserve, conflict.Released: addressmap.Released,
	conflict.Existing: addressmap.Existing, conflict.Supernet: addressmap.Supernet,
}
