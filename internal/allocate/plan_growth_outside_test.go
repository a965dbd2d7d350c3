package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routerOf is a TKE cluster whose nodes take a /26 each and whose Services take the last /24 of its first range.
func routerOf(name string, n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return in("tke", name, "tke-global-router", profile.Need{MaxNodes: n, PodsPerNode: 64, MaxServices: 256}, edits...)
}

func onTencent(r *Request) {
	r.Facts.VPCs["tke"] = topology.VPC{Platform: "tencentcloud", CIDRBlocks: prefixes("192.168.9.0/24")}
}

// Ranges that the platform adds outside of Terraform are given by the configuration: they count as used, and the arguments of the cloud
// resource stay as they are.
func TestRangesThatThePlatformAddsAreGivenByTheConfiguration(t *testing.T) {
	r := applied(t, request(onTencent, routerOf("a", 60)))
	was := r.Prior.Allocations["a"]
	held, more := was.Pods[0].String(), "10.0.128.0/20"
	if got := Plan(edited(r, routerOf("a", 100)), profile.Default()); len(pick[Outgrown](got)) != 1 {
		t.Error(allReports(got))
	}
	result := planned(t, edited(r, routerOf("a", 100, pins("", held, more)), routerOf("b", 60)))
	a := result.Allocations["a"]
	if list(a.Pods) != held+", "+more || !reflect.DeepEqual(a.Values, was.Values) || a.Service != was.Service {
		t.Errorf("got %+v after %+v", a, was)
	}
	if want := was.Usable.Nodes + 64; a.Usable.Nodes != want { // no Services are in the further range
		t.Errorf("%d nodes, want %d", a.Usable.Nodes, want)
	}
	for _, of := range result.Allocations["b"].Pods {
		if of.Overlaps(prefix(more)) {
			t.Errorf("b has %v", of)
		}
	}
	if found := pick[Appended](result); len(found) != 1 {
		t.Error(allReports(result))
	}
	taken := Plan(edited(r, routerOf("a", 60, pins("", held, more)), routerOf("b", 60, pins("", more))), profile.Default())
	if len(taken.Findings) != 1 || taken.Findings[0].Code != "pod_overlaps_cluster_pod" {
		t.Error(allReports(taken))
	}
}
