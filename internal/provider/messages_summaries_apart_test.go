package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// Terraform shows only the first of several warnings with one summary, so each has one of its own: with the name of the
// resource and a number.
func TestWarningsHaveSummariesOfTheirOwn(t *testing.T) {
	var got []string
	for _, m := range messages.DistinctSummaries(`"prod"`, []messages.Message{
		{Warn: true, Summary: "Value Not Recommended"}, {Warn: true, Summary: "Value Not Recommended"}, {Summary: "Invalid Name"},
		{Warn: true, Summary: `Another Owner of the Name "prod"`}, {Warn: true, Summary: `Another Owner of the Name "prod"`},
	}) {
		got = append(got, m.Summary)
	}
	want := []string{
		`Value Not Recommended ("prod")`, `Value Not Recommended ("prod", 2)`, "Invalid Name",
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
		"allocator": messages.Writer{}.Mark("prod"), "another allocator": messages.Writer{}.Mark("test"),
		"blocks": messages.Writer{OfBlocks: true}.Mark("prod"), "VPC": messages.MarkOf("vpc", "prod"),
		"cluster": messages.MarkOf("cluster", "prod"),
	} {
		for _, title := range []string{
			"Names Known Only After Apply: hubs",
			`Another Owner of the Name "prod"`,
			"Allocator Has No Prior Allocations",
		} {
			summary := messages.Marked(title, mark)
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
			found, _, _ := story.planned(story.whole(story.given), story.before(t))
			mark := story.writer().Mark(story.whole(story.given)["name"].(string))
			for _, m := range found {
				if m.Warn && !strings.Contains(m.Summary, mark) {
					t.Errorf("%q does not have %s", m.Summary, mark)
				}
			}
		})
	}
}
