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
