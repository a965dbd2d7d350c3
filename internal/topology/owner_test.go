package topology_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOwnersAreClustersAndBlocks(t *testing.T) {
	about := topology.About{Description: "Shop", Labels: map[string]string{"team": "a"}}
	cluster := topology.Cluster{
		Profile: "ack-flannel", PreviousNames: []string{"old", "older"}, About: about, Unknown: topology.Unknown{"vpc"},
	}
	block := topology.Block{PrefixLength: 24, PreviousNames: []string{"former"}, About: about, Unknown: topology.Unknown{"platform"}}
	f := topology.Facts{
		Clusters: map[string]topology.Cluster{"shop": cluster, "bare": {}}, Blocks: map[string]topology.Block{"lb": block, "empty": {}},
	}
	if got, want := f.Owners(), []string{"bare", "empty", "lb", "shop"}; !slices.Equal(got, want) {
		t.Errorf("owners: got %v, want %v", got, want)
	}
	for name, test := range map[string]struct {
		want     topology.Owner
		declared bool
		names    []string
	}{
		"shop": {
			topology.Owner{PreviousNames: cluster.PreviousNames, About: about, Unknown: cluster.Unknown},
			true, []string{"shop", "old", "older"},
		},
		"bare": {topology.Owner{}, true, []string{"bare"}},
		"lb": {
			topology.Owner{PreviousNames: block.PreviousNames, About: about, Unknown: block.Unknown},
			true, []string{"lb", "former"},
		},
		"empty":  {topology.Owner{}, true, []string{"empty"}},
		"nobody": {topology.Owner{}, false, []string{"nobody"}},
		"former": {topology.Owner{}, false, []string{"former"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, declared := f.Owner(name)
			if !reflect.DeepEqual(got, test.want) || declared != test.declared || f.HasOwner(name) != test.declared {
				t.Errorf("got %+v, declared %t, %t", got, declared, f.HasOwner(name))
			}
			if names := f.OwnerNames(name); !slices.Equal(names, test.names) {
				t.Errorf("names: got %v, want %v", names, test.names)
			}
		})
	}
}

func TestOwnersAreUnknownWithTheirMap(t *testing.T) {
	for _, test := range []struct {
		unknown topology.Unknown
		want    bool
	}{{nil, false}, {topology.Unknown{"vpcs"}, false}, {topology.Unknown{"vpcs", "clusters"}, true}, {topology.Unknown{"blocks"}, true}} {
		if got := (topology.Facts{Unknown: test.unknown}).OwnersUnknown(); got != test.want {
			t.Errorf("%v: got %t, want %t", test.unknown, got, test.want)
		}
	}
}

func TestHasAny(t *testing.T) {
	for _, test := range []struct {
		unknown topology.Unknown
		want    bool
	}{
		{nil, false}, {topology.Unknown{"vpc"}, false}, {topology.Unknown{"vpc", "pool"}, true}, {topology.Unknown{"profile"}, true},
		{topology.Unknown{topology.Everything}, true},
	} {
		if got := test.unknown.HasAny("profile", "pool"); got != test.want {
			t.Errorf("%v: got %t, want %t", test.unknown, got, test.want)
		}
	}
}
