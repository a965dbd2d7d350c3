package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blue adds VPCs of the VRFs blue and green, and to those of blue a site.
func blue(sites ...string) func(*Request) {
	return func(r *Request) {
		for _, name := range []string{"blue", "green"} {
			r.Facts.VPCs[name] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/24"), VRF: name}
			r.Facts.VPCs[name+"-hua"] = topology.VPC{Platform: "huaweicloud", CIDRBlocks: prefixes("192.168.4.0/24"), VRF: name}
		}
		for _, text := range sites {
			r.Facts.Sites["bank"] = topology.Site{CIDRBlocks: prefixes(text), VRF: "blue", Peers: []string{"blue", "blue-hua"}}
		}
	}
}

// dr is a mirror of a cluster with Flannel in a VPC.
func dr(name, vpc, first string, edits ...func(*topology.Cluster)) func(*Request) {
	return in(
		vpc,
		name,
		"ack-flannel",
		profile.Need{},
		append([]func(*topology.Cluster){func(cl *topology.Cluster) { cl.SameAs = first }}, edits...)...)
}

func turns(edits ...func(*Request)) func(*Request) {
	return func(r *Request) {
		for _, edit := range edits {
			edit(r)
		}
	}
}
