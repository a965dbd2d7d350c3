package profile

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Output is an object of an allocation whose attributes are named and shaped as the arguments
// of a cloud resource.
type Output struct {
	Description string                     `yaml:"description"`
	Attributes  map[string]OutputAttribute `yaml:"attributes"`
	// Resources are the cloud resources that have the arguments, by type.
	Resources map[string]OutputResource `yaml:"resources"`
}

// OutputResource is a cloud resource that an output serves.
type OutputResource struct {
	// Within names the block that holds an argument, by argument; "*" is for all others.
	Within map[string]string `yaml:"within"`
	// Lacks are arguments of the output that the resource does not have.
	Lacks []string `yaml:"lacks"`
	// Left are arguments of the resource that hold addresses, subnets or families and are left to the configuration
	// or the platform, by path, with the reason.
	Left map[string]string `yaml:"left"`
}

// Path returns where the resource has an argument of the output.
func (r OutputResource) Path(argument string) string {
	within, given := r.Within[argument]
	if !given {
		within = r.Within["*"]
	}
	if within == "" {
		return argument
	}
	return within + "." + argument
}

// OutputAttribute is one argument and where its value comes from.
type OutputAttribute struct {
	// Type is "string", "number", "bool" or "list". A list is one of texts, or of objects with Fields.
	Type   string   `yaml:"type"`
	Fields []string `yaml:"fields"`
	// Value is a key of the values below.
	Value string `yaml:"value"`
	// Word is what a dual_word says of a cluster with both families.
	Word string `yaml:"word"`
	// Use is the use of an other_range, a key of other_ranges of the profile.
	Use         string `yaml:"use"`
	Description string `yaml:"description"`
}

// Grows says whether the argument changes with every Pod range that is added.
func (a OutputAttribute) Grows() bool {
	return slices.Contains([]string{"pod_cidrs_comma", "pod_range_names", "named_ranges"}, a.Value)
}

// OfFirstPods says whether the argument has the first IPv4 Pod range.
func (a OutputAttribute) OfFirstPods() bool {
	return slices.Contains([]string{"pod_cidr", "pod_cidrs_comma", "pod_cidrs_dual", "pod_cidr_single", "pod_cidrs_both"}, a.Value)
}

// OfPodsPerNode says whether the argument is the number of Pods on a node.
func (a OutputAttribute) OfPodsPerNode() bool { return a.Value == "pods_per_node" }

// OfDNS says whether the argument is the address of cluster DNS that a cluster may give.
func (a OutputAttribute) OfDNS() bool { return a.Value == "dns_service_ip" }

// OfOtherRange says whether the argument has the range that a cluster gives for a use beside Pods and Services. It follows the
// configuration.
func (a OutputAttribute) OfOtherRange() bool { return a.Value == otherRange }

// HasOtherRanges says whether an argument of the output is OfOtherRange.
func (o Output) HasOtherRanges() bool {
	for _, a := range o.Attributes {
		if a.OfOtherRange() {
			return true
		}
	}
	return false
}

// NotInRanges says whether the argument says what the ranges of a cluster do not show: which families it has, how many Pods a node
// has, its own address of cluster DNS, or its range for another use.
func (a OutputAttribute) NotInRanges() bool {
	return a.Value == "dual_flag" || a.Value == "dual_word" || a.OfPodsPerNode() || a.OfDNS() || a.OfOtherRange()
}

// OfRangeAlone says whether the argument is a range of the cluster, or a list of them.
func (a OutputAttribute) OfRangeAlone() bool {
	return slices.Contains([]string{"pod_cidr", "service_cidr", "pod_cidrs_comma", "named_ranges"}, a.Value)
}

