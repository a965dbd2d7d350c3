package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// onHub attaches VPCs of a request to a hub.
func onHub(name string, networks ...string) func(*Request) {
	return func(r *Request) {
		r.Facts.Hubs[name] = topology.Hub{}
		for _, network := range networks {
			v := r.Facts.VPCs[network]
			v.Hubs = append(slices.Clip(v.Hubs), name)
			r.Facts.VPCs[network] = v
		}
	}
}

// peered makes a VPC of a request the peer of another network.
func peered(name, with string) func(*Request) {
	return vpc(name, func(v *topology.VPC) { v.Peers = append(slices.Clip(v.Peers), with) })
}

// idc adds a site of that name.
func idc(s topology.Site) func(*Request) {
	s.CIDRBlocks = prefixes("192.168.9.0/24")
	return func(r *Request) { r.Facts.Sites["idc"] = s }
}

// requires are the required routes of an answer, one a line: key, destination, from and to. unknown says that not all keys are known.
func requires(r Request, result Result) (lines []string, unknown bool) {
	routes, unknown := r.RequiredRoutes(result, profile.Default())
	for _, key := range slices.Sorted(maps.Keys(routes)) {
		route := routes[key]
		line := fmt.Sprintf("%s %v %s>%s", key, route.Destination, route.From, route.To)
		if !route.Destination.IsValid() {
			line = fmt.Sprintf("%s unknown %s>%s", key, route.From, route.To)
		}
		switch {
		case route.Declared:
			line += " declared"
		case route.DeclaredUnknown:
			line += " declared unknown"
		}
		lines = append(lines, line)
	}
	return lines, unknown
}

func wantRequired(t *testing.T, r Request, got Result, want ...string) {
	t.Helper()
	if lines, unknown := requires(r, got); !slices.Equal(lines, want) || unknown {
		t.Errorf("required routes, unknown %t:\n got %q\nwant %q", unknown, lines, want)
	}
}

var hundred = profile.Need{MaxNodes: 100, PodsPerNode: 64}
