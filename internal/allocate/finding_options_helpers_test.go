package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// wantFindingOptions compares options of a finding, each written as its edits.
func wantFindingOptions(t *testing.T, got []topology.Option, want ...string) {
	t.Helper()
	var texts []string
	for _, o := range got {
		texts = append(texts, editTexts(o.Edits))
	}
	if !slices.Equal(texts, want) {
		t.Errorf("options:\n got %q\nwant %q", texts, want)
	}
}

// optionsOfKind are the options of one kind among those of a finding.
func optionsOfKind(f conflict.Finding, kind topology.OptionKind) []topology.Option {
	return slices.DeleteFunc(slices.Clone(f.ExtraOptions), func(o topology.Option) bool { return o.Kind != kind })
}