// Ranges are what one cluster or block holds.
type Ranges struct {
	// Block is the range of a block, which has no other ranges; invalid for a cluster.
	Block netip.Prefix
	// Pods are the Pod ranges in the order in which the platform got them.
	Pods    []netip.Prefix
	Service netip.Prefix
	// NodeMask is the prefix length of each node's block, 0 when there is none.
	NodeMask int
	// Aggregate is the block around the Pod ranges that is kept free for further ones; invalid where
	// there is none.
	Aggregate netip.Prefix
	// PodIPv6, ServiceIPv6 and NodeIPv6Mask are the same for IPv6; invalid and 0 where the cluster
	// has none of its own.
	PodIPv6, ServiceIPv6 netip.Prefix
	NodeIPv6Mask         int
	// Further are the ranges that were appended to Service, PodIPv6 and ServiceIPv6.
	Further Further
}

// Held says whether there is anything.
func (r Ranges) Held() bool {
	return r.Block.IsValid() || len(r.Pods) > 0 || r.Service.IsValid() || r.Dual()
}

// InUse are the ranges that a cluster or block uses, without the growth reserve.
func (r Ranges) InUse() []netip.Prefix {
	return r.appendInUse(make([]netip.Prefix, 0, r.Len()))
}

// AppendAll appends InUse and the growth reserve, if there is one.
func (r Ranges) AppendAll(to []netip.Prefix) []netip.Prefix {
	if to = r.appendInUse(slices.Grow(to, r.Len())); r.Aggregate.IsValid() {
		return append(to, r.Aggregate)
	}
	return to
}

func (r Ranges) appendInUse(to []netip.Prefix) []netip.Prefix {
	for _, list := range [...][]netip.Prefix{
		r.Pods, {r.Service, r.PodIPv6, r.ServiceIPv6, r.Block}, r.Further.Services, r.Further.PodsIPv6, r.Further.ServicesIPv6,
	} {
		for _, p := range list {
			if p.IsValid() {
				to = append(to, p)
			}
		}
	}
	return to
}

// Len is the number of ranges in use, those in lists whether or not they are valid, and of the growth reserve.
func (r Ranges) Len() int {
	n := len(r.Pods) + r.Further.Len()
	for _, p := range [...]netip.Prefix{r.Service, r.PodIPv6, r.ServiceIPv6, r.Block, r.Aggregate} {
		if p.IsValid() {
			n++
		}
	}
	return n
}

// Dual says whether the cluster holds IPv6 ranges of its own.
func (r Ranges) Dual() bool { return r.PodIPv6.IsValid() || r.ServiceIPv6.IsValid() }

// Filled is what the arguments of a cluster are made of: its ranges, and whether it has both families, which the
// ranges do not show where the platform chooses those of IPv6.
type Filled struct {
	Ranges
	BothFamilies bool
	// PodsPerNode is the number of Pods on a node by the platform's own argument, 0 where it is not known.
	PodsPerNode int64
	// DNS is the address of cluster DNS that the cluster gives, invalid where it gives none.
	DNS netip.Addr
	// Others are the ranges that the cluster gives for uses beside Pods and Services, by use.
	Others map[string][]netip.Prefix
}

