package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// moveOptions are the options of a cluster that is declared in another network than the one in which it holds its ranges.
func (s *situation) moveOptions(e OtherNetwork) []topology.Option {
	at := s.request.all().Key(e.Cluster)
	if exchanged := s.exchanged(e.Was, e.Now); len(exchanged) > 0 {
		return exchanged
	}
	var options []topology.Option
	if e.Renamable {
		options = append(
			options,
			topology.OptionWhen(topology.NewName, topology.Set(networkAt(e.Site).Key(e.Now).Attr("previous_names"), []string{e.Was})),
		)
	}
	back := []topology.Edit{topology.Set(at.Attr("vpc"), e.Was)}
	if e.Undeclared {
		_, site := s.request.Prior.Facts.Sites[e.Was]
		back = append(back, topology.Restore(networkAt(site).Key(e.Was)))
	}
	options = append(options, topology.OptionOf(back...))
	options = append(options, s.second(e.Cluster, back, nil)...)
	for _, moving := range s.renumberOption(e.Cluster) {
		moving.Kind = topology.MovesWithNetwork
		options = append(options, moving)
	}
	return append(options, topology.OptionWhen(topology.DeclaredWrong, s.confirming(e)...))
}

// confirming pins a cluster to what it holds and confirms with a token that it has always been where it is declared.
func (s *situation) confirming(e OtherNetwork) []topology.Edit {
	at := s.request.all().Key(e.Cluster)
	edits := []topology.Edit{topology.Set(renumberAt(e.Cluster), nextToken(s.lastToken(e.Cluster)))}
	if !e.Pinned {
		edits = append(pinned(at, e.Held), edits...)
	}
	return edits
}

// pinned are the arguments that pin a cluster to ranges. A Service range inside the Pod range is pinned with it.
func pinned(at topology.Path, held profile.Ranges) []topology.Edit {
	var edits []topology.Edit
	if len(held.Pods) > 0 {
		edits = append(edits, topology.Set(at.Attr("pod_cidrs"), held.Pods))
	}
	if held.Service.IsValid() &&
		!slices.ContainsFunc(held.Pods, func(pods netip.Prefix) bool { return cidr.Contains(pods, held.Service) }) {
		edits = append(edits, topology.Set(at.Attr("service_cidr"), held.Service))
	}
	if held.PodIPv6.IsValid() {
		edits = append(edits, topology.Set(at.Attr("pod_ipv6_cidr"), held.PodIPv6))
	}
	if held.ServiceIPv6.IsValid() {
		edits = append(edits, topology.Set(at.Attr("service_ipv6_cidr"), held.ServiceIPv6))
	}
	for _, list := range held.Further.Lists() {
		if len(*list.Ranges) > 0 {
			edits = append(edits, topology.Set(at.Attr(list.Attr), *list.Ranges))
		}
	}
	return edits
}

func networkAt(site bool) topology.Path {
	if site {
		return topology.Path{}.Attr("sites")
	}
	return topology.Path{}.Attr("vpcs")
}

// exchanged is the option of two networks each of which is declared with the ranges that the other one had: both take
// names that neither had, and name the old ones. A plan sees no difference between two names that are exchanged and two that stay.
func (s *situation) exchanged(was, now string) []topology.Option {
	prior, facts := s.request.Prior.Facts, s.request.Facts
	if !sameBlocks(prior, was, facts, now) || !sameBlocks(prior, now, facts, was) {
		return nil
	}
	option := topology.Option{Kind: topology.NamesExchanged}
	for _, pair := range [][2]string{{now, was}, {was, now}} {
		_, site := facts.Sites[pair[0]]
		fresh := topology.Fresh(pair[0], func(name string) bool { return facts.Declares(name) || prior.Declares(name) })
		option.Edits = append(
			option.Edits, topology.Rename(networkAt(site).Key(pair[0]), fresh),
			topology.Set(networkAt(site).Key(fresh).Attr("previous_names"), []string{pair[1]}),
		)
	}
	return []topology.Option{option}
}

// sameBlocks says whether a network of some facts has the ranges of another network of others.
func sameBlocks(a topology.Facts, one string, b topology.Facts, other string) bool {
	of := func(f topology.Facts, name string) []netip.Prefix {
		return slices.Concat(f.VPCs[name].CIDRBlocks, f.VPCs[name].IPv6CIDRBlocks, f.Sites[name].CIDRBlocks)
	}
	first := of(a, one)
	return len(first) > 0 && slices.Equal(first, of(b, other)) && !slices.Equal(first, of(a, other))
}
