package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestCheckPrior(t *testing.T) {
	imported := func(r *Request) {
		prior := *r.Prior
		prior.Imported = true
		r.Prior = &prior
	}
	tests := map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"existing gives what is held": {
			[]func(*Request){existing("shop", Existing{PodCIDRs: shopHolds.Pods, ServiceCIDR: shopHolds.Service})}, nil,
		},
		"existing gives another Service range": {
			[]func(*Request){existing("shop", Existing{ServiceCIDR: prefix("172.20.8.0/22")})},
			[]string{`existing["shop"].service_cidr ContradictsState`},
		},
		"existing gives other node blocks": {
			[]func(*Request){existing("shop", Existing{PodCIDRs: shopHolds.Pods, NodeMask: 25})},
			[]string{`existing["shop"].node_cidr_mask ContradictsState`},
		},
		"existing gives what a cluster with a new token held": {
			[]func(*Request){existing("shop", Existing{PodCIDRs: shopHolds.Pods}), renumber("shop", "1")}, nil,
		},
		"existing gives a cluster with a new token other ranges": {
			[]func(*Request){existing("shop", Existing{PodCIDRs: prefixes("10.9.0.0/19")}), renumber("shop", "1")},
			[]string{`existing["shop"] NotAccepted`},
		},
		"an imported state that does not know a cluster": {
			[]func(*Request){imported, web()}, []string{`clusters["web"] UnknownToImport`},
		},
		"a new cluster beside a state that is not imported": {[]func(*Request){web()}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, _ := readPrior(newInputs(edited(applied(t, request(shop())), test.edits...), profile.Default()), nil)
			if got := placesAndTypes(checkPrior(s)); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	if got := checkPrior(&situation{inputs: *newInputs(request(shop()), profile.Default())}); got != nil {
		t.Errorf("a new allocator: got %v", got)
	}
}
