package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestReadPrior(t *testing.T) {
	tests := map[string]struct {
		edits  []func(*Request)
		reused []string
		// held is what is still held, before what was held, released what is released.
		held, before, released string
		faults                 []string
	}{
		"nothing changed": {
			nil, nil, "shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "", nil,
		},
		"a cluster under a new name": {
			[]func(*Request){withoutClusters("web"), nodes("site", 16, previously("web"))}, nil,
			"shop 10.0.0.0/19, site 10.0.32.0/22", "shop 10.0.0.0/19, site 10.0.32.0/22", "", nil,
		},
		"a cluster that is no longer declared": {
			[]func(*Request){withoutClusters("web")}, nil,
			"shop 10.0.0.0/19", "shop 10.0.0.0/19, web 10.0.32.0/22", "web web 10.0.32.0/22", []string{"clusters NoLongerDeclared"},
		},
		"a cluster that is no longer declared and guarded": {
			[]func(*Request){withoutClusters("web"), preventing("web")}, nil,
			"shop 10.0.0.0/19", "shop 10.0.0.0/19, web 10.0.32.0/22", "web web 10.0.32.0/22", []string{"prevent_release ReleasePrevented"},
		},
		"a cluster with a new token": {
			[]func(*Request){renumber("web", "1")}, nil,
			"shop 10.0.0.0/19", "shop 10.0.0.0/19, web 10.0.32.0/22", "web web 10.0.32.0/22", nil,
		},
		"a token of a cluster that is pinned to what it holds": {
			[]func(*Request){web(pins("172.20.4.0/24", "10.0.32.0/22")), renumber("web", "1")}, nil,
			"shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "", []string{`renumber["web"] NotAccepted`},
		},
		"a released range that existing gives": {
			[]func(*Request){existing("old", Existing{Cluster: "mail", PodCIDRs: prefixes("10.0.64.0/20")})}, nil,
			"shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "old mail 10.0.64.0/20", nil,
		},
		"a released range that is reclaimed": {
			[]func(*Request){existing("old", Existing{Cluster: "mail", PodCIDRs: prefixes("10.0.64.0/20")}), reclaim("mail")}, nil,
			"shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "", nil,
		},
		"a released range that is used again": {
			[]func(*Request){existing("old", Existing{Cluster: "mail", PodCIDRs: prefixes("10.0.64.0/20")})}, []string{"old"},
			"shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "", nil,
		},
		"a name in reclaim that released nothing": {
			[]func(*Request){reclaim("mail")}, nil,
			"shop 10.0.0.0/19, web 10.0.32.0/22", "shop 10.0.0.0/19, web 10.0.32.0/22", "", []string{"reclaim[0] NothingToReclaim"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(applied(t, request(shop(), web())), test.edits...)
			s, faults := readPrior(newInputs(r, profile.Default()), test.reused)
			if got := ownersOf(s.request.Prior.Allocations); got != test.held {
				t.Errorf("held: got %s, want %s", got, test.held)
			}
			if got := ownersOf(s.before); got != test.before {
				t.Errorf("before: got %s, want %s", got, test.before)
			}
			if got := releasedOf(s.released); got != test.released {
				t.Errorf("released: got %s, want %s", got, test.released)
			}
			if found := placesAndTypes(faults); !slices.Equal(found, test.faults) {
				t.Errorf("faults: got %v, want %v", found, test.faults)
			}
			if r.Prior.Allocations["web"].Pods == nil {
				t.Error("the prior state of the request was changed")
			}
		})
	}
}
