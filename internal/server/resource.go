package server

import (
	"context"
	"errors"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is a type of resource. Its attributes are set by the configuration or computed; those that are both are set by Plan.
type Resource interface {
	// Schema describes the attributes, for Terraform and for the Registry.
	Schema() *tfprotov6.Schema
	// Validate checks a configuration. writeOnly says that this Terraform has write-only arguments.
	Validate(config tftypes.Value, writeOnly bool) []*tfprotov6.Diagnostic
	// Plan returns the whole planned value. Its answer is the same at the start of the apply, with values that are known then.
	Plan(context.Context, Change) Planned
	// Forget checks the plan that destroys what Change.Prior has.
	Forget(context.Context, Change) []*tfprotov6.Diagnostic
	// Apply stores a planned value. It returns what is kept beside the value. With an error among the messages, the object stays as
	// it was.
	Apply(context.Context, Application) (Private, []*tfprotov6.Diagnostic)
	// Destroy ends what Change.Prior has. With an error among the messages, the object stays as it was.
	Destroy(context.Context, Change) []*tfprotov6.Diagnostic
	// See sees each object that a state has before anything is planned, also without a refresh.
	See(state tftypes.Value)
	// Read sees each object in a refresh, and returns what is kept beside it. The object itself stays as it is.
	Read(state tftypes.Value, private Private) Private
	// Import makes the value of an object of the text that a user gives as its ID.
	Import(id string) (tftypes.Value, Private, []*tfprotov6.Diagnostic)
}

// Change is what a plan is asked for. A null prior value is that of an object that is not there yet.
type Change struct {
	Config, Prior tftypes.Value
	Private       Private
	prepare       func(planned tftypes.Value)
}

// Prepare makes the answer of a planned value, where Plan has something else to wait for. If it is called, its last value is the one that
// Plan returns.
func (c Change) Prepare(planned tftypes.Value) {
	if c.prepare != nil {
		c.prepare(planned)
	}
}

// Creates says whether there is no prior value. The second call for a replacement is of this kind, too.
func (c Change) Creates() bool { return c.Prior.IsNull() }

// Application is what an apply is asked for: to store a planned value.
type Application struct {
	// Planned decodes the planned value, once. That of many clusters takes a while, in which something else can be done.
	Planned func() tftypes.Value
	// Creates says that there was no such object before.
	Creates bool
	// Private is what Plan returned.
	Private Private
}

// Planned is the answer. With an error among the messages there is no value.
type Planned struct {
	Value       tftypes.Value
	Private     Private
	Diagnostics []*tfprotov6.Diagnostic
}

func (s *server) ValidateResourceConfig(
	_ context.Context,
	req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	r, config, err := open(s.resources, req.TypeName, req.Config)
	if err != nil {
		return nil, err
	}
	writeOnly := req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: withFlagFaults(r.it.Validate(config, writeOnly), r.schema, config)}, nil
}

func (s *server) UpgradeResourceState(
	_ context.Context,
	req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	r, err := find(s.resources, req.TypeName)
	if err != nil {
		return nil, err
	}
	state, err := stored(req.RawState, r.typ)
	if err != nil {
		return &tfprotov6.UpgradeResourceStateResponse{Diagnostics: []*tfprotov6.Diagnostic{unreadable(err)}}, nil
	}
	r.it.See(state)
	upgraded, err := r.encode(state)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: upgraded}, err
}

func (s *server) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	r, state, err := open(s.resources, req.TypeName, req.CurrentState)
	if err != nil {
		return nil, err
	}
	private, err := unpack(req.Private)
	if err != nil {
		return nil, err
	}
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: r.it.Read(state, private).pack()}, nil
}

