package provider

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// audited is what an audit of arguments returns.
func audited(t *testing.T, arguments map[string]any) (findings map[string]map[string]any, counts map[string]string) {
	t.Helper()
	a := newAuditDataSource(messages.Writer{Catalog: profile.Default()}, new(run))
	state, diagnostics := a.Read(t.Context(), values.Encode(a.typ, arguments))
	if len(diagnostics) > 0 {
		t.Fatalf("got %v", diagnostics)
	}
	all := values.AttributesOf(state)
	findings, counts = map[string]map[string]any{}, map[string]string{}
	for key, row := range values.AttributesOf(all["findings"]) {
		of := map[string]any{}
		for name, v := range values.AttributesOf(row) {
			if !v.IsNull() && values.KindOf(v) == topology.TextType {
				of[name] = values.TextOf(v)
			}
		}
		findings[key] = of
	}
	for name, v := range values.AttributesOf(all["counts"]) {
		counts[name] = values.NumberOf(v).String()
	}
	return findings, counts
}

// observation is a VPC and a cluster that differ from what is declared, and what was released.
func observation() map[string]any {
	vpc := func(blocks ...string) map[string]any {
		return map[string]any{"platform": "alicloud", "cidr_blocks": blocks}
	}
	return map[string]any{
		"vpcs":     map[string]any{"prod": vpc("192.168.0.0/16"), "test": vpc("172.16.0.0/16")},
		"clusters": map[string]any{"shop": map[string]any{"vpc": "prod", "profile": "ack-flannel"}},
		"existing": map[string]any{
			"shop":  map[string]any{"pod_cidrs": []string{"10.64.0.0/20"}, "service_cidr": "172.20.0.0/20", "node_cidr_mask": int64(26)},
			"old#1": map[string]any{"cluster": "old", "pod_cidrs": []string{"10.65.0.0/20"}},
		},
		"observed": map[string]any{
			"vpcs":     map[string]any{"prod": vpc("192.168.0.0/16"), "new": vpc("10.200.0.0/16")},
			"existing": map[string]any{"shop": map[string]any{"pod_cidrs": []string{"10.66.0.0/20"}}},
			"unplaced": map[string]string{"alicloud.subnets[\"x\"]": "no VPC"},
		},
	}
}

const (
	newNetwork   = "network_undeclared|10.200.0.0/16|new"
	otherRange   = "cluster_range_differs|10.66.0.0/20|shop"
	goneNetwork  = "network_gone|172.16.0.0/16|test"
	releasedGone = "released_cluster_gone|10.65.0.0/20|old"
	unplaced     = `object_unplaced|none|alicloud.subnets["x"]`
)

func TestAuditOfWhatIsObserved(t *testing.T) {
	findings, counts := audited(t, observation())
	for key, want := range map[string][2]string{
		newNetwork:   {"warn", "Network new (10.200.0.0/16) exists in the cloud and is not declared."},
		goneNetwork:  {"warn", "Network test (172.16.0.0/16) is declared and does not exist in the cloud."},
		otherRange:   {"error", "Cluster shop uses 10.66.0.0/20 in the cloud, and 10.64.0.0/20, 172.20.0.0/20 is allocated to it."},
		releasedGone: {"note", "Ranges 10.65.0.0/20 of cluster old are released and no cluster in the cloud uses them."},
	} {
		row := findings[key]
		if row["level"] != want[0] || row["summary"] != want[1] || !strings.Contains(row["text"].(string), "\n\nTo resolve: ") {
			t.Errorf("%s: got %v, want %v", key, row, want)
		}
	}
	if len(findings) != 5 || counts["errors"] != "1" || counts["warnings"] != "2" || counts["notes"] != "2" {
		t.Errorf("got %v of %q", counts, slices.Sorted(maps.Keys(findings)))
	}
}

// Levels and acceptances hold for differences as for conflicts.
func TestLevelsAndAcceptancesOfDifferences(t *testing.T) {
	given := observation()
	given["rule_levels"] = map[string]string{"network_gone": "off", "network_undeclared": "error"}
	given["accepted_conflicts"] = map[string]any{
		otherRange: map[string]any{"reason": "rebuilt next week"}, unplaced: map[string]any{"reason": "of another team"},
	}
	findings, _ := audited(t, given)
	if _, is := findings[goneNetwork]; is || findings[newNetwork]["level"] != "error" {
		t.Errorf("levels: got %v", findings)
	}
	if row := findings[otherRange]; row["level"] != "note" || row["reason"] != "rebuilt next week" {
		t.Errorf("accepted: got %v", row)
	}
	if row := findings[unplaced]; row["level"] != "note" || row["reason"] != "of another team" {
		t.Errorf("accepted without a range: got %v of %q", row, slices.Sorted(maps.Keys(findings)))
	}
	for key := range findings {
		if strings.HasPrefix(key, "invalid_input") {
			t.Errorf("got %s", key)
		}
	}
}

// Ranges that clusters use beside Pods and Services are compared too.
func TestAuditOfObservedOtherRanges(t *testing.T) {
	plane := func(r string) map[string]any { return map[string]any{"control_plane": []string{r}} }
	findings, _ := audited(t, map[string]any{
		"vpcs": map[string]any{"prod": map[string]any{"platform": "google", "cidr_blocks": []string{"192.168.0.0/16"}}},
		"clusters": map[string]any{"shop": map[string]any{
			"vpc": "prod", "profile": "gke", "pod_cidrs": []string{"10.64.0.0/16"}, "service_cidr": "172.20.0.0/20",
			"other_ranges": plane("10.7.0.0/28"),
		}},
		"observed": map[string]any{"existing": map[string]any{"shop": map[string]any{
			"pod_cidrs": []string{"10.64.0.0/16"}, "other_ranges": plane("10.7.0.16/28"),
		}}},
	})
	for key, want := range map[string]string{
		"other_range_undeclared|10.7.0.16/28|shop:control_plane": "Cluster shop uses 10.7.0.16/28 as control_plane in the cloud, and its " +
			"declaration does not have the range.",
		"other_range_gone|10.7.0.0/28|shop:control_plane": "The declaration of cluster shop has 10.7.0.0/28 as control_plane, and the " +
			"cluster uses 10.7.0.16/28 in the cloud.",
	} {
		if row := findings[key]; row["level"] != "warn" || row["summary"] != want {
			t.Errorf("%s: got %v of %q", key, row, slices.Sorted(maps.Keys(findings)))
		}
	}
}

// The page of audits lists each difference with its level.
func TestThePageListsEveryDifference(t *testing.T) {
	page, err := os.ReadFile("../../templates/data-sources/audit.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range drift.Codes() {
		level := strings.Replace(drift.Code(code).Level().String(), profile.Allow.String(), messages.Note, 1)
		row := regexp.MustCompile("(?m)^\\|[^|]*`" + code + "`[^|]*\\| " + level + " \\|")
		if !row.Match(page) {
			t.Errorf("no row of %s with the level %s", code, level)
		}
	}
}

// Without observed, nothing is compared.
func TestAuditWithoutObserved(t *testing.T) {
	given := observation()
	delete(given, "observed")
	if findings, _ := audited(t, given); len(findings) > 0 {
		t.Errorf("got %v", findings)
	}
}
