package allocate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// findingEdits writes the edits of an option of a finding as "verb place value".
func findingEdits(edits []conflict.Edit) string {
	var texts []string
	for _, e := range edits {
		switch do := e.Do.(type) {
		case conflict.Set:
			texts = append(texts, fmt.Sprint("set ", e.At, " ", do.Values[0]))
		case conflict.Restore:
			texts = append(texts, fmt.Sprint("restore ", e.At, " ", do.Was))
		case conflict.Add:
			texts = append(texts, fmt.Sprint("add ", e.At, " ", do.Name))
		case conflict.Take:
			texts = append(texts, fmt.Sprint("remove from ", e.At, " ", do.Name))
		case conflict.Remove:
			texts = append(texts, fmt.Sprint("remove ", e.At))
		default:
			texts = append(texts, fmt.Sprintf("%T %v", do, e.At))
		}
	}
	return strings.Join(texts, "; ")
}

// wantFindingOptions compares options of a finding, each written as its edits.
func wantFindingOptions(t *testing.T, got []conflict.Option, want ...string) {
	t.Helper()
	var texts []string
	for _, o := range got {
		texts = append(texts, findingEdits(o.Edits))
	}
	if !slices.Equal(texts, want) {
		t.Errorf("options:\n got %q\nwant %q", texts, want)
	}
}

// optionsOfKind are the options of one kind among those of a finding.
func optionsOfKind(f conflict.Finding, kind conflict.OptionKind) []conflict.Option {
	return slices.DeleteFunc(slices.Clone(f.ExtraOptions), func(o conflict.Option) bool { return o.Kind != kind })
}
