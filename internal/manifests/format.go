package manifests

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// format is one kind of text that an allocation is written as.
type format struct {
	name string
	// pods, services and masks say what an allocation must have.
	pods, services, masks bool
	// nodeIPAM says that kube-controller-manager or code of it divides the Pod ranges into the blocks of nodes.
	nodeIPAM bool
	// kubeadm says that kubeadm checks the ranges.
	kubeadm bool
	// several says that the format has several Pod ranges of one family.
	several bool
	// policy says that the format is a policy on objects, which no other format can replace.
	policy bool
	// options are those that the format uses.
	options []string
	// internal are the ranges that the tool uses by default for itself.
	internal []internalRange
	// joins are the families in which the format has a range of join_cidrs.
	joins []cidr.Family
	// check finds what else the tool refuses, nil where there is nothing.
	check func(Allocation, Options) Problem
	// documents are the YAML documents of the text.
	documents func(Allocation, Options) []any
	// text writes documents, nil for YAML.
	text func([]any) string
}

// formats are all formats, in the order of the documentation.
var formats = []format{
	kubeadm, flags, calico, calicoPools, calicoPolicy, cilium, ciliumMultiPool, ciliumPools, ciliumPolicy, flannel, kubeOVN,
	kubeOVNSubnets, kubeOVNPolicy, serviceCIDR, openshift, rke2, k3s, kops, kubespray, talos,
}

// Formats are the names of all formats.
func Formats() []string { return namesOf(func(format) bool { return true }) }

// namesOf are the names of the formats of which something holds.
func namesOf(holds func(format) bool) []string {
	var out []string
	for _, f := range formats {
		if holds(f) {
			out = append(out, f.name)
		}
	}
	return out
}

// alternatives are the names of the formats with Pod ranges of which something holds, without the policies.
func alternatives(holds func(format) bool) []string {
	return namesOf(func(f format) bool { return f.pods && !f.policy && holds(f) })
}

// Write writes an allocation in one of Formats. The text is the same for the same input, and ends with a line feed.
func Write(name string, a Allocation, o Options) (string, Problem) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	f := formats[i]
	if p := f.problem(a, o); p != nil {
		return "", p
	}
	if f.text != nil {
		return f.text(f.documents(a, o)), nil
	}
	return yamlText(f.documents(a, o)), nil
}

// problem is the first thing that the format cannot express.
func (f format) problem(a Allocation, o Options) Problem {
	for _, find := range []func(Allocation, Options) Problem{
		f.unusedOption, ownOverlap, f.lacking, f.tooMany, f.refusedMask, f.largeServices, f.wrongJoin, f.overlap, f.check,
	} {
		if find == nil {
			continue
		}
		if p := find(a, o); p != nil {
			return p
		}
	}
	return nil
}

// ownOverlap finds two ranges of the allocation that overlap: an address would be one of a Pod and one of a Service.
func ownOverlap(a Allocation, _ Options) Problem {
	all := slices.Concat(a.pods(), a.services())
	for i, p := range all {
		if other, overlaps := overlapping(p, all[:i]); overlaps {
			return OwnOverlap{other, p}
		}
	}
	for _, p := range a.further() {
		if other, overlaps := overlapping(p, a.pods()); overlaps {
			return OwnOverlap{other, p}
		}
	}
	return nil
}

// lacking finds a range or node mask that the allocation has not, and a Service range without an address for DNS.
func (f format) lacking(a Allocation, _ Options) Problem {
	if f.pods && len(a.families()) == 0 {
		return NoRange{Pods, f.name, 0}
	}
	if f.services && len(a.services()) == 0 {
		return NoRange{Services, f.name, 0}
	}
	for _, of := range []Family{a.IPv4, a.IPv6} {
		if p := f.lackingIn(of); p != nil {
			return p
		}
	}
	if f.services && f.pods {
		if _, ok := cidr.NthAddr(a.services()[0], dnsAddress); !ok {
			return NoDNSAddress{f.name, a.services()[0]}
		}
	}
	return nil
}

// lackingIn finds what a family has not. A family with Pods has Services too, and the other way round.
func (f format) lackingIn(of Family) Problem {
	both, hasPods, hasServices := f.pods && f.services, len(of.Pods) > 0, of.Services.IsValid()
	switch {
	case both && hasPods && !hasServices:
		return NoRange{Services, f.name, of.family()}
	case both && !hasPods && hasServices:
		return NoRange{Pods, f.name, of.family()}
	case f.masks && hasPods && of.NodeMask == 0:
		return NoNodeMask{f.name, of.family(), alternatives(func(other format) bool { return !other.masks })}
	}
	return nil
}

// tooMany finds several Pod ranges where the format has one of each family.
func (f format) tooMany(a Allocation, _ Options) Problem {
	for _, of := range a.families() {
		if f.pods && !f.several && len(of.Pods) > 1 {
			return SeveralPodRanges{f.name, of.Pods, alternatives(func(other format) bool { return other.several })}
		}
	}
	return nil
}

// overlap finds a range of the allocation that overlaps one that the tool uses for itself.
func (f format) overlap(a Allocation, o Options) Problem {
	for _, r := range slices.Concat(a.pods(), a.services(), a.further()) {
		for _, internal := range f.internal {
			if internal.option != "" && o.joinOf(cidr.FamilyOf(internal.cidr)).IsValid() {
				continue
			}
			if _, shared := cidr.Overlap(r, internal.cidr); shared {
				return InternalOverlap{f.name, r, internal.use, internal.cidr, internal.option}
			}
		}
	}
	return nil
}

// internalRange is a range that a tool uses by default for itself.
type internalRange struct {
	use  string
	cidr netip.Prefix
	// option is the option that sets another one, "" where there is none.
	option string
}
