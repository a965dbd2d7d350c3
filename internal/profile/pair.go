package profile

import "slices"

// Pair names two kinds of ranges and how their owners stand to each other: the key of a
// profile's overlap table.
type Pair string

// The pairs that every profile judges.
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

// The pairs that a profile may judge apart from clusters of its own kind; without an entry the
// general pair holds.
const (
	PodPodOtherModeSameVPC Pair = "pod_pod_other_mode_same_vpc"
	PodPodOtherModePeer    Pair = "pod_pod_other_mode_peer"
)

var requiredPairs = []Pair{
	PodVPC, ServiceVPC, ServicePod, PodPodSameVPC, PodServiceSameVPC, ServiceServiceSameVPC,
	PodPeerVPC, ServicePeerVPC, PodPodPeer, PodServicePeer, ServiceServicePeer,
	PodRoute, ServiceRoute, PodSite, ServiceSite,
}

// judged says whether a profile can judge the pair.
func (p Pair) judged() bool {
	return slices.Contains(requiredPairs, p) || p == PodPodOtherModeSameVPC || p == PodPodOtherModePeer
}

var otherMode = map[Pair]Pair{
	PodPodSameVPC: PodPodOtherModeSameVPC,
	PodPodPeer:    PodPodOtherModePeer,
}

// Judge returns the rule of the profile for a pair in which the other party, where it is a
// cluster, has profile other; other is nil where it is none.
func (p *Profile) Judge(pair Pair, other *Profile) Rule {
	if other != nil && other.Name != p.Name {
		if rule, ok := p.Overlap[otherMode[pair]]; ok {
			return rule
		}
	}
	return p.Overlap[pair]
}
