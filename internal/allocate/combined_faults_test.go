package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is assumed of many clusters is one warning, in a plan and in an audit.
func TestOneWarningNamesAllClustersOfAnAssumption(t *testing.T) {
	r := request()
	for i := range 30 {
		cluster(
			fmt.Sprintf("c%02d", i), "ack-flannel", profile.Need{},
			func(cl *topology.Cluster) { cl.PodCIDRs = prefixes(fmt.Sprintf("10.%d.0.0/16", 70+i)) },
		)(
			&r,
		)
	}
	for kind, faults := range map[string][]topology.Fault{
		"plan": Plan(r, profile.Default()).Faults, "audit": Audit(r, topology.WhatIf{}, profile.Default()).Faults,
	} {
		named, warnings := map[string]bool{}, 0
		for _, f := range faults {
			if e, ok := f.Problem.(AssumedServiceRange); ok {
				warnings++
				named[e.Cluster] = true
				for _, other := range e.Others {
					named[other.Cluster] = true
				}
			}
		}
		if warnings != 1 || len(named) != 30 {
			t.Errorf("%s: %d warnings name %d clusters", kind, warnings, len(named))
		}
	}
}
