package allocate

import (
	"net/netip"
	"os"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherCatalog has profiles whose clusters use ranges beside Pods and Services.
func otherCatalog(t testing.TB) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}

// using gives a cluster ranges for a use beside Pods and Services.
func using(use string, ranges ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) {
		if cl.OtherRanges == nil {
			cl.OtherRanges = map[string][]netip.Prefix{}
		}
		cl.OtherRanges[use] = prefixes(ranges...)
	}
}

// besides is an allocator over 100.64.0.0/10, with the VPCs own and far, which are peers, and some VPC that is not joined to them.
func besides(edits ...func(*Request)) Request {
	r := request(supernets("100.64.0.0/10", "fd98::/48"), services(), onlyOwn)
	r.Facts.VPCs["far"] = topology.VPC{CIDRBlocks: prefixes("192.168.3.0/24"), Peers: []string{"own"}}
	r.Facts.VPCs["apart"] = topology.VPC{CIDRBlocks: prefixes("192.168.4.0/24")}
	return edited(r, edits...)
}

// beyondAcceptance are the options of the first message but the one that accepts the conflict.
func beyondAcceptance(r Result) []topology.Option {
	return slices.DeleteFunc(conflict.Groups(r.Findings)[0].Options(), func(o topology.Option) bool { return o.Kind == conflict.Accepted })
}