// values are all that an output attribute can be made of. A missing value is the empty string.
var values = map[string]func(*Profile, Filled) string{
	"word":               func(p *Profile, _ Filled) string { return p.Words[0] },
	"pod_cidr":           func(_ *Profile, r Filled) string { return comma(r.Pods[:min(1, len(r.Pods))]...) },
	"pod_cidrs_comma":    func(_ *Profile, r Filled) string { return comma(r.Pods...) },
	"pod_cidrs_dual":     func(_ *Profile, r Filled) string { return comma(firstOf(r.Pods), r.PodIPv6) },
	"pod_ipv6_cidr":      func(_ *Profile, r Filled) string { return comma(r.PodIPv6) },
	"service_cidr":       func(_ *Profile, r Filled) string { return comma(r.Service) },
	"service_cidrs_dual": func(_ *Profile, r Filled) string { return comma(r.Service, r.ServiceIPv6) },
	"service_ipv6_cidr":  func(_ *Profile, r Filled) string { return comma(r.ServiceIPv6) },
	// two arguments of which a cluster has one: for a single family, or for both
	"pod_cidr_single":     func(_ *Profile, r Filled) string { return single(r, firstOf(r.Pods)) },
	"pod_cidrs_both":      func(_ *Profile, r Filled) string { return both(r, firstOf(r.Pods), r.PodIPv6) },
	"service_cidr_single": func(_ *Profile, r Filled) string { return single(r, r.Service) },
	"service_cidrs_both":  func(_ *Profile, r Filled) string { return both(r, r.Service, r.ServiceIPv6) },
	"pod_range_name":      func(_ *Profile, r Filled) string { return where(len(r.Pods) > 0, podRangeName(0)) },
	"service_range_name":  func(_ *Profile, r Filled) string { return where(r.Service.IsValid(), serviceRangeName) },
	"pod_range_names":     podRangeNames,
	"named_ranges":        namedRanges,
	// a Service range that is no part of the Pod range
	"service_cidr_apart": func(p *Profile, r Filled) string {
		if p.Pods.From == Shared {
			return ""
		}
		return comma(r.Service)
	},
	"service_addresses": func(_ *Profile, r Filled) string { return count(r.Service) },
	"node_addresses": func(_ *Profile, r Filled) string {
		if r.NodeMask == 0 {
			return ""
		}
		return strconv.FormatInt(addresses(r.NodeMask), 10)
	},
	// the address that the cluster gives, or else the tenth of its Service range
	"dns_service_ip": func(_ *Profile, r Filled) string {
		if r.DNS.IsValid() && r.Service.IsValid() {
			return r.DNS.String()
		}
		return address(r.Service, 10)
	},
	"pods_per_node": func(p *Profile, r Filled) string {
		if len(p.Nodes.PodsPerNode.Listed) == 1 { // the platform sets it, and accepts no argument
			return ""
		}
		return number(int(r.PodsPerNode))
	},
	"node_mask": func(_ *Profile, r Filled) string { return number(r.NodeMask) },
	// the mask of clusters of a single family
	"node_mask_single": func(_ *Profile, r Filled) string {
		if r.Dual() {
			return ""
		}
		return number(r.NodeMask)
	},
	"node_ipv6_mask":    func(_ *Profile, r Filled) string { return number(r.NodeIPv6Mask) },
	"service_address_1": func(_ *Profile, r Filled) string { return address(r.Service, 1) },
	// a switch for both families, of which dual_word is another form; null leaves a cluster with IPv4, as the clouds do by themselves
	"dual_flag":          func(_ *Profile, r Filled) string { return where(r.BothFamilies, "true") },
	"service_address_10": func(_ *Profile, r Filled) string { return address(r.Service, 10) },
}

// Values returns the attributes of the output for what a cluster of the profile holds, as text;
// those without a value are left out.
func (o Output) Values(p *Profile, held Filled) map[string]string {
	if p.ManagesServices(held.Service) {
		held.Service = netip.Prefix{}
	}
	out := map[string]string{}
	for name, attribute := range o.Attributes {
		if text := attribute.text(name, p, held); text != "" {
			out[name] = text
		}
	}
	return out
}

// comma joins the valid ones among prefixes.
func comma(prefixes ...netip.Prefix) string {
	var out []string
	for _, p := range prefixes {
		if p.IsValid() {
			out = append(out, p.String())
		}
	}
	return strings.Join(out, ",")
}

// count is the number of addresses of an IPv4 range.
func count(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return strconv.FormatInt(addresses(p.Bits()), 10)
}

func where(so bool, text string) string {
	if !so {
		return ""
	}
	return text
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func address(p netip.Prefix, n uint64) string {
	if a, ok := cidr.NthAddr(p, n); ok {
		return a.String()
	}
	return ""
}
