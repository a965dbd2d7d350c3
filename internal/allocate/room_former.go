package allocate

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// afterFormer is the option to apply without the clusters or blocks that lack ranges, or without their growth, and to ask for the ranges
// again in the next plan, when what clusters used until now is free.
func (t trial) afterFormer() []topology.Option {
	holds := func(c conflict.Claim) bool { return c.Former }
	if !slices.ContainsFunc(t.lacking.Holders, holds) && t.lacking.HolderCount == len(t.lacking.Holders) {
		return nil
	}
	next := t.request
	next.formerIsFree = true
	if !t.works(next) {
		return nil
	}
	var option topology.Option
	for _, one := range append([]MissingRange{t.lacking.MissingRange}, t.lacking.Others...) {
		now, later, ok := t.request.asBefore(one)
		if !ok {
			return nil
		}
		if !slices.ContainsFunc(option.Edits, func(e topology.Edit) bool { return e.At.String() == now.At.String() }) {
			option.Edits, option.Later = append(option.Edits, now), append(option.Later, later)
		}
	}
	return []topology.Option{option}
}

// asBefore are the edits that take back for one plan what asks for a range, and that ask for it again.
func (r Request) asBefore(one MissingRange) (now, later topology.Edit, ok bool) {
	at := r.all().Key(one.Cluster)
	if _, held := r.Prior.Allocations[one.Cluster]; !held {
		return topology.Remove(at), topology.Restore(at), true
	}
	asked, asks := r.Facts.Clusters[one.Cluster].Need, r.Prior.Facts.Clusters[one.Cluster].Need
	argument, was, is := "max_nodes", asks.MaxNodes, asked.MaxNodes
	if one.Kind == conflict.Service {
		argument, was, is = "max_services", asks.MaxServices, asked.MaxServices
	}
	at = at.Attr(argument)
	return topology.Set(at, was), topology.Set(at, is), was < is && was > 0
}
