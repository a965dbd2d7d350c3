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
	// hub advertises.
	From, To string
	// Alone says that the VPC of the route has no other peer.
	Alone bool
}

// Hub is the hub that the step begins or ends at, "" for a peering.
func (s RouteStep) Hub() string {
	if s.Via == ThroughPeering {
		return ""
	}
	if s.Action == Publish {
		return s.From
	}
	return s.To
}

// RouteSteps are all steps on the ways into a network, sorted: one for each of its hubs, whichever network is
// attached there, since members send to the hub what they do not know; one for each site behind
// these hubs; and one for each peer.
func (r *Reach) RouteSteps(f Facts, to string) []RouteStep {
	i, known := r.at(to)
	if !known {
		return nil
	}
	var steps []RouteStep
	for _, hub := range r.hubs[i] {
		steps = append(steps, RouteStep{Action: Publish, Network: to, Via: ThroughHub, From: hub, To: to})
		for j, name := range r.names {
			if _, site := f.Sites[name]; site && r.rows[i].has(j) && slices.Contains(r.hubs[j], hub) {
				steps = append(steps, RouteStep{Action: Advertise, Network: name, Via: ThroughHub, From: name, To: hub})
			}
		}
	}
	for j, name := range r.names {
		if !r.peers[i].has(j) {
			continue
		}
		step := RouteStep{Action: Advertise, Network: name, Via: ThroughPeering, From: name, To: to}
		_, vpc := f.VPCs[name]
		if _, site := f.Sites[name]; !vpc && !site {
			continue // a network of another workspace, which has to see to it
		}
		if vpc {
			step.Action, step.Alone = SendToPeer, len(r.peers[j].members()) == 1
		}
		steps = append(steps, step)
	}
	return steps
}
