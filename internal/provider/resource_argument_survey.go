package provider

import (
	"errors"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
)

// survey says what the supernets of the resource are used for. The resource is neither unset nor unknown. Clusters and blocks whose
// ranges are known only after apply have none in it: see result.Deferred.
func (v resourceArgument) survey() (*usage.Survey, error) {
	s, faults := usage.New(v.asHeld(), v.writer.Catalog)
	if s == nil {
		faults = slices.DeleteFunc(faults, func(f topology.Fault) bool { return f.Warn })
		return nil, errors.New(messages.ErrorText(v.writer.FaultMessages(faults)))
	}
	return s, nil
}

// asHeld is the request after its plan: the prior state has the ranges, and no edit is left.
func (v resourceArgument) asHeld() allocate.Request {
	r := v.request
	r.Prior = &allocate.Prior{
		Name: r.Name, Facts: r.Facts, Supernets: r.AllSupernets(), Existing: r.Existing, Renumber: r.Renumber, Reclaim: r.Reclaim,
		Allocations: v.result.Allocations, Released: v.result.Released, Profiles: v.result.Profiles,
	}
	return r
}
