package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ClusterClaim is the claim of a cluster to a range, or of what is a block.
func ClusterClaim(name string, cl topology.Cluster, p *profile.Profile, kind Kind, held netip.Prefix) Claim {
	from := "clusters"
	if kind == Block {
		from = "blocks"
	}
	return Claim{
		Owner: name, Kind: kind, Range: held, Network: cl.VPC, About: cl.About, Source: Allocated,
		At:           topology.Path{}.Attr(from).Key(name),
		ClusterRange: ClusterRange{Profile: p, Meshes: cl.Meshes, SameAs: cl.SameAs},
	}
}
