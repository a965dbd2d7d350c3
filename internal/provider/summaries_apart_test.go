package provider

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Terraform shows only the first of several warnings with one summary, so each has one of its own: with the name of the
// resource and a number.
func TestWarningsHaveSummariesOfTheirOwn(t *testing.T) {
	var got []string
	for _, m := range apart("prod", []message{
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