func (s *server) PlanResourceChange(
	ctx context.Context,
	req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	r, err := find(s.resources, req.TypeName)
	if err != nil {
		return nil, err
	}
	config, errConfig := r.decode(req.Config)
	prior, errPrior := r.decode(req.PriorState)
	private, errPrivate := unpack(req.PriorPrivate)
	if err := errors.Join(errConfig, errPrior, errPrivate); err != nil {
		return nil, err
	}
	var state *tfprotov6.DynamicValue
	var errState error
	prepare := func(planned tftypes.Value) {
		if state, errState = req.PriorState, nil; !same(planned, prior) {
			state, errState = r.encode(planned)
		}
	}
	change := Change{Config: config, Prior: prior, Private: private, prepare: prepare}
	if config.IsNull() {
		return &tfprotov6.PlanResourceChangeResponse{
			PlannedState:   req.ProposedNewState,
			PlannedPrivate: req.PriorPrivate,
			Diagnostics:    once(r.it.Forget(ctx, change)),
		}, nil
	}
	planned := r.it.Plan(ctx, change)
	resp := &tfprotov6.PlanResourceChangeResponse{
		// Without the write-only arguments of the proposed state: OpenTofu reports them also beside an error.
		PlannedState:   req.PriorState,
		PlannedPrivate: planned.Private.pack(),
		Diagnostics:    once(planned.Diagnostics),
	}
	if failed(planned.Diagnostics) {
		return resp, nil
	}
	if state == nil {
		prepare(planned.Value)
	}
	resp.PlannedState = state
	return resp, errState
}

// ApplyResourceChange stores what was planned, or destroys what there was.
func (s *server) ApplyResourceChange(
	ctx context.Context,
	req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	r, err := find(s.resources, req.TypeName)
	if err != nil {
		return nil, err
	}
	creates, errPrior := isNull(req.PriorState)
	destroys, errPlanned := isNull(req.PlannedState)
	private, errPrivate := unpack(req.PlannedPrivate)
	if err := errors.Join(errPrior, errPlanned, errPrivate); err != nil {
		return nil, err
	}
	resp := &tfprotov6.ApplyResourceChangeResponse{NewState: req.PlannedState}
	if destroys {
		var prior tftypes.Value
		if prior, err = r.decode(req.PriorState); err != nil {
			return nil, err
		}
		resp.Diagnostics = once(r.it.Destroy(ctx, Change{Config: tftypes.NewValue(r.typ, nil), Prior: prior, Private: private}))
	} else {
		planned := sync.OnceValue(func() (value tftypes.Value) {
			value, err = r.decode(req.PlannedState)
			return value
		})
		private, resp.Diagnostics = r.it.Apply(ctx, Application{Planned: planned, Creates: creates, Private: private})
		if planned(); err != nil {
			return nil, err
		}
		resp.Diagnostics = once(resp.Diagnostics)
	}
	if failed(resp.Diagnostics) {
		resp.NewState = req.PriorState
	}
	if !destroys || failed(resp.Diagnostics) {
		resp.Private = private.pack()
	}
	return resp, nil
}

func (s *server) ImportResourceState(
	_ context.Context,
	req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	r, err := find(s.resources, req.TypeName)
	if err != nil {
		return nil, err
	}
	value, private, diagnostics := r.it.Import(req.ID)
	resp := &tfprotov6.ImportResourceStateResponse{Diagnostics: once(diagnostics)}
	if failed(diagnostics) {
		return resp, nil
	}
	state, err := r.encode(value)
	resp.ImportedResources = []*tfprotov6.ImportedResource{{TypeName: req.TypeName, State: state, Private: private.pack()}}
	return resp, err
}

// MoveResourceState refuses a moved block between types: what one type holds means nothing to another.
func (s *server) MoveResourceState(
	_ context.Context,
	req *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	return &tfprotov6.MoveResourceStateResponse{Diagnostics: []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  "Resource Type Cannot Change",
		Detail: "A moved block goes from a " + req.SourceTypeName + " to a " + req.TargetTypeName + ". A " + req.TargetTypeName +
			" cannot be made of another type of resource: both addresses of a moved block must have the same type.",
	}}}, nil
}
