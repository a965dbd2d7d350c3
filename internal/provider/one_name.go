package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// resourceName is how a configuration names a resource: its type and its name. A provider never learns the address.
type resourceName struct{ typeName, name string }

// plannedKey marks in private state that the resource was planned with prior state. Terraform plans a replacement twice:
// first with prior state, then without it but with the private state of the first call. The mark tells this second call
// from a call for another resource. A tainted resource is planned once, with neither.
const plannedKey = "planned"

var plannedMark = []byte(`true`)

// refuseSecond adds an error where another resource of the same type and name was planned in this run. Resources of one
// name that agree in all attributes of sameThing describe one thing and are accepted; without such attributes every second
// resource is refused. A name that is not known yet is not compared.
func (s *session) refuseSecond(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, r resourceName, sameThing []string,
) {
	if !req.State.Raw.IsNull() {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, plannedKey, plannedMark)...)
	} else if plannedBefore(ctx, req, &resp.Diagnostics) {
		return
	}
	first, second := s.firstOf(r, req.Config.Raw)
	if !second {
		return
	}
	differences := differencesOf(first, req.Config.Raw)
	if len(sameThing) > 0 && !slices.ContainsFunc(differences, func(d difference) bool { return d.contradicts(sameThing) }) {
		return
	}
	summary, detail := secondOfOneName(r, differences, first.IsFullyKnown() && req.Config.Raw.IsFullyKnown())
	resp.Diagnostics.AddAttributeError(path.Root("name"), summary, detail)
}

// plannedBefore says whether a call without prior state is the second call of a replacement.
func plannedBefore(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) bool {
	if req.Private == nil {
		return false
	}
	mark, more := req.Private.GetKey(ctx, plannedKey)
	diags.Append(more...)
	return mark != nil
}

// firstOf returns the configuration of the first resource of a type and name that was planned in this run. second is
// false for the first one itself, which it notes, for resources without a name, and without a session.
func (s *session) firstOf(r resourceName, config tftypes.Value) (first tftypes.Value, second bool) {
	if s == nil || r.name == "" {
		return tftypes.Value{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, second = s.named[r]; !second {
		s.named[r] = config
	}
	return first, second
}

// difference is one argument that two configurations give different values.
type difference struct {
	// root is the name of the argument, at its place, such as clusters["shop"].max_nodes.
	root, at string
	a, b     tftypes.Value
}

// contradicts says whether both configurations set one of the arguments, and to different values. A value that is not
// known yet contradicts none.
func (d difference) contradicts(arguments []string) bool {
	given := func(v tftypes.Value) bool { return v.IsFullyKnown() && !v.IsNull() }
	return slices.Contains(arguments, d.root) && given(d.a) && given(d.b)
}

// differencesOf lists the arguments of two resources of one type that differ, in the order of their places.
func differencesOf(a, b tftypes.Value) []difference {
	var all []difference
	inA, inB := membersOf(a), membersOf(b)
	for _, root := range unionOfKeys(inA, inB) {
		for _, d := range differencesAt(root, inA[root], inB[root]) {
			d.root = root
			all = append(all, d)
		}
	}
	return all
}

// differencesAt goes into objects and maps; lists and sets are compared as a whole.
func differencesAt(at string, a, b tftypes.Value) []difference {
	if a.Equal(b) {
		return nil
	}
	inA, inB := membersOf(a), membersOf(b)
	if inA == nil || inB == nil {
		return []difference{{at: at, a: a, b: b}}
	}
	var all []difference
	for _, key := range unionOfKeys(inA, inB) {
		all = append(all, differencesAt(placeIn(a, at, key), elementOr(inA, inB, key), elementOr(inB, inA, key))...)
	}
	return all
}
