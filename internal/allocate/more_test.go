package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// As many further clusters have room as a plan with their declarations places.
func TestMoreLike(t *testing.T) {
	of := func(pods int, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("a", "kubernetes-routed", lengths(pods, 24, 26), edits...)
	}
	pinned := func(cl *topology.Cluster) { cl.Need.PodLength, cl.PodCIDRs = 0, prefixes("10.0.0.0/21") }
	shared := func(r *Request) { r.SharedPods, r.SharedServices = true, true }
	sub := request(subnetted, copied("sub", "a"))
	overlay := cluster("a", "kubernetes-overlay", lengths(22, 24, 26))
	beside := func(reclaimed ...string) Request { // b was there and released 10.0.4.0/22
		b := cluster("b", "kubernetes-routed", lengths(22, 24, 26))
		return applied(t, request(supernets("10.0.0.0/20"), of(22), b), edits(withoutClusters("b"), reclaim(reclaimed...)))
	}
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"as many as there are Pod ranges":     {request(supernets("10.0.0.0/20"), of(22)), "3"},
		"as many as there are Service ranges": {request(supernets("10.0.0.0/20"), services("172.20.0.0/22"), of(25)), "3"},
		"Pods and Services from one supernet": {request(supernets("10.0.0.0/20"), services(), of(22)), "2"},
		"with a growth reserve": {
			request(supernets("10.0.0.0/20"), of(23, func(cl *topology.Cluster) { cl.ReserveLength = 21 })), "1",
		},
		"none":                                   {request(supernets("10.0.0.0/20"), of(20)), "0"},
		"of the size of its range without needs": {request(supernets("10.0.0.0/20"), of(0, pinned)), "1"},
		"any number where no range is to be unique": {
			request(supernets("10.0.0.0/20"), services("172.20.0.0/23"), overlay, shared), "at least 64",
		},
		"two where Services are unique and Pods are not": {
			request(supernets("10.0.0.0/20"), services("172.20.0.0/23"), overlay, func(r *Request) { r.SharedPods = true }), "1",
		},
		"beside released ranges":                 {beside(), "2"},
		"beside released ranges that it may use": {beside(everyone), "3"},
		"not like one whose needs are not known": {
			request(of(0, func(cl *topology.Cluster) { cl.Need, cl.Unknown = profile.Need{}, topology.Unknown{"max_nodes"} })),
			"not known",
		},
		"Services of Pods in subnets": {sub, "62"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moreOf(usedOf(t, applied(t, test.request)).MoreLike("a")); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// copied declares a cluster like another one.
func copied(name, to string) func(*Request) {
	return func(r *Request) { r.Facts.Clusters[to] = r.Facts.Clusters[name] }
}

func moreOf(more More, ok bool) string {
	switch {
	case !ok:
		return "not known"
	case more.AtLeast:
		return fmt.Sprint("at least ", more.Number)
	}
	return more.Number.String()
}

// A further cluster has the needs of a declared one, or those that its ranges serve.
func TestTemplateOfFurtherClusters(t *testing.T) {
	cce := func(need profile.Need, pods ...string) Request {
		return request(supernets("10.0.0.0/16"), cluster("a", "cce-vpc-router", need, pins("172.20.0.0/24", pods...)))
	}
	sub := request(subnetted, copied("sub", "a"))
	for name, test := range map[string]struct {
		request Request
		want    profile.Need
	}{
		"the size of its one Pod range": {cce(profile.Need{}, "10.0.0.0/20"), lengths(20, 24, 25)},
		"the nodes that two Pod ranges serve": {
			cce(profile.Need{NodeMask: 26}, "10.0.0.0/22", "10.0.8.0/23"), profile.Need{MaxNodes: 24, ServiceLength: 24, NodeMask: 26},
		},
		"the nodes that it asks for": {
			cce(profile.Need{MaxNodes: 3}, "10.0.0.0/20"), profile.Need{MaxNodes: 3, ServiceLength: 24, NodeMask: 25},
		},
		"the Pod length that it asks for": {cce(profile.Need{PodLength: 20}, "10.0.0.0/20"), lengths(20, 24, 25)},
		"the Services that it asks for": {
			cce(profile.Need{MaxServices: 9}, "10.0.0.0/20"), profile.Need{PodLength: 20, MaxServices: 9, NodeMask: 25},
		},
		"the Service length that it asks for": {cce(profile.Need{ServiceLength: 24}, "10.0.0.0/20"), lengths(20, 24, 25)},
		"the Pods of a node that it asks for": {
			cce(profile.Need{PodsPerNode: 61}, "10.0.0.0/20"), profile.Need{PodLength: 20, ServiceLength: 24, PodsPerNode: 61},
		},
		"the node mask that it asks for":  {cce(profile.Need{NodeMask: 26}, "10.0.0.0/20"), lengths(20, 24, 26)},
		"Services beside Pods in subnets": {sub, profile.Need{ServiceLength: 22}},
		"Services in the Pod range":       {request(cluster("a", "tke-global-router", lengths(20, 24, 26))), lengths(20, 24, 26)},
	} {
		t.Run(name, func(t *testing.T) {
			r := applied(t, test.request)
			got := usedOf(t, r).Template("a")
			if got.Need != test.want || got.PodCIDRs != nil || got.ServiceCIDR.IsValid() {
				t.Errorf("got %+v with %v and %v, want %+v", got.Need, got.PodCIDRs, got.ServiceCIDR, test.want)
			}
		})
	}
}
