package profile

import "maps"

// Unnamed returns the profile of clusters of other workspaces whose claims name none, nil for a catalog without platforms:
// their Pods may be routed, so that networks that reach them must use other addresses. Since that is not certain, what follows
// from routes to these Pods is a warning; the other party's profile may be stricter.
func (c *Catalog) Unnamed() *Profile {
	routed, known := c.Profile("kubernetes-routed")
	if !known {
		return nil
	}
	p := *routed
	p.Name, p.Overlap = "", maps.Clone(routed.Overlap)
	p.Overlap[PodPodSameVPC] = routed.Overlap[PodPodUnroutedSameVPC]
	p.Overlap[PodPodPeer] = routed.Overlap[PodPodUnroutedPeer]
	for _, pair := range []Pair{PodPeerVPC, PodSite, PodRoute} {
		rule := p.Overlap[pair]
		rule.Level, rule.Reason = routed.Unnamed.Level, routed.Unnamed.Reason
		p.Overlap[pair] = rule
	}
	return &p
}
