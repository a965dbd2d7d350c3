package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// validate checks the arguments of the planner, and leaves some faults to the plan. Terraform validates again in each plan, so that
// attributes without effect need not be reported by the plan. Other warnings are the plan's.
func (a planner) validate(config tftypes.Value, left func(topology.Fault) bool) []messages.Message {
	w := a.kind.arguments.Written(config)
	p := a.writer.From(w.Declared)
	request, faults := a.kind.read(w.Arguments)
	faults = validationFaults(request, slices.Concat(faults, w.Faults), p.Catalog, left)
	found := p.FaultMessages(append(faults, w.Unused...))
	return a.run.Load().once(messages.DistinctSummaries(p.Mark(request.Name), found))
}

// noneLeft leaves no fault to the plan. A data source has no prior state, and a plan does not read one with an unknown argument.
func noneLeft(topology.Fault) bool { return false }

// validationFaults are what a validation reports of a request, without those that are left to the plan.
func validationFaults(
	request allocate.Request, unread []topology.Fault, catalog *profile.Catalog, left func(topology.Fault) bool,
) []topology.Fault {
	checked := slices.DeleteFunc(allocate.Check(request, catalog), left)
	return slices.DeleteFunc(slices.Concat(unread, checked), func(f topology.Fault) bool { return f.Warn })
}

// once leaves out the warnings of a validation without a session. A plan validates twice, before and after it
// configures the provider, and would print each warning twice.
func (s *session) once(found []messages.Message) []messages.Message {
	if s == nil {
		return slices.DeleteFunc(found, func(m messages.Message) bool { return m.Warn })
	}
	return found
}

// requireWriteOnly reports declare under a Terraform that has no write-only arguments and would store it.
func requireWriteOnly(config tftypes.Value, writeOnly bool) []messages.Message {
	if writeOnly || values.AttributesOf(config)[topology.DeclareArgument].IsNull() {
		return nil
	}
	return []messages.Message{messages.NoWriteOnlyArguments()}
}
