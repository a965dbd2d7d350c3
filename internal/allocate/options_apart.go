package allocate

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// apart are the edits that separate the networks of the parties, on the side of each: none where one of the two is not
// declared here, or a link that is not declared here would stay.
func (p *planner) apart(f conflict.Finding) (one, other []conflict.Edit) {
	a, b := f.A.Network, f.B.Network
	if a == "" || b == "" || a == b || f.Mesh != "" {
		return nil, nil
	}
	return p.detached(a, b), p.detached(b, a)
}

// detached are the edits after which a network reaches neither another one nor any that reaches that one.
func (p *planner) detached(network, from string) []conflict.Edit {
	at, declared := p.networkAt(network)
	if !declared || !p.world.Reach.ConnectionsKnown(network, from) {
		return nil
	}
	var edits []conflict.Edit
	hubs, peers := p.world.Reach.Leading(network, from)
	for _, hub := range hubs {
		edits = append(edits, conflict.Edit{At: at.Attr("hubs"), Do: conflict.Take{Name: hub}})
	}
	for _, peer := range peers {
		if slices.Contains(p.peersOf(network), peer) {
			edits = append(edits, conflict.Edit{At: at.Attr("peers"), Do: conflict.Take{Name: peer}})
		}
		if !slices.Contains(p.peersOf(peer), network) {
			continue
		}
		peerAt, here := p.networkAt(peer)
		if !here {
			return nil
		}
		edits = append(edits, conflict.Edit{At: peerAt.Attr("peers"), Do: conflict.Take{Name: network}})
	}
	return edits
}

func (p *planner) peersOf(network string) []string {
	if v, ok := p.request.Facts.VPCs[network]; ok {
		return v.Peers
	}
	return p.request.Facts.Sites[network].Peers
}

// networkAt is where a VPC or site is declared.
func (p *planner) networkAt(name string) (at topology.Path, declared bool) {
	if _, ok := p.request.Facts.VPCs[name]; ok {
		return topology.Path{}.Attr("vpcs").Key(name), true
	}
	_, ok := p.request.Facts.Sites[name]
	return topology.Path{}.Attr("sites").Key(name), ok
}
