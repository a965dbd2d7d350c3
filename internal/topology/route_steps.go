package topology

import "slices"

// Action is what a network does so that others find the way to something.
type Action string

const (
	// SendToPeer means that a VPC sends the destination to a peer: an entry of its route table.
	SendToPeer Action = "route"
	// Publish means that a network makes the destination known to a hub, which sends it there.
	Publish Action = "publish"
	// Advertise means that a site learns the destination, by BGP or as a static route of its own.
	Advertise Action = "advertise"
)

// Connection is how two networks are connected.
type Connection string

const (
	// ThroughHub means that both are attached to one hub.
	ThroughHub Connection = "hub"
	// ThroughPeering means that they are peers.
	ThroughPeering Connection = "peering"
)

// RouteStep is one step on the way into a network that has to be made known for what the network does not
// announce by itself: at From, what goes there is sent to To.
type RouteStep struct {
	Action Action
	// Network has to see to it.
	Network string
	Via     Connection
	// From and To are networks, or a hub: From of what is published, To of what a site behind the
	// hub is told.
	From, To string
	// Alone says of a route that the VPC has no other peer.
	Alone bool
}

// Hub is the hub that the leg begins or ends at, "" for a peering.
func (l RouteStep) Hub() string {
	if l.Via == ThroughPeering {
		return ""
	}
	if l.Action == Publish {
		return l.From
	}
	return l.To
}

// RouteSteps are all legs on the ways into a network, sorted: one for each of its hubs, whoever else is
// attached there, since members send to the hub what they do not know; one for each site behind
// these hubs; and one for each peer.
func (r *Reach) RouteSteps(f Facts, to string) []RouteStep {
	i, known := r.at(to)
	if !known {
		return nil
	}
	var legs []RouteStep
	for _, hub := range r.hubs[i] {
		legs = append(legs, RouteStep{Action: Publish, Network: to, Via: ThroughHub, From: hub, To: to})
		for j, name := range r.names {
			if _, site := f.Sites[name]; site && r.rows[i].has(j) && slices.Contains(r.hubs[j], hub) {
				legs = append(legs, RouteStep{Action: Advertise, Network: name, Via: ThroughHub, From: name, To: hub})
			}
		}
	}
	for j, name := range r.names {
		if !r.peers[i].has(j) {
			continue
		}
		leg := RouteStep{Action: Advertise, Network: name, Via: ThroughPeering, From: name, To: to}
		_, vpc := f.VPCs[name]
		if _, site := f.Sites[name]; !vpc && !site {
			continue // a network of another workspace, which has to see to it
		}
		if vpc {
			leg.Action, leg.Alone = SendToPeer, len(r.peers[j].members()) == 1
		}
		legs = append(legs, leg)
	}
	return legs
}
