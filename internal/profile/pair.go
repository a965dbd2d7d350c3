package profile

import "slices"

// Pair names two kinds of ranges and how the networks of their owners are connected: the key of a
// profile's overlap table. It is no type of its own, since YAML lets a merged key win over one that is
// written out unless keys are plain strings.
type Pair = string

// The pairs that every profile has a rule for.
const (
	PodVPC                Pair = "pod_vpc"     // own network: blocks and subnets of the VPC, hosts of the site
	ServiceVPC            Pair = "service_vpc" // own network
	ServicePod            Pair = "service_pod" // of the same cluster
	PodPodSameVPC         Pair = "pod_pod_same_vpc"
	PodServiceSameVPC     Pair = "pod_service_same_vpc"
	ServiceServiceSameVPC Pair = "service_service_same_vpc"
	PodPeerVPC            Pair = "pod_peer_vpc"
	ServicePeerVPC        Pair = "service_peer_vpc"
	PodPodPeer            Pair = "pod_pod_peer"
	PodServicePeer        Pair = "pod_service_peer"
	ServiceServicePeer    Pair = "service_service_peer"
	PodRoute              Pair = "pod_route"
	ServiceRoute          Pair = "service_route"
	PodSite               Pair = "pod_site"
	ServiceSite           Pair = "service_site"
)

// The pairs with a rule of their own for clusters of another profile; without an entry the
// general pair holds.
const (
	PodPodOtherModeSameVPC Pair = "pod_pod_other_mode_same_vpc"
	PodPodOtherModePeer    Pair = "pod_pod_other_mode_peer"
)

// The pairs with a rule of their own except for clusters whose Pods are certain to be routed outside of
// them; without an entry the general pair holds.
const (
	PodPodUnroutedSameVPC Pair = "pod_pod_unrouted_same_vpc"
	PodPodUnroutedPeer    Pair = "pod_pod_unrouted_peer"
)

// ofPods and ofServices are the pairs that a range of the kind can be in.
var (
	ofPods     = []Pair{PodVPC, PodPodSameVPC, PodServiceSameVPC, PodPeerVPC, PodPodPeer, PodServicePeer, PodRoute, PodSite}
	ofServices = []Pair{
		ServiceVPC, PodServiceSameVPC, ServiceServiceSameVPC, ServicePeerVPC, PodServicePeer, ServiceServicePeer,
		ServiceRoute, ServiceSite,
	}
)

// pairs are those that the profile needs a rule for: of the ranges that its clusters hold.
func (p *Profile) pairs() []Pair {
	switch p.Pods.From {
	case Subnets:
		return ofServices
	case Shared:
		return ofPods
	default:
		all := append(slices.Concat(ofPods, ofServices), ServicePod)
		slices.Sort(all)
		return slices.Compact(all) // a Pod and a Service of two clusters are in both lists
	}
}

// hasRules says whether a profile can have a rule for the pair.
func hasRules(pair Pair) bool {
	return slices.Contains(slices.Concat(ofPods, ofServices, optional), pair)
}

var optional = []Pair{ServicePod, PodPodOtherModeSameVPC, PodPodOtherModePeer, PodPodUnroutedSameVPC, PodPodUnroutedPeer}

var otherMode = map[Pair]Pair{
	PodPodSameVPC: PodPodOtherModeSameVPC,
	PodPodPeer:    PodPodOtherModePeer,
}

var unrouted = map[Pair]Pair{
	PodPodSameVPC: PodPodUnroutedSameVPC,
	PodPodPeer:    PodPodUnroutedPeer,
}

// RuleFor returns the rule of the profile for a pair in which the other party, where it is a
// cluster, has profile other; other is nil where it is none.
func (p *Profile) RuleFor(pair Pair, other *Profile) Rule {
	if other != nil && other.Name != p.Name {
		if rule, ok := p.Overlap[otherMode[pair]]; ok {
			return rule
		}
	}
	if other != nil && !other.podsRouted() {
		if rule, ok := p.Overlap[unrouted[pair]]; ok {
			return rule
		}
	}
	return p.Overlap[pair]
}

// podsRouted says whether it is certain that networks outside have routes to the Pod ranges of its
// clusters. It implies PodsSeenOutside, which also holds where no source says what the platform does.
func (p *Profile) podsRouted() bool { return p.Overlap[PodPodPeer].Level == Error }

// PodsSeenOutside says whether other networks have routes to the Pod ranges of its clusters: where
// the platform routes them, so that two clusters that are joined must not share them.
func (p *Profile) PodsSeenOutside() bool { return p.RuleFor(PodPodPeer, nil).Broken() }
