package statefile

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// label names the VPC, hub and peer that each object belongs to by their IDs. In a state these are all known, so that keys and ranges
// that only resemble each other do not join anything: see clouds.Labels.
func (g *Gathered) label() {
	for _, given := range g.Given {
		vpcs, hubs := idsOf(given[clouds.VPCs]), idsOf(given[clouds.Gateways])
		tables, subnets := tablesOf(given, vpcs), idsOf(given[clouds.Subnets])
		for argument, objects := range given {
			for _, key := range slices.Sorted(maps.Keys(objects.Of)) {
				o := objects.Of[key]
				vpc := named(o.VPC, vpcs)
				if vpc == "" && argument == clouds.Routes && len(o.VPC) == 0 {
					vpc = named(o.RouteTable, tables)
				}
				switch argument {
				case clouds.VPCs, clouds.Gateways:
					continue
				case clouds.Clusters:
					c := g.Cluster[key]
					c.VPC, c.PodSubnets = vpc, allNamed(o.PodSubnets, subnets)
					g.Cluster[key] = c
				}
				set(&o.Labels.VPC, vpc)
				set(&o.Labels.Hub, named(o.Hub, hubs))
				set(&o.Labels.Peer, named(o.PeerVPC, vpcs))
				objects.Of[key] = o
			}
		}
	}
}

// idsOf are the keys of objects by their IDs. Of an object that is there twice it is the key that clouds.Catalog.Join keeps: that of
// a resource, and one that is not an ID.
func idsOf(objects clouds.Objects) map[string]string {
	rank := func(key string) int {
		o, rank := objects.Of[key], 0
		if strings.HasPrefix(o.Type.Name, dataPrefix) {
			rank += 2
		}
		if slices.ContainsFunc(o.IDs, func(id clouds.Known[string]) bool { return id.Value == key }) {
			rank++
		}
		return rank
	}
	ids := map[string]string{}
	for _, key := range slices.SortedFunc(maps.Keys(objects.Of), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	}) {
		for _, id := range objects.Of[key].IDs {
			if !id.AfterApply && ids[id.Value] == "" {
				ids[id.Value] = key
			}
		}
	}
	return ids
}

// tablesOf are the keys of VPCs by the IDs of their route tables.
func tablesOf(given clouds.Given, vpcs map[string]string) map[string]string {
	tables := map[string]string{}
	for _, vpc := range given[clouds.VPCs].Of {
		for _, id := range vpc.RouteTable {
			tables[id.Value] = named(vpc.IDs, vpcs)
		}
	}
	for _, table := range given[clouds.RouteTables].Of {
		if vpc := named(table.VPC, vpcs); vpc != "" {
			for _, id := range table.IDs {
				tables[id.Value] = vpc
			}
		}
	}
	delete(tables, "")
	return tables
}

// named is the key of the first ID that has one, "" where none has.
func named(refs clouds.Refs, keys map[string]string) string {
	for _, id := range refs {
		if key := keys[id.Value]; !id.AfterApply && key != "" {
			return key
		}
	}
	return ""
}

// allNamed are the keys of IDs, none where one of them has no key.
func allNamed(refs clouds.Refs, keys map[string]string) []string {
	var out []string
	for _, id := range refs {
		key := named(clouds.Refs{id}, keys)
		if key == "" {
			return nil
		}
		out = append(out, key)
	}
	return out
}

// set sets a label that the object does not have.
func set(label *clouds.Known[string], key string) {
	if key != "" && label.Value == "" && !label.AfterApply {
		label.Value = key
	}
}
