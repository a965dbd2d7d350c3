package provider_test

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// recorder is the provider, and keeps what a command of Terraform asked of it: Terraform configures a provider once to plan and,
// where the plan changes something, once more to apply it.
type recorder struct {
	tfprotov6.ProviderServer
	mu     sync.Mutex
	phases []*phase
}

// phase is what Terraform asked from one configuration of the provider to the next.
type phase struct {
	config  *tfprotov6.DynamicValue
	planned []plannedObject
	applied []heldObject
}

// plannedObject is an object before and after it was planned.
type plannedObject struct {
	heldObject
	planned *tfprotov6.DynamicValue
}

// heldObject is an object of a state and the configuration that it has.
type heldObject struct {
	typeName      string
	config, state *tfprotov6.DynamicValue
	private       []byte
}

func newRecorder() *recorder { return &recorder{ProviderServer: provider.New("test")()} }

// forget begins a new record, for the next command.
func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.phases = nil
}

// now is the phase that the last configuration of the provider began.
func (r *recorder) now() *phase {
	if len(r.phases) == 0 {
		return &phase{}
	}
	return r.phases[len(r.phases)-1]
}

func (r *recorder) ConfigureProvider(
	ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	r.mu.Lock()
	r.phases = append(r.phases, &phase{config: req.Config})
	r.mu.Unlock()
	return r.ProviderServer.ConfigureProvider(ctx, req)
}

func (r *recorder) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := r.ProviderServer.PlanResourceChange(ctx, req)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		now := r.now()
		now.planned = append(now.planned, plannedObject{
			heldObject{req.TypeName, req.Config, req.PriorState, req.PriorPrivate}, resp.PlannedState,
		})
	}
	return resp, err
}

func (r *recorder) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := r.ProviderServer.ApplyResourceChange(ctx, req)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		now := r.now()
		now.applied = append(now.applied, heldObject{req.TypeName, req.Config, resp.NewState, resp.Private})
		if !isNull(req.Config) && !slices.ContainsFunc(resp.Diagnostics, isError) {
			appliedHere.add(req.TypeName, req.Config)
		}
	}
	return resp, err
}

// held are the objects that the last command left in the state: first those that the plan did not change, then the others in the
// order in which they were applied. What was not known in the plan may turn out to change nothing.
func (r *recorder) held() []heldObject {
	var all []heldObject
	for _, phase := range r.phases {
		for _, p := range phase.planned {
			if !isNull(p.state) && bytes.Equal(p.state.MsgPack, p.planned.MsgPack) {
				all = append(all, p.heldObject)
			}
		}
		for _, applied := range phase.applied {
			if !isNull(applied.state) {
				all = append(all, applied)
			}
		}
	}
	return all
}

func isError(d *tfprotov6.Diagnostic) bool { return d.Severity == tfprotov6.DiagnosticSeverityError }

// null is how Terraform encodes a value that is null.
var null = []byte{0xc0}

func isNull(v *tfprotov6.DynamicValue) bool { return bytes.Equal(v.MsgPack, null) }

// again is a provider that was configured anew, as for the next command of Terraform, and has read the objects that the last one left.
func (r *recorder) again(t *testing.T) (tfprotov6.ProviderServer, []heldObject) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.held()
	if len(all) == 0 {
		t.Fatal("the last command left no object")
	}
	ctx, server := context.Background(), provider.New("test")()
	if _, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: r.now().config}); err != nil {
		t.Fatal(err)
	}
	for i, o := range all {
		req := &tfprotov6.ReadResourceRequest{TypeName: o.typeName, CurrentState: o.state, Private: o.private}
		read, err := server.ReadResource(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		all[i].state, all[i].private = read.NewState, read.Private
	}
	return server, all
}

// plansNothing plans what the last apply left once more, each object with the configuration that it was applied with. None may change:
// Terraform has nothing to do where no planned object differs from its state. At the end of a story, acceptance asks Terraform itself.
func (r *recorder) plansNothing(t *testing.T) {
	t.Helper()
	server, all := r.again(t)
	for _, o := range all {
		planned := o.plan(t, server, o.config, o.state)
		if !bytes.Equal(planned.MsgPack, o.state.MsgPack) {
			was, now := contents(t, o.typeName, o.state), contents(t, o.typeName, planned)
			t.Errorf("the next plan changes a %s: %v, planned %v", o.typeName, was, now)
		}
	}
}

// plansDestroy plans to destroy what the last command left, which nothing may stop. Terraform itself destroys all kinds of objects
// in TestAccMainExampleIsAppliedEditedAndDestroyed, TestAccWhatIsRemovedIsNoConflict, TestAccModulesAreNoConflicts and others.
func (r *recorder) plansDestroy(t *testing.T) {
	t.Helper()
	server, all := r.again(t)
	none := &tfprotov6.DynamicValue{MsgPack: null}
	for _, o := range all {
		if planned := o.plan(t, server, none, none); !isNull(planned) {
			t.Errorf("to destroy a %s leaves %v", o.typeName, contents(t, o.typeName, planned))
		}
	}
}

// plan plans an object with a configuration, which nothing may refuse.
func (o heldObject) plan(t *testing.T, server tfprotov6.ProviderServer, config, proposed *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
	t.Helper()
	resp, err := server.PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: o.typeName, Config: config, PriorState: o.state, PriorPrivate: o.private, ProposedNewState: proposed,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			t.Errorf("what was applied is refused: %s\n%s", d.Summary, d.Detail)
		}
	}
	return resp.PlannedState
}

// schemas are those of the provider, which take long to make.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return provider.New("test")().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// contents is the value of a resource.
func contents(t *testing.T, typeName string, v *tfprotov6.DynamicValue) tftypes.Value {
	t.Helper()
	all, err := schemas()
	if err != nil {
		t.Fatal(err)
	}
	value, err := v.Unmarshal(all.ResourceSchemas[typeName].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	return value
}
