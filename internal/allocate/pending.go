package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Pending has the outputs of a cluster that are known before its ranges are: those that follow from its profile and from the names
// of its subnets. They are the same after apply.
type Pending struct {
	// Output names the object of Values.
	Output string
	// Values are the arguments of the cloud resource that are known; an empty text means null.
	Values map[string]string
	// NoPodRanges says that the Pods are in subnets, so that the cluster never has a Pod range.
	NoPodRanges    bool
	PodSubnets     []Subnet
	SubnetsUnknown bool
}

// Pending returns what is known of a deferred cluster, false where its profile is not known.
func (r Request) Pending(name string, catalog *profile.Catalog) (Pending, bool) {
	cl := r.Facts.Clusters[name]
	prof, known := catalog.Profile(cl.Profile)
	if !known {
		return Pending{}, false
	}
	p := Pending{Output: prof.Output, Values: catalog.Output(prof).Known(prof), NoPodRanges: prof.Pods.From == profile.Subnets}
	p.PodSubnets, p.SubnetsUnknown = r.podSubnets(cl, prof, nil)
	return p, true
}
