package profile

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// OtherRange is a use of addresses by a cluster beside Pods and Services, such as the join subnet of OVN-Kubernetes or the
// control plane of GKE. A profile has them by the name that the argument other_ranges of a cluster uses:
//
//	other_ranges:
//	  join:
//	    title: join subnet                    # messages: join subnet 100.64.0.0/16 of cluster "shop"
//	    description: connects the routers of the nodes   # guides; without a capital and a full stop
//	    reach: local                          # or routed: see Reach
//	    argument: spec.defaultNetwork.ovnKubernetesConfig.ipv4.internalJoinSubnet   # sets it on the platform; optional
//	    max: 1                                # ranges of each address family; without it, any number
//	    ipv6: true                            # the range can be an IPv6 one; without it, it is IPv4
//	    default: {cidrs: [100.64.0.0/16, fd98::/64], level: allow, text: …, sources: […], confidence: verified}   # optional
//	    limits: […]                           # as those of pods; optional
//	    contains:                             # optional: Pod ranges of the cluster must be inside
//	      pods: {level: error, text: …, sources: […], confidence: verified}
//	    overlap:                              # what must not share addresses with it; what is not listed may
//	      pods: {level: error, text: …, sources: […], confidence: verified}
//
// The keys of overlap are the OtherPairs. A default is in use by each cluster that gives no range of its family; an IPv6 one
// only by clusters with IPv6.
type OtherRange struct {
	// Title names the use in messages, such as "join subnet", without a capital where it is no name.
	Title string `yaml:"title"`
	// Description says what the addresses are for, as part of a sentence.
	Description string `yaml:"description"`
	// Reach says where the addresses are in use.
	Reach Reach `yaml:"reach"`
	// Argument is the argument of the platform that sets the range, "" where nothing does.
	Argument string `yaml:"argument"`
	// Max bounds the number of ranges of each address family; 0 is no bound.
	Max int `yaml:"max"`
	// IPv6 says that the range can be an IPv6 one.
	IPv6 bool `yaml:"ipv6"`
	// Default are the ranges that are in use if the configuration gives none of their family.
	Default DefaultRanges `yaml:"default"`
	Limits  []Limit       `yaml:"limits"`
	// Contains says which ranges of the cluster must be inside.
	Contains Contains `yaml:"contains"`
	// Overlap says what must not share addresses with the range.
	Overlap map[OtherPair]Rule `yaml:"overlap"`
}

// Reach says where the addresses of an OtherRange are in use.
type Reach string

const (
	// Local addresses are in use inside the nodes of the cluster alone: other clusters, blocks and networks that do not meet them may
	// have the same ones.
	Local Reach = "local"
	// Routed addresses are in use in the network, which leads traffic to them, as it does to Pods: nothing else of the network or of
	// connected ones may have them, so other workspaces have to know of them.
	Routed Reach = "routed"
)

// Contains are the rules on ranges of the cluster that must be inside another range of it. A rule without a text is none.
type Contains struct {
	Pods Rule `yaml:"pods"`
}

// OtherPair names what another range of a cluster is compared with: the key of the overlap table of an OtherRange. It is no type
// of its own, for the same reason as Pair.
type OtherPair = string

// The pairs of another range of a cluster.
const (
	OtherOwnPods     OtherPair = "pods"     // of the same cluster
	OtherOwnServices OtherPair = "services" // of the same cluster
	OtherOwnOther    OtherPair = "other"    // ranges of the same cluster under another name
	OtherVPC         OtherPair = "vpc"      // own network: blocks and subnets of the VPC, hosts of the site
	OtherRoute       OtherPair = "route"    // of the own VPC
	OtherPeerVPC     OtherPair = "peer_vpc" // a connected VPC
	OtherSite        OtherPair = "site"     // a connected site

	OtherPodsSameVPC     OtherPair = "pods_same_vpc" // of other clusters in the network
	OtherServicesSameVPC OtherPair = "services_same_vpc"
	OtherOtherSameVPC    OtherPair = "other_same_vpc"
	OtherPodsPeer        OtherPair = "pods_peer" // of clusters in connected networks
	OtherServicesPeer    OtherPair = "services_peer"
	OtherOtherPeer       OtherPair = "other_peer"
)

// OtherPairs are all of them.
var OtherPairs = []OtherPair{
	OtherOwnPods, OtherOwnServices, OtherOwnOther, OtherVPC, OtherRoute, OtherPeerVPC, OtherSite, OtherPodsSameVPC,
	OtherServicesSameVPC, OtherOtherSameVPC, OtherPodsPeer, OtherServicesPeer, OtherOtherPeer,
}

// PairsBesideRouted are the pairs on which the data of a routed range has a rule: those with what other clusters and workspaces may choose
// without a look at the cluster.
var PairsBesideRouted = []OtherPair{OtherPodsSameVPC, OtherServicesSameVPC, OtherPodsPeer, OtherServicesPeer, OtherPeerVPC}

// OtherNames are the names of the other ranges of clusters of the profile, sorted.
func (p *Profile) OtherNames() []string { return slices.Sorted(maps.Keys(p.OtherRanges)) }

// OtherUse is a use beside Pods and Services of clusters of a profile. If the profile is not known, it is one of that name of any profile,
// if possible one that networks route.
func (c *Catalog) OtherUse(profile, use string) (found OtherRange, known bool) {
	if p, has := c.Profile(profile); has {
		found, known = p.OtherRanges[use]
		return found, known
	}
	for _, name := range c.Names() {
		if o, has := c.profiles[name].OtherRanges[use]; has && (!known || o.Reach == Routed) {
			found, known = o, true
		}
	}
	return found, known
}

// OtherUseNames are the names of all uses that OtherUse knows for a profile, sorted.
func (c *Catalog) OtherUseNames(profile string) []string {
	if p, has := c.Profile(profile); has {
		return p.OtherNames()
	}
	all := map[string]bool{}
	for _, p := range c.profiles {
		for use := range p.OtherRanges {
			all[use] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// HasRouted says whether clusters of the profile can have another range that networks route.
func (p *Profile) HasRouted() bool {
	return slices.ContainsFunc(p.OtherNames(), func(name string) bool { return p.OtherRanges[name].Reach == Routed })
}

// InUse are the ranges that a cluster uses: those that the configuration gives, and the default of each address family of which it
// gives none. ipv6 says that the cluster has IPv6. given says for each range whether the configuration gives it.
func (o OtherRange) InUse(configured []netip.Prefix, ipv6 bool) (ranges []netip.Prefix, given []bool) {
	for _, r := range configured {
		ranges, given = append(ranges, r), append(given, true)
	}
	for _, r := range o.Default.CIDRs {
		family := cidr.FamilyOf(r)
		isOf := func(c netip.Prefix) bool { return cidr.FamilyOf(c) == family }
		if (family == cidr.V4 || ipv6) && !slices.ContainsFunc(configured, isOf) {
			ranges, given = append(ranges, r), append(given, false)
		}
	}
	return ranges, given
}

// Holds says whether the rule on what must be inside has a text.
func (c Contains) Holds() bool { return c.Pods.Text != "" }
