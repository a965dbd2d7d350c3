package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// An audit knows what clusters use beside Pods and Services, of mirrors too: what they are given and their defaults.
func TestAuditOfOtherRanges(t *testing.T) {
	existing := func(pods string) func(*Request) {
		return func(r *Request) {
			r.Existing = map[string]Existing{"a": {PodCIDRs: prefixes(pods), ServiceCIDR: prefix("172.20.0.0/20")}}
		}
	}
	mirror := func(r *Request) {
		r.Facts.VPCs["blue"] = topology.VPC{CIDRBlocks: prefixes("100.64.0.0/24"), VRF: "blue"}
		r.Facts.Clusters["dr"] = topology.Cluster{Profile: "other-default", VPC: "blue", SameAs: "a"}
	}
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"nothing is wrong": {
			[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24)), existing("10.64.0.0/16")}, nil,
		},
		"Pods on a default": {
			[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24)), existing("100.64.0.0/16")},
			[]string{"error pod_overlaps_other a 100.64.0.0/16 a 100.64.0.0/16"},
		},
		"a range that is given on a VPC": {
			[]func(*Request){
				cluster("a", "other-default", lengths(16, 20, 24), using("masquerade", "192.168.2.0/25")), existing("10.64.0.0/16"),
			},
			[]string{"error other_overlaps_vpc a 192.168.2.0/25 own 192.168.2.0/24"},
		},
		"a default of a mirror on its VPC": {
			[]func(*Request){cluster("a", "other-default", lengths(16, 20, 24)), existing("10.64.0.0/16"), mirror},
			[]string{"error other_overlaps_vpc dr 100.64.0.0/16 blue 100.64.0.0/24"},
		},
		"a range that the platform refuses": {
			[]func(*Request){
				cluster("a", "other-unique", lengths(16, 20, 24), using("control_plane", "10.9.0.0/27")), existing("10.64.0.0/16"),
			},
			[]string{"error other_prefix_out_of_range a 10.9.0.0/27"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			audited := Audit(besides(test.edits...), topology.WhatIf{}, otherCatalog(t))
			var found []string
			for _, f := range audited.Findings {
				text := fmt.Sprintf("%s %s %s %v", f.Rule.Level, f.Code, f.A.Owner, f.A.Range)
				if f.B != nil {
					text += fmt.Sprintf(" %s %v", f.B.Owner, f.B.Range)
				}
				found = append(found, text)
			}
			if len(audited.Faults) > 0 || !slices.Equal(found, test.want) {
				t.Errorf("found %q, faults %v; want %q", found, audited.Faults, test.want)
			}
		})
	}
}
