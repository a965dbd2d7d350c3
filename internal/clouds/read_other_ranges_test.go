package clouds

import (
	"reflect"
	"testing"
)

// A GKE cluster has the range of its control plane in a list of one object, which the provider fills in where nothing is set. A resource
// that is new cannot be distinguished from a data source that is not read yet, so that such a range is not known.
func TestOtherRangesAreRead(t *testing.T) {
	of := func(id, config any) m { return m{"id": id, "private_cluster_config": config} }
	plane := func(r any) []any { return []any{m{"enable_private_nodes": true, "master_ipv4_cidr_block": r}} }
	uses := known(map[string][]string{"control_plane": {"172.16.0.0/28"}})
	var none Known[map[string][]string]
	notKnown := afterApply[map[string][]string]()
	for name, c := range map[string]struct {
		object m
		want   Known[map[string][]string]
	}{
		"a private cluster":             {of("c-1", plane("172.16.0.0/28")), uses},
		"with host bits":                {of("c-1", plane("172.16.0.5/28")), uses},
		"none is set":                   {of("c-1", plane("")), none},
		"a cluster that is not private": {of("c-1", []any{}), none},
		"a new cluster":                 {of(unknown{}, plane("172.16.0.0/28")), uses},
		"a new one, and none is set":    {of(unknown{}, plane(unknown{})), notKnown},
		"a new one that is not private": {of(unknown{}, unknown{}), notKnown},
		"a range that is not known yet": {of("c-1", plane(unknown{})), notKnown},
		"nothing of it is known yet":    {of("c-1", unknown{}), notKnown},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, "google_container_cluster", c.object)
			if len(faults) > 0 || !reflect.DeepEqual(o.OtherRanges, c.want) {
				t.Errorf("%+v (%v), want %+v", o.OtherRanges, faults, c.want)
			}
		})
	}
}

// The remote networks of an EKS cluster are sets in lists of one object. The provider computes none of them, so that those of a new cluster
// are as known as its configuration.
func TestRemoteNetworksOfEKSAreRead(t *testing.T) {
	networks := func(cidrs ...any) []any { return []any{m{"cidrs": cidrs}} }
	of := func(nodes, pods any) []any {
		return []any{m{"remote_node_networks": nodes, "remote_pod_networks": pods}}
	}
	nodes, pods := networks("10.200.0.0/16", "10.210.0.0/16"), networks("10.201.0.0/16")
	remoteNodes := []string{"10.200.0.0/16", "10.210.0.0/16"}
	both := known(map[string][]string{"remote_nodes": remoteNodes, "remote_pods": {"10.201.0.0/16"}})
	var none Known[map[string][]string]
	for name, c := range map[string]struct {
		id, config any
		want       Known[map[string][]string]
	}{
		"nodes and Pods":                       {"eks", of(nodes, pods), both},
		"a new cluster":                        {unknown{}, of(nodes, pods), both},
		"nodes alone":                          {"eks", of(nodes, []any{}), known(map[string][]string{"remote_nodes": remoteNodes})},
		"no hybrid nodes":                      {"eks", []any{}, none},
		"a new cluster without hybrid nodes":   {unknown{}, []any{}, none},
		"a state of a provider without them":   {"eks", nil, none},
		"Pods of which one range is not known": {unknown{}, of(nodes, networks(unknown{})), afterApply[map[string][]string]()},
	} {
		t.Run(name, func(t *testing.T) {
			for _, typ := range []string{"aws_eks_cluster", "data.aws_eks_cluster"} {
				o, faults := read(t, typ, m{"id": c.id, "remote_network_config": c.config})
				if len(faults) > 0 || !reflect.DeepEqual(o.OtherRanges, c.want) {
					t.Errorf("%s: %+v (%v), want %+v", typ, o.OtherRanges, faults, c.want)
				}
			}
		})
	}
}

// What two data sources read of one cluster is joined, and a cluster of facts has the ranges of its object.
func TestOtherRangesOfFacts(t *testing.T) {
	cluster := func(uses map[string][]string) Object {
		return Object{IDs: refs("c-1"), Pods: texts("10.4.0.0/16"), OtherRanges: known(uses)}
	}
	source := func(o Object) Object {
		o.Type = &Type{Name: "data.nimbus_clusters", Argument: Clusters}
		return o
	}
	plane, nodes := map[string][]string{"plane": {"10.7.0.0/28"}}, map[string][]string{"plane": {"10.7.0.16/28"}, "nodes": {"10.8.0.0/16"}}
	notKnown := cluster(nil)
	notKnown.OtherRanges = afterApply[map[string][]string]()
	for name, c := range map[string]struct {
		world world
		want  Known[map[string][]string]
	}{
		"none":             {newWorld().add(Clusters, "shop", cluster(nil)), known[map[string][]string](nil)},
		"of a resource":    {newWorld().add(Clusters, "shop", cluster(plane)), known(plane)},
		"not known yet":    {newWorld().add(Clusters, "shop", notKnown), afterApply[map[string][]string]()},
		"a resource first": {newWorld().add(Clusters, "shop", cluster(plane)).addOf(Clusters, "x", source(cluster(nodes))), known(plane)},
		"of two data sources": {
			newWorld().addOf(Clusters, "shop", source(cluster(plane))).addOf(Clusters, "shop/x", source(cluster(nodes))),
			known(map[string][]string{"plane": {"10.7.0.0/28", "10.7.0.16/28"}, "nodes": {"10.8.0.0/16"}}),
		},
		"of the second one": {
			newWorld().addOf(Clusters, "shop", source(cluster(nil))).addOf(Clusters, "shop/x", source(cluster(nodes))), known(nodes),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.world.joined(t).Existing.Value["shop"].OtherRanges; !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}
