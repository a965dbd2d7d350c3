package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Every attribute that takes IPv6 or names subnets refuses what is wrong with it, all in one go.
func TestAccBadInputOfClustersIsReportedTogether(t *testing.T) {
	t.Parallel()
	type bad struct{ cluster, existing, at, summary, says string }
	inputs := map[string]bad{
		"families-empty": {cluster: `ip_families = [""]`, at: "ip_families[0]", summary: "Missing Value", says: "element is empty"},
		"families-null":  {cluster: `ip_families = [null]`, at: "ip_families[0]", summary: "Missing Value", says: "element is null"},
		"families-spelled": {
			cluster: `ip_families = ["ipv4", "IPv6"]`,
			at:      "ip_families[1]",
			summary: "Value Not Allowed",
			says:    `"IPv6" is not one of ipv4, ipv6`,
		},
		"nodes-null": {cluster: `node_subnets = [null]`, at: "node_subnets[0]", summary: "Missing Value", says: "element is null"},
	}
	for _, attribute := range []string{"pod_ipv6_cidr", "service_ipv6_cidr"} {
		for name, b := range map[string]bad{
			"host": {
				cluster: `"fd00:64::1/64"`,
				summary: "Not a Canonical CIDR",
				says:    `"fd00:64::1/64" has host bits set; did you mean fd00:64::/64?`,
			},
			"empty":  {cluster: `""`, summary: "Not a Canonical CIDR", says: "is empty"},
			"family": {cluster: `"10.1.0.0/16"`, summary: "Wrong Address Family", says: "10.1.0.0/16 is not an IPv6 range"},
			"length": {cluster: `"fd00::/129"`, summary: "Not a Canonical CIDR", says: `"fd00::/129"`},
			"alone":  {cluster: `"fd00::1"`, summary: "Not a Canonical CIDR", says: `"fd00::1"`},
			"zone":   {cluster: `"fe80::1%eth0/64"`, summary: "Not a Canonical CIDR", says: "eth0"},
			"mapped": {cluster: `"::ffff:10.0.0.0/104"`, summary: "Not a Canonical CIDR", says: "10.0.0.0"},
			"huge":   {cluster: `"` + strings.Repeat("f", 1000) + `::/64"`, summary: "Not a Canonical CIDR", says: "ffff"},
		} {
			inputs[attribute+"-"+name] = bad{
				cluster: `ip_families = ["ipv4", "ipv6"], ` + attribute + " = " + b.cluster,
				at:      attribute,
				summary: b.summary,
				says:    b.says,
			}
			inputs["existing-"+attribute+"-"+name] = bad{
				existing: attribute + " = " + b.cluster,
				at:       attribute,
				summary:  b.summary,
				says:     b.says,
			}
		}
	}
	var clusters, existing strings.Builder
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		if b := inputs[name]; b.existing == "" {
			fmt.Fprintf(&clusters, "    %s = { vpc = \"room\", profile = \"kubernetes-routed\", max_nodes = 10, %s }\n", name, b.cluster)
		} else {
			fmt.Fprintf(
				&clusters,
				"    %s = { vpc = \"room\", profile = \"kubernetes-routed\", max_nodes = 10, ip_families = [\"ipv4\", \"ipv6\"] }\n",
				name,
			)
			fmt.Fprintf(&existing, "    %s = { pod_cidrs = [\"10.64.0.0/20\"], node_cidr_mask = 25, %s }\n", name, b.existing)
		}
	}
	w := newWorkspace(t, rooms(clusters.String(), "existing = {\n"+existing.String()+"}"))
	all := w.reports()
	for name, b := range inputs {
		at := fmt.Sprintf("clusters[%q].%s", name, b.at)
		if b.existing != "" {
			at = fmt.Sprintf("existing[%q].%s", name, b.at)
		}
		if reported := slices.DeleteFunc(titled(all, b.summary), func(d diagnostic) bool {
			return d.Severity != "error" || !points(d,
				name+" = {") || !strings.Contains(d.Detail, at) || !strings.Contains(d.Detail, b.says)
		}); len(reported) != 1 {
			t.Errorf("%q is reported %d times at %s", b.says, len(reported), at)
		}
	}
	if len(all) != len(inputs) {
		t.Errorf("%d diagnostics of %d bad inputs: %s", len(all), len(inputs), all)
	}
}
