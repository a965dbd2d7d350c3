package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// maxTried is the number of plans that are made to try other profiles, and maxProfiles the number of them in one message.
const (
	maxTried    = 12
	maxProfiles = 2
)

// withOtherProfiles returns findings with further options. If a cluster that holds nothing yet needs more than its profile allows, another
// profile of the same platform can be an option: a plan with that profile must not have the finding any more, and no new one.
func (p *stages) withOtherProfiles(findings []conflict.Finding) []conflict.Finding {
	if p.request.OfBlocks || len(p.result.Unknown) > 0 {
		return findings
	}
	tried, out := 0, slices.Clone(findings)
	for i, f := range findings {
		of := f.Number.Unit
		if f.Accepted != nil || f.A.Profile == nil || of != conflict.Nodes && of != conflict.Pods && of != conflict.Routes {
			continue
		}
		if _, held := p.before[f.A.Owner]; held {
			continue
		}
		if p.request.ExistingOf(f.A.Owner).Ranges().Held() {
			continue
		}
		found := 0
		for _, name := range p.catalog.Names() {
			other, _ := p.catalog.Profile(name)
			if other.Platform != f.A.Profile.Platform || name == f.A.Profile.Name || tried == maxTried || found == maxProfiles {
				continue
			}
			tried++
			if edits := p.withProfile(f, other, findings); edits != nil {
				found++
				option := topology.Option{Kind: conflict.OtherProfile, Edits: edits}
				out[i].ExtraOptions = append(slices.Clip(out[i].ExtraOptions), option)
			}
		}
	}
	return out
}

// withProfile are the edits that give the cluster of a finding another profile, nil where a plan with them fails or has a finding
// that is not among those of this plan.
func (p *stages) withProfile(f conflict.Finding, other *profile.Profile, findings []conflict.Finding) []topology.Edit {
	at := topology.Path{}.Attr("clusters").Key(f.A.Owner)
	edits := []topology.Edit{topology.Set(at.Attr("profile"), other.Name)}
	r := p.given
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	cl := r.Facts.Clusters[f.A.Owner]
	if cl.Profile = other.Name; other.Pods.From != profile.Subnets && len(cl.PodSubnets) > 0 {
		cl.PodSubnets = nil
		edits = append(edits, topology.Remove(at.Attr("pod_subnets")))
	}
	r.Facts.Clusters[f.A.Owner] = cl
	known := map[string]bool{}
	for _, was := range findings {
		known[was.Key().String()] = true
	}
	worse := func(now conflict.Finding) bool {
		return !known[now.Key().String()] || now.Code == f.Code && now.A.Owner == f.A.Owner
	}
	if p.tried(r, f.A.Owner, worse) {
		return edits
	}
	return nil
}

// failsMore says whether a fault stops a plan that is not among others. A warning of before at the same place is another fault.
func failsMore(faults, known []topology.Fault) bool {
	return slices.ContainsFunc(faults, func(f topology.Fault) bool {
		return !f.Warn && !slices.ContainsFunc(
			known, func(was topology.Fault) bool { return !was.Warn && was.At.String() == f.At.String() },
		)
	})
}
