package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Clusters of VPCs that are not joined get ranges of their own unless the flags say otherwise.
func TestUniqueRanges(t *testing.T) {
	two := func(shared, sharedServices bool) Request {
		return request(
			services(), func(r *Request) { r.SharedPods, r.SharedServices = shared, sharedServices },
			cluster("a", "ack-flannel", lengths(24, 24, 26)), cluster("b", "cce-vpc-router", lengths(24, 24, 26)),
		)
	}
	tests := map[string]struct {
		request Request
		want    map[string]string
	}{
		"all unique":      {two(false, false), map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"}},
		"shared Pods":     {two(true, false), map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.2.0/24 /26"}},
		"shared Services": {two(false, true), map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.2.0/24 /26"}},
		"all shared":      {two(true, true), map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.1.0/24 /26"}},
		"all shared, but joined": {
			edited(two(true, true), hub("ali", "hua")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"all shared, but in one mesh": {
			edited(two(true, true),
				cluster("a", "ack-flannel", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Meshes = []string{"m"} }),
				cluster("b", "cce-vpc-router", lengths(24, 24, 26), func(cl *topology.Cluster) { cl.Meshes = []string{"n", "m"} })),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"all unique, but apart by VRF": {
			edited(two(false, false), vpc("ali", func(v *topology.VPC) { v.VRF = "red" })),
			map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26", "b": "10.0.0.0/24 10.0.1.0/24 /26"},
		},
		"in one mesh, and in two VRFs": {
			edited(two(true, true), vpc("ali", func(v *topology.VPC) { v.VRF = "red" }), inMesh("a"), inMesh("b")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"in one mesh with a mirror cluster in another VRF": {
			edited(two(true, true), vpc("far", func(v *topology.VPC) {
				v.Platform, v.VRF, v.CIDRBlocks = "huaweicloud", "red", prefixes("192.168.0.0/16")
			}), cluster("b2", "cce-vpc-router", profile.Need{}, func(cl *topology.Cluster) { cl.VPC, cl.SameAs = "far", "b" }),
				inMesh("a"), inMesh("b2")),
			map[string]string{"a": "10.0.0.0/24 10.0.2.0/24 /26", "b": "10.0.1.0/24 10.0.3.0/24 /26", "b2": "10.0.1.0/24 10.0.3.0/24 /26"},
		},
		"outside of the block that a member in another VRF reserves": {
			edited(
				two(true, true),
				vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
				inMesh("a"),
				inMesh("b"),
				services("172.20.0.0/16"),
				func(r *Request) {
					cl := r.Facts.Clusters["b"]
					cl.ReserveLength = 17
					r.Facts.Clusters["b"] = cl
				},
			),
			map[string]string{"a": "10.0.128.0/24 172.20.0.0/24 /26", "b": "10.0.0.0/24 172.20.1.0/24 /26"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantRanges(t, planned(t, test.request), test.want) })
	}
}

// inMesh makes a cluster a member of a flat mesh.
func inMesh(name string) func(*Request) {
	return func(r *Request) {
		cl := r.Facts.Clusters[name]
		cl.Meshes = []string{"m"}
		r.Facts.Clusters[name] = cl
	}
}

// Pins of members of a flat mesh in two VRFs are checked, and none is skipped.
func TestPinsOfAMeshInTwoVRFs(t *testing.T) {
	r := request(
		vpc("ali", func(v *topology.VPC) { v.VRF = "red" }),
		cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/24")),
		cluster("b", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/19")),
	)
	wantFindings(t, planned(t, r))
	meshed := edited(r, inMesh("a"), inMesh("b"))
	want := []string{
		"error pod_overlaps_mesh_pod a 10.0.0.0/24 b 10.0.0.0/19",
		"error service_overlaps_mesh_service a 172.20.0.0/24 b 172.20.0.0/24",
	}
	wantFindings(t, Plan(meshed, profile.Default()), want...)
	var audited []string
	for _, f := range Audit(meshed, topology.WhatIf{}, profile.Default()).Findings {
		audited = append(
			audited,
			fmt.Sprintf("%v %s %s %s", f.Level(), f.Code, claimed(f.A.Owner, f.A.Range), claimed(f.B.Owner, f.B.Range)),
		)
	}
	if !slices.Equal(audited, want) {
		t.Errorf("audit: got %q", audited)
	}
	tried := Audit(r, topology.WhatIf{Meshed: []string{"a", "b"}}, profile.Default())
	if len(tried.Findings) != 2 || len(tried.Hypothetical) != 2 {
		t.Errorf("what_if: got %v", tried.Findings)
	}
}

// The flags steer which ranges are chosen and never apply to pinned ranges.
func TestUniqueRangesAndPins(t *testing.T) {
	r := request(
		cluster("a", "ack-flannel", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/24")),
		cluster("b", "cce-vpc-router", profile.Need{}, pins("172.20.0.0/24", "10.0.0.0/19")),
	)
	result := planned(t, r)
	wantFindings(t, result)
	wantRanges(t, result, map[string]string{"a": "10.0.0.0/24 172.20.0.0/24 /26", "b": "10.0.0.0/19 172.20.0.0/24 /25"})
}
