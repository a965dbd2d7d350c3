package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// validate checks the arguments of the planner, for resource and data source alike. Terraform validates again
// in each plan, so that attributes without effect need not be reported by the plan. Other warnings are the plan's.
func (a planner) validate(config tftypes.Value) []message {
	w := a.door.arguments.written(config)
	p := a.prose.from(w.declared)
	request, faults := a.door.read(w.arguments)
	faults = slices.Concat(faults, w.faults, allocate.Check(request, p.catalog))
	faults = slices.DeleteFunc(faults, func(f topology.Fault) bool { return f.Warn }) // which the plan prints
	messages := p.faultMessages(append(faults, w.unused...))
	return a.run.Load().once(apart(p.mark(request.Name), messages))
}

// once leaves out the warnings of a validation without a session. A plan validates twice, before and after it
// configures the provider, and would print each warning twice.
func (s *session) once(messages []message) []message {
	if s == nil {
		return slices.DeleteFunc(messages, func(m message) bool { return m.warn })
	}
	return messages
}

// requireWriteOnly reports declare under a Terraform that has no write-only arguments and would store it.
func requireWriteOnly(config tftypes.Value, writeOnly bool) []message {
	if writeOnly || attributesOf(config)[declareArgument].IsNull() {
		return nil
	}
	return []message{{
		at: topology.Path{}.Attr(declareArgument), summary: "Terraform Is Too Old for declare",
		detail: "declare needs Terraform 1.11 or OpenTofu 1.11, which have write-only arguments. Use such a version, or give the arguments that declare has as arguments of their own, " +
			"without declare around them.",
	}}
}
