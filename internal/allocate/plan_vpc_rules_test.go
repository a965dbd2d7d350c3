package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A block that the platform of a VPC refuses is a finding like any other: it can be accepted and has a level, and a
// cluster of another VPC gets its ranges whatever the level is.
func TestABlockThatThePlatformRefuses(t *testing.T) {
	const key = "vpc_prefix_out_of_range|172.16.0.0/29|small"
	small := func(r *Request) {
		r.Facts.VPCs = maps.Clone(r.Facts.VPCs) // prior state has the others
		r.Facts.VPCs["small"] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("172.16.0.0/29")}
	}
	onVPC := vpc("small", func(v *topology.VPC) { v.Accepted = map[string]topology.Acceptance{key: {Reason: "it exists"}} })
	onOther := vpc("ali", func(v *topology.VPC) { v.Accepted = map[string]topology.Acceptance{key: {Reason: "it exists"}} })
	before := func(r *Request) { *r = after(*r, Plan(*r, profile.Default())) }
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"new":                       {[]func(*Request){small}, []string{"error " + key}},
		"pre-existing":              {[]func(*Request){small, before}, []string{"warn " + key}},
		"new beside prior state":    {[]func(*Request){before, small}, []string{"error " + key}},
		"accepted by the allocator": {[]func(*Request){small, accepts(key)}, []string{"allow " + key}},
		"accepted by the VPC":       {[]func(*Request){small, onVPC}, []string{"allow " + key}},
		"accepted by another VPC":   {[]func(*Request){small, onOther}, []string{"error " + key}},
		"a level of warn":           {[]func(*Request){small, ruleLevel("vpc_prefix_out_of_range", "warn")}, []string{"warn " + key}},
		"a level of off":            {[]func(*Request){small, ruleLevel("vpc_prefix_out_of_range", "off")}, nil},
		"conflicts only warn":       {[]func(*Request){small, func(r *Request) { r.Settings.WarnOnly = true }}, []string{"warn " + key}},
		"a platform known after apply": {
			[]func(*Request){small, vpc("small", func(v *topology.VPC) { v.Unknown = topology.Unknown{"platform"} })}, nil,
		},
		"without such a block": {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(all(in("ali", "shop", "ack-flannel", profile.Need{MaxNodes: 5})), test.edits...)
			result := Plan(r, profile.Default())
			var got []string
			for _, f := range result.Findings {
				got = append(got, fmt.Sprintf("%s %s", f.Level(), f.Key()))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if len(result.Faults) > 0 && name != "accepted by another VPC" {
				t.Errorf("faults: %v", result.Faults)
			}
			if len(result.Unknown) == 0 && !result.Allocations["shop"].Held() {
				t.Error("the cluster has no ranges")
			}
			audited := Audit(r, topology.WhatIf{}, profile.Default())
			if found := len(audited.Findings); found != len(test.want) {
				t.Errorf("an audit finds %d of %d", found, len(test.want))
			}
		})
	}
}

// A warning on a VPC is repeated in later plans, until it is accepted.
func TestAnAdviceOnAVPCStaysAWarning(t *testing.T) {
	r := all(vpc("ten", func(v *topology.VPC) {
		v.CIDRBlocks, v.Peers = prefixes("192.168.0.0/16", "10.200.0.0/16"), []string{"hua"}
	}), vpc("hua", func(v *topology.VPC) { v.CIDRBlocks, v.Subnets = prefixes("172.31.0.0/16"), nil }))
	for range 2 { // advice on ranges of clusters is left out once they are held
		result := Plan(r, profile.Default())
		if len(result.Findings) != 1 || result.Findings[0].Code != "vpc_secondary_peered" || result.Findings[0].Level() != profile.Warn {
			t.Fatalf("got %v, want one warning", result.Findings)
		}
		r = after(r, result)
	}
}
