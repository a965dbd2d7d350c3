package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// 240.0.0.0/4 is for self-managed clusters and blocks, and only where the configuration allows it.
func TestClassEIsForThoseWhoAllowIt(t *testing.T) {
	allow := func(r *Request) { r.AllowClassE = true }
	pinned := func(kind string) Request {
		return request(cluster("a", kind, profile.Need{ServiceLength: 24, NodeMask: 25}, func(cl *topology.Cluster) {
			cl.PodCIDRs = prefixes("240.0.0.0/20")
			if cl.VPC == "" {
				cl.VPC = "own"
			}
		}))
	}
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"a pin that is not allowed": {pinned("kubernetes-routed"), "error pod_in_forbidden_range a 240.0.0.0/20"},
		"a pin that is":             {edited(pinned("kubernetes-routed"), allow), ""},
		"a pin of an overlay":       {edited(pinned("kubernetes-overlay"), allow), ""},
		"a pin while it is not known whether it is allowed": {
			edited(pinned("kubernetes-routed"), func(r *Request) { r.Unknown = topology.Unknown{"allow_class_e"} }), "",
		},
		"a pin on a platform that no source names": {
			edited(pinned("cce-vpc-router"), allow), "error pod_in_forbidden_range a 240.0.0.0/20",
		},
		"a block that is not allowed": {
			blocks(supernets("240.0.0.0/8"), block("a", topology.Block{CIDR: prefix("240.0.0.0/24")})),
			"error block_in_forbidden_range a 240.0.0.0/24",
		},
		"a block that is": {edited(blocks(supernets("240.0.0.0/8"), block("a", topology.Block{CIDR: prefix("240.0.0.0/24")})), allow), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if test.want == "" {
				wantFindings(t, planned(t, test.request))
				return
			}
			found := false
			result := Plan(test.request, profile.Default())
			for _, f := range result.Findings {
				found = found || f.Level().String()+" "+f.Code+" "+claimed(f.A.Owner, f.A.Range) == test.want
			}
			if !found {
				t.Errorf("%q is not among %v", test.want, result.Findings)
			}
		})
	}
	audited := Audit(pinned("kubernetes-routed"), topology.WhatIf{}, profile.Default())
	allowed := Audit(edited(pinned("kubernetes-routed"), allow), topology.WhatIf{}, profile.Default())
	if len(audited.Findings) != 1 || len(allowed.Findings) != 0 {
		t.Errorf("audits find %v and, where it is allowed, %v", audited.Findings, allowed.Findings)
	}
}

// Ranges are chosen from 240.0.0.0/4 where it is allowed, and never from 255.255.255.255.
func TestClassEIsAllocated(t *testing.T) {
	r := request(supernets("240.0.0.0/8"), pods("a", 24))
	if result := Plan(r, profile.Default()); !result.lacksRoom() {
		t.Errorf("without the argument: %v", result.Allocations["a"])
	}
	r.AllowClassE = true
	if got := planned(t, r).Allocations["a"].Pods; len(got) != 1 || got[0] != prefix("240.0.0.0/24") {
		t.Errorf("got %v", got)
	}
	last := Plan(edited(r, supernets("255.255.255.0/24")), profile.Default())
	if !last.lacksRoom() {
		t.Errorf("the broadcast address was allocated: %v", last.Allocations["a"])
	}
}

// Blocks of one size are not equal where one of them is a subnet of a platform: 240.0.0.0/4 is not for that.
func TestClassEIsNotForSubnetsOfAPlatformBesideOtherBlocks(t *testing.T) {
	other := topology.Block{PrefixLength: 24}
	subnet := topology.Block{PrefixLength: 24, Platform: "aws"}
	for name, test := range map[string]struct{ a, b topology.Block }{
		"after the other block": {other, subnet}, "before it": {subnet, other},
	} {
		t.Run(name, func(t *testing.T) {
			r := blocks(supernets("240.0.0.0/16", "10.0.0.0/16"), block("a", test.a), block("b", test.b))
			r.AllowClassE = true
			want := map[string]string{"a": "240.0.0.0/24", "b": "10.0.0.0/24"}
			if test.a.Platform != "" {
				want = map[string]string{"a": "10.0.0.0/24", "b": "240.0.0.0/24"}
			}
			wantBlocks(t, planned(t, r), want)
			refused := Plan(edited(r, supernets("240.0.0.0/16")), profile.Default())
			if without := len(refused.Faults); without != 1 || len(refused.Allocations) != 1 {
				t.Errorf("without other supernets: %v and %v", ranges(refused), refused.Faults)
			}
		})
	}
}
