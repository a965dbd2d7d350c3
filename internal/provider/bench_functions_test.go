package provider

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// BenchmarkFunctions calls the functions of a resource for a large allocator. x-wire is the time as a multiple
// of what it takes to decode and encode the resource once.
func BenchmarkFunctions(b *testing.B) {
	a := newPlannerResource(clusterPlanner(messages.Writer{Catalog: profile.Default()}, new(run)))
	arguments := values.AttributesOf(large(1000))
	request, _ := readRequest(arguments)
	planned := outcome{result: allocate.Plan(request, profile.Default())}
	held := a.value(values.AttributesOf(assembled(a.typ, arguments, nil)), values.Null(a.typ), request, planned)
	server := New("bench")()
	wire := ran(3, func() {
		if _, err := onWire(b, held).Unmarshal(a.typ); err != nil {
			b.Fatal(err)
		}
	})
	given, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, held)
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"claims", "lock", "required_routes"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				resp, err := server.CallFunction(
					context.Background(),
					&tfprotov6.CallFunctionRequest{Name: name, Arguments: []*tfprotov6.DynamicValue{&given}},
				)
				if err != nil || resp.Error != nil {
					b.Fatal(err, resp.Error)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(wire), "x-wire")
		})
	}
}
