package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A range that must contain all Pod ranges of its cluster is proposed around all of them, a supernet or the smallest one.
func TestARangeAroundSeveralPodRanges(t *testing.T) {
	for name, test := range map[string]struct {
		supernets, pods []string
		want            string
	}{
		"neighbours":             {nil, []string{"10.64.0.0/17", "10.64.128.0/17"}, "10.64.0.0/16"},
		"with addresses between": {nil, []string{"10.64.0.0/16", "10.66.0.0/20"}, "10.64.0.0/14"},
		"in one supernet":        {[]string{"10.64.0.0/12"}, []string{"10.64.0.0/16", "10.66.0.0/20"}, "10.64.0.0/12"},
	} {
		t.Run(name, func(t *testing.T) {
			catalog := otherCatalog(t)
			p, _ := catalog.Profile("other-container")
			p.Growth = profile.Growth{Pods: profile.Append}
			edits := []func(*Request){
				cluster("shop", "other-container", lengths(0, 0, 24), pins("172.20.0.0/20", test.pods...)),
			}
			if test.supernets != nil {
				edits = append(edits, supernets(test.supernets...))
			}
			got := Plan(besides(edits...), catalog)
			if len(got.Findings) == 0 {
				t.Fatalf("no finding, faults %v", got.Faults)
			}
			want := `set clusters["shop"].other_ranges["cluster_network"] [` + test.want + "]"
			if options := optionTexts(beyondAcceptance(got)...); !slices.Contains(options, want) {
				t.Errorf("options %q, want %s", options, test.want)
			}
		})
	}
}
