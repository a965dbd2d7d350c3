package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// computed returns the values of the computed attributes after a plan. A value that depends on an input
// which is unknown is unknown as well; where it is not known which clusters there are, all but the id are.
func (d door) computed(config types.Object, request allocate.Request, result allocate.Result) map[string]attr.Value {
	values := map[string]attr.Value{"id": config.Attributes()["name"]}
	if request.Facts.Unknown.Has("clusters") {
		for name, f := range d.results.with(d.remembered) {
			values[name] = late(f.typ())
		}
		return values
	}
	maps.Copy(values, d.encode(request, result))
	values["released"] = d.encodeReleased(result)
	values["lock"] = d.lockAfter(result)
	return values
}

// lockAfter returns the lock of what is held after the plan, unknown where some of it is.
func (d door) lockAfter(result allocate.Result) attr.Value {
	if len(result.Deferred) > 0 || result.LateReleased {
		return types.StringUnknown()
	}
	for name, allocation := range result.Allocations {
		if _, known := result.Profiles[name]; !known || allocation.LatePods {
			return types.StringUnknown()
		}
	}
	return types.StringValue(lockOf(result.Allocations, result.Profiles, result.Released, d.lock))
}

// prior reads what a state holds: the arguments that were planned last and the computed values.
func (d door) prior(state types.Object) *allocate.Prior {
	was, _ := d.read(state)
	n := (&reader{}).root(state, nil)
	return &allocate.Prior{
		Name: was.Name, Facts: was.Facts, Supernets: was.AllSupernets(), Existing: was.Existing, Renumber: was.Renumber, Reclaim: was.Reclaim,
		Allocations: d.held(n), Released: d.released(n),
	}
}
