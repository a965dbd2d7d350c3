package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestSize6AtTheBoundaries(t *testing.T) {
	type size = profile.Size6
	ocean, vent := europa(t, "europa-ocean"), europa(t, "europa-vent")
	free := changed(ocean, func(p *profile.Profile) { p.IPv6.MaxDifference = 0 })
	services := changed(vent, func(p *profile.Profile) { p.IPv6.Services, p.IPv6.ServiceLength = "own", 108 })
	platform := changed(services, func(p *profile.Profile) { p.IPv6.Services = "platform" })
	tests := map[string]struct {
		p     *profile.Profile
		nodes int64
		want  size
		fault string
	}{
		"one node has one block":             {ocean, 1, size{80, 112, 80}, ""},
		"no nodes are sized as one":          {ocean, 0, size{80, 112, 80}, ""},
		"two double it":                      {ocean, 2, size{79, 112, 80}, ""},
		"512 fill a /71":                     {ocean, 512, size{71, 112, 80}, ""},
		"513 do not":                         {ocean, 513, size{70, 112, 80}, ""},
		"1,024 are the most of a difference": {ocean, 1024, size{70, 112, 80}, ""},
		"one more is too many": {
			ocean,
			1025,
			size{0, 112, 80},
			"max_nodes = 1025 is outside 1 to 1024, because IPv6 node blocks are /80",
		},
		"without a difference it is not":       {free, 1025, size{69, 112, 80}, ""},
		"nor are as many as can be counted":    {free, 1<<63 - 1, size{17, 112, 80}, ""},
		"subnets and the platform have theirs": {vent, 1000, size{}, ""},
		"Services may be the cluster's own":    {services, 1000, size{Service: 108}, ""},
		"a length that is not handed out":      {platform, 1000, size{}, ""},
		"one family needs none":                {europa(t, "europa-ice"), 1000, size{}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.p.Size6(test.nodes, profile.Need{})
			if got != test.want || fault(err) != test.fault {
				t.Errorf("Size6(%d):\n got %+v, %q\nwant %+v, %q", test.nodes, got, fault(err), test.want, test.fault)
			}
		})
	}
}

// The smallest range that has a block for each node, by halving the number of blocks.
func TestSize6AgreesWithTheOracle(t *testing.T) {
	ocean := europa(t, "europa-ocean")
	for nodes := int64(1); nodes <= 1024; nodes++ {
		want := ocean.IPv6.NodeMask
		for blocks := int64(1); blocks < nodes; blocks *= 2 {
			want--
		}
		if got, err := ocean.Size6(nodes, profile.Need{}); got.Pod != want || err != nil {
			t.Fatalf("%d nodes: got /%d, %v; the oracle says /%d", nodes, got.Pod, err, want)
		}
	}
}
