package profile

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// The data of the registries has ranges in canonical form, a sound rule for each range that is refused, and no range in two lists.
func TestTheRegistriesAreSound(t *testing.T) {
	all := registries()
	if len(all.Unusable) < 8 || len(all.UnusableOfClassE) != 1 || len(all.Private) < 6 || len(all.Special) < 11 {
		t.Fatalf("%d, %d, %d and %d ranges", len(all.Unusable), len(all.UnusableOfClassE), len(all.Private), len(all.Special))
	}
	for _, special := range all.Special {
		if special.CIDR != special.CIDR.Masked() || special.Use == "" {
			t.Errorf("special: %+v", special)
		}
	}
	for i, private := range all.Private {
		if private != private.Masked() || cidr.AnyContains(all.Private[:i], private) {
			t.Errorf("private: %s", private)
		}
	}
	if !slices.Contains(all.Private, classE) {
		t.Error("class E is not private, as AllowingClassE requires")
	}
}

// Each range that no network can use is refused by a sound rule with a listed source, and has no use of its own.
func TestUnusableRangesHaveRules(t *testing.T) {
	all := registries()
	for _, f := range append(Unusable(), all.UnusableOfClassE...) {
		if f.CIDR != f.CIDR.Masked() || f.Level != Error || f.Text == "" || f.AllowedBy != "" || f.Exact {
			t.Errorf("unusable: %+v", f)
		}
		for _, source := range f.Sources {
			if Default().Source(source).Title == "" {
				t.Errorf("%s: the source %q is not listed", f.CIDR, source)
			}
		}
		if len(f.Sources) == 0 || f.Confidence != "verified" {
			t.Errorf("%s: sources %q, %s", f.CIDR, f.Sources, f.Confidence)
		}
		for _, special := range all.Special {
			if special.CIDR.Overlaps(f.CIDR) {
				t.Errorf("%s is unusable and special: %s", f.CIDR, special.CIDR)
			}
		}
	}
}
