package provider

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
)

// All ranges that a resource or data source holds count as allocated.
func TestSurveyOfAResource(t *testing.T) {
	for _, blocks := range []bool{false, true} {
		for _, asData := range []bool{false, true} {
			given := sound
			if blocks {
				given = soundBlocks
			}
			p := messages.Writer{Catalog: profile.Default()}
			v, err := readResourceArgument(p, whole(t, blocks, asData, given), messages.AnyPlanner)
			if err != nil {
				t.Fatal(err)
			}
			survey, err := v.survey()
			if err != nil {
				t.Fatal(err)
			}
			for name, a := range v.result.Allocations {
				for _, held := range a.InUse() {
					for _, span := range survey.Spans(held) {
						if span.Use != usage.Allocated {
							t.Errorf("blocks: %t, data source: %t: %v of %s counts as %d", blocks, asData, span.Range, name, span.Use)
						}
					}
				}
			}
		}
	}
}
