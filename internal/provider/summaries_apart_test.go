package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Terraform shows only the first of several warnings with one summary, so each has one of its own: with the name of the
// resource and a number.
func TestWarningsHaveSummariesOfTheirOwn(t *testing.T) {
	var got []string
	for _, m := range apart(`"prod"`, []message{
		{warn: true, summary: "Value Advised Against"}, {warn: true, summary: "Value Advised Against"}, {summary: "Bad Name"},
		{warn: true, summary: `Another Owner of the Name "prod"`}, {warn: true, summary: `Another Owner of the Name "prod"`},
	}) {
		got = append(got, m.summary)
	}
	want := []string{
		`Value Advised Against ("prod")`, `Value Advised Against ("prod", 2)`, "Bad Name",
		`Another Owner of the Name "prod"`, `Another Owner of the Name "prod" (2)`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("summaries (-want +got):\n%s", diff)
	}
}

// An allocator and blocks of one name, a VPC and a cluster of one name: their warnings are not folded into one.
func TestWarningsOfResourcesOfOneNameHaveSummariesOfTheirOwn(t *testing.T) {
	seen := map[string]string{}
	for kind, mark := range map[string]string{
		"allocator": prose{}.mark("prod"), "another allocator": prose{}.mark("test"), "blocks": prose{blocks: true}.mark("prod"), "VPC": markOf("vpc", "prod"), "cluster": markOf("cluster", "prod"),
	} {
		for _, title := range []string{"Names Not Known Until Apply: hubs", `Another Owner of the Name "prod"`, "Allocator Starts Without Memory"} {
			summary := marked(title, mark)
			if other, taken := seen[summary]; taken {
				t.Errorf("%s and %s: both have %q", other, kind, summary)
			}
			seen[summary] = kind
		}
	}
}

// Each warning of a plan has a summary of the allocator's own, also those on facts that are not known yet.
func TestEveryWarningOfAPlanNamesItsPlanner(t *testing.T) {
	for _, story := range problemStories() {
		t.Run(story.String(), func(t *testing.T) {
			messages, _, _ := story.planned(story.whole(story.given), story.before(t))
			mark := story.prose().mark(story.whole(story.given)["name"].(string))
			for _, m := range messages {
				if m.warn && !strings.Contains(m.summary, mark) {
					t.Errorf("%q does not have %s", m.summary, mark)
				}
			}
		})
	}
}
