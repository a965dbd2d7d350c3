package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// computed returns the computed attributes after a plan, for encode. A value that depends on an input
// which is unknown is unknown as well; where it is not known which clusters there are, all but the id are.
func (d plannerKind) computed(request allocate.Request, result allocate.Result) map[string]any {
	contents := map[string]any{}
	if request.Facts.OwnersUnknown() {
		for name := range d.results.With(d.resourceResults) {
			contents[name] = values.KnownAfterApply{}
		}
		return contents
	}
	maps.Copy(contents, d.encode(request, result))
	contents["released"] = d.releasedValue(result)
	return contents
}

// lockAfter returns the lock of what is held after the plan, unknown where some of it is.
func (d plannerKind) lockAfter(result allocate.Result) any {
	if result.HoldingsUnknown() {
		return values.KnownAfterApply{}
	}
	for name, held := range result.Allocations {
		if _, known := result.Profiles[name]; !known && !held.Block.IsValid() {
			return values.KnownAfterApply{}
		}
	}
	return lockOf(result.Allocations, result.Profiles, result.Released, d.lock)
}

// prior reads what a state holds: the arguments that were planned last and the computed values.
func (d plannerKind) prior(state map[string]tftypes.Value) *allocate.Prior {
	was, _ := d.read(state)
	n := (&values.Reader{}).Attributes(state, nil)
	return &allocate.Prior{
		Name: was.Name, Facts: was.Facts, Supernets: was.AllSupernets(), Existing: was.Existing,
		Renumber: was.Renumber, Reclaim: was.Reclaim,
		Allocations: d.held(n), Released: d.released(n),
	}
}

// assembled is the value of a type with attributes, and others that are encoded. What neither has is null.
func assembled(t tftypes.Object, attributes map[string]tftypes.Value, others map[string]any) tftypes.Value {
	all := make(map[string]tftypes.Value, len(t.AttributeTypes))
	for name, of := range t.AttributeTypes {
		if other, has := others[name]; has {
			all[name] = values.Encode(of, other)
		} else if own, has := attributes[name]; has {
			all[name] = own
		} else {
			all[name] = values.Null(of)
		}
	}
	return tftypes.NewValue(t, all)
}
