package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// following is the request with the edits of an option, and the clusters or blocks that these are about. ok is false where an edit is of
// another argument than those that options of ranges in use change.
func (r Request) following(edits []topology.Edit) (edited Request, names []string, ok bool) {
	r.Renumber, r.Existing, r.PreventRelease = maps.Clone(r.Renumber), maps.Clone(r.Existing), slices.Clone(r.PreventRelease)
	if r.Renumber == nil {
		r.Renumber = map[string]string{}
	}
	r.Facts.Clusters, r.Facts.Blocks = maps.Clone(r.Facts.Clusters), maps.Clone(r.Facts.Blocks)
	for _, e := range edits {
		if e.In != (topology.Resource{}) || !r.follow(e) {
			return Request{}, nil, false
		}
		if len(e.At) > 1 && e.At[0].Attr != "existing" && !slices.Contains(names, e.At[1].Key) {
			names = append(names, e.At[1].Key)
		}
	}
	return r, names, true
}

// follow makes one edit in a request that shares none of the maps and lists that it changes.
func (r *Request) follow(e topology.Edit) bool {
	root, change := e.At[0].Attr, e.Do
	switch len(e.At) {
	case 1:
		guard, removes := change.(topology.RemovingFrom)
		if removes && root == "prevent_release" {
			r.PreventRelease = slices.DeleteFunc(r.PreventRelease, func(name string) bool { return name == guard.Value })
		}
		return removes && root == "prevent_release"
	case 2:
		return r.followEntry(root, e.At[1].Key, change)
	case 3:
		name, attr := e.At[1].Key, e.At[2].Attr
		if cl, declared := r.Facts.Clusters[name]; declared && root == "clusters" {
			ok := editCluster(&cl, attr, change)
			r.Facts.Clusters[name] = cl
			return ok
		}
		if b, declared := r.Facts.Blocks[name]; declared && root == "blocks" {
			ok := editBlock(&b, attr, change)
			r.Facts.Blocks[name] = b
			return ok
		}
	case 4:
		cl, declared := r.Facts.Clusters[e.At[1].Key]
		list, i := clusterRanges(&cl, e.At[2].Attr), e.At[3].Index-1
		if _, removes := change.(topology.Removing); removes && declared && list != nil && root == "clusters" && i < len(*list) {
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			r.Facts.Clusters[e.At[1].Key] = cl
			return true
		}
	}
	return false
}

// followEntry makes an edit of an entry of a map.
func (r *Request) followEntry(root, key string, change topology.Change) bool {
	switch do := change.(type) {
	case topology.Setting:
		token, is := do.Value.(string)
		r.Renumber[key] = token
		return is && root == "renumber"
	case topology.Removing:
		delete(r.Existing, key)
		return root == "existing"
	case topology.Copying:
		from := do.From[len(do.From)-1].Key
		if cl, declared := r.Facts.Clusters[from]; declared {
			r.Facts.Clusters[key] = cl
			return root == "clusters"
		}
		if b, declared := r.Facts.Blocks[from]; declared {
			r.Facts.Blocks[key] = b
			return root == "blocks"
		}
	}
	return false
}

// valueOf is what a change sets, nil where it removes. ok is false for other changes.
func valueOf(change topology.Change) (value any, ok bool) {
	switch do := change.(type) {
	case topology.Setting:
		return do.Value, true
	case topology.Removing:
		return nil, true
	}
	return nil, false
}

// numberOf is a number that an option sets or a bound of it, 0 for nil.
func numberOf(value any) (n int64, ok bool) {
	switch v := value.(type) {
	case nil:
		return 0, true
	case int:
		return int64(v), true
	case int64:
		return v, true
	case topology.AtMost:
		return int64(v), true
	case topology.AtLeast:
		return int64(v), true
	}
	return 0, false
}

// editCluster changes one argument of a cluster, and says whether it knows the argument and the value.
func editCluster(cl *topology.Cluster, attr string, change topology.Change) bool {
	value, ok := valueOf(change)
	if !ok {
		return false
	}
	if of := clusterRanges(cl, attr); of != nil {
		*of, ok = value.([]netip.Prefix)
		return ok || value == nil
	}
	for _, pin := range []struct {
		attr string
		of   *netip.Prefix
	}{
		{"service_cidr", &cl.ServiceCIDR}, {"pod_ipv6_cidr", &cl.PodIPv6CIDR}, {"service_ipv6_cidr", &cl.ServiceIPv6CIDR},
	} {
		if pin.attr == attr {
			*pin.of, ok = value.(netip.Prefix)
			return ok || value == nil
		}
	}
	switch attr {
	case "append_ranges":
		cl.AppendRanges, ok = value.([]string)
	case "ip_families":
		cl.IPFamilies, ok = value.([]string)
	case "previous_names":
		cl.PreviousNames, ok = value.([]string)
	case "profile":
		cl.Profile, ok = value.(string)
		return ok
	case "vpc":
		cl.VPC, ok = value.(string)
		return ok
	default:
		return editSize(cl, attr, value)
	}
	return ok || value == nil
}

// clusterRanges is the list of ranges that an argument gives, nil where it gives none.
func clusterRanges(cl *topology.Cluster, attr string) *[]netip.Prefix {
	if attr == "pod_cidrs" {
		return &cl.PodCIDRs
	}
	for _, list := range cl.Further.Lists() {
		if list.Attr == attr {
			return list.Ranges
		}
	}
	return nil
}

// editSize changes an argument of a cluster that is a number.
func editSize(cl *topology.Cluster, attr string, value any) bool {
	n, ok := numberOf(value)
	if !ok {
		return false
	}
	switch attr {
	case "max_nodes":
		cl.Need.MaxNodes = n
	case "max_services":
		cl.Need.MaxServices = n
	case "pods_per_node":
		cl.Need.PodsPerNode = n
	case "surge_nodes":
		cl.Need.SurgeNodes = n
	case "pod_prefix_length":
		cl.Need.PodLength = int(n)
	case "service_prefix_length":
		cl.Need.ServiceLength = int(n)
	case "node_cidr_mask":
		cl.Need.NodeMask = int(n)
	case "node_ipv6_cidr_mask":
		cl.Need.NodeIPv6Mask = int(n)
	case "reserve_prefix_length":
		cl.ReserveLength = int(n)
	default:
		return false
	}
	return true
}

// editBlock changes one argument of a block, and says whether it knows the argument and the value.
func editBlock(b *topology.Block, attr string, change topology.Change) bool {
	value, ok := valueOf(change)
	if !ok {
		return false
	}
	switch n, isNumber := numberOf(value); attr {
	case "prefix_length":
		b.PrefixLength = int(n)
		return isNumber
	case "addresses":
		b.Addresses = n
		return isNumber
	case "cidr":
		b.CIDR, ok = value.(netip.Prefix)
		return ok || value == nil
	case "previous_names":
		b.PreviousNames = nil
		return value == nil
	}
	return false
}
