package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// Every rule is reported by a real plan, with the same text however many resources are planned at a time.
func TestAccEveryRuleIsReportedByAPlan(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, "")
	allocators, blocks := map[string]any{}, map[string]any{}
	for code, story := range provider.RuleStories {
		allocator := map[string]any{"name": code, "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
		maps.Copy(allocator, story)
		allocators[code] = allocator
	}
	for code, story := range provider.BlockStories {
		blocks[code] = map[string]any{"name": code, "supernets": []string{"10.0.0.0/12"}}
		maps.Copy(blocks[code].(map[string]any), story)
	}
	codes := slices.Sorted(maps.Keys(allocators))
	codes = append(codes, slices.Sorted(maps.Keys(blocks))...)
	config, err := json.MarshalIndent(
		map[string]any{"resource": map[string]any{"cidrplan_allocator": allocators, "cidrplan_blocks": blocks}}, "", " ",
	)
	if err != nil {
		t.Fatal(err)
	}
	w.file("stories.tf.json", string(config))
	var first map[string]string
	for _, parallelism := range []int{1, 10, 100} {
		reported := w.reportsByPlanner(parallelism)
		for _, code := range codes {
			if !strings.Contains(reported[code], "Rule: "+code+" (") {
				t.Errorf("at parallelism %d the plan reports of %s only\n%s", parallelism, code, reported[code])
			}
		}
		if first == nil {
			first = reported
		}
		if diff := cmp.Diff(first, reported); diff != "" {
			t.Errorf("at parallelism %d the report is another one (-1 +%d):\n%s", parallelism, parallelism, diff)
		}
	}
}

// reportsByPlanner is what each allocator, and each cidrplan_blocks, reports of itself. The findings of the configuration-wide check are
// left out, since the planner that registers last reports them.
func (w *workspace) reportsByPlanner(parallelism int) map[string]string {
	w.t.Helper()
	if os.Getenv("TF_ACC") == "" {
		w.t.Fatal("without a Terraform there is no plan")
	}
	out := map[string]string{}
	for _, d := range w.reports(fmt.Sprint("-parallelism=", parallelism)) {
		if _, code, _ := strings.Cut(d.Address, "."); len(titled([]diagnostic{d}, outside...)) == 0 &&
			strings.Contains(d.Detail, "\nRule: ") {
			out[code] += d.Severity + ": " + d.Detail + "\n"
		}
	}
	return out
}
