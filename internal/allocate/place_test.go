package allocate

import (
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// rangesText writes what a cluster or block has as "pods service, growth reserve".
func rangesText(has profile.Ranges) string {
	if has.Block.IsValid() {
		return has.Block.String()
	}
	text := list(has.Pods)
	if has.Service.IsValid() {
		text += " " + has.Service.String()
	}
	if has.Aggregate.IsValid() {
		text += ", reserves " + has.Aggregate.String()
	}
	return text
}

// What the stage that chooses ranges makes of what was collected.
func TestPlace(t *testing.T) {
	tests := map[string]struct {
		request Request
		want    map[string]string
		// added is the number of claims to chosen ranges.
		added  int
		faults []string
	}{
		"Pods and Services of a new cluster": {request(shop()), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"}, 2, nil},
		"the larger cluster first": {
			request(web(), shop()), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22", "web": "10.0.32.0/22 172.20.4.0/24"}, 4, nil,
		},
		"a Pod range at the start of its growth reserve": {
			request(shop(func(cl *topology.Cluster) { cl.ReserveLength = 18 })),
			map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22, reserves 10.0.0.0/18"}, 3, nil,
		},
		"a mirror gets what its original gets": {
			request(blue(), shop(), dr("dr", "blue", "shop")),
			map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22", "dr": "10.0.0.0/19 172.20.0.0/22"}, 4, nil,
		},
		"what is held stays": {applied(t, request(shop())), map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22"}, 0, nil},
		"a cluster without room": {
			request(supernets("10.0.0.0/20"), shop()), map[string]string{"shop": " 172.20.0.0/22"}, 1, []string{`clusters["shop"] NoRoom`},
		},
		"a block": {blocks(ofLength("a", 24)), map[string]string{"a": "10.0.0.0/24"}, 1, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, c := collectedOf(t, test.request, profile.Default())
			collected := len(c.claims)
			got := place(s, c)
			texts := map[string]string{}
			for name, has := range got.ranges {
				texts[name] = rangesText(has)
			}
			if !maps.Equal(texts, test.want) {
				t.Errorf("got %v, want %v", texts, test.want)
			}
			if added := len(got.claims) - collected; added != test.added || len(c.claims) != collected {
				t.Errorf("%d claims are added, want %d", added, test.added)
			}
			if faults := placesAndTypes(got.faults); !slices.Equal(faults, test.faults) {
				t.Errorf("faults: got %v, want %v", faults, test.faults)
			}
			if len(got.deferred) > 0 || len(got.problem.Demands) != len(got.demands) {
				t.Errorf("%d demands, %d of the problem, deferred %v", len(got.demands), len(got.problem.Demands), got.deferred)
			}
		})
	}
}
