package conflict_test

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// foreignFacts are facts with claims of other workspaces.
func foreignFacts(claims ...topology.Foreign) topology.Facts {
	f := around()
	f.Foreign = map[string]topology.Foreign{}
	for i, c := range claims {
		f.Foreign[fmt.Sprint(i)] = c
	}
	return f
}

func foreign(kind, owner, text string, edits ...func(*topology.Foreign)) topology.Foreign {
	c := topology.Foreign{Owner: owner, Kind: kind, CIDR: prefix(text), Allocator: "team-a"}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

func in(network string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Network = network }
}

func over(hubs ...string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Hubs = hubs }
}

func peeredWith(peers ...string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Peers = peers }
}

func vrf(name string) func(*topology.Foreign) { return func(c *topology.Foreign) { c.VRF = name } }

func unknown(attribute string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Unknown = topology.Unknown{attribute} }
}

func meshed(mesh string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Meshes = []string{mesh} }
}

func ofTeamB(c *topology.Foreign) { c.Allocator = "team-b" }

func runs(profileName string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Profile = profileName }
}
