package clouds

import (
	"fmt"
	"testing"
)

// What is no map of objects is a fault at its place.
func TestFaultsOfWhatIsGiven(t *testing.T) {
	vpcs := func(v any) map[string]any { return map[string]any{"huaweicloud": map[string]any{"vpcs": v}} }
	for name, test := range map[string]struct {
		given any
		want  string
	}{
		"a text":            {"x", `: clouds.NotMap`},
		"another cloud":     {map[string]any{"oracle": nil}, `oracle: clouds.NoSuchPlatform`},
		"a list of a cloud": {map[string]any{"huaweicloud": []any{}}, `huaweicloud: clouds.NotMap`},
		"another argument": {
			map[string]any{"huaweicloud": map[string]any{"vpc": nil}}, `huaweicloud.vpc: clouds.NoSuchArgument`,
		},
		"a list of objects":          {vpcs([]any{}), `huaweicloud.vpcs: clouds.NotMap`},
		"one VPC":                    {vpcs(map[string]any{"id": "a", "cidr": "10.0.0.0/8"}), `huaweicloud.vpcs: clouds.SingleObject`},
		"one object of another type": {vpcs(map[string]any{"id": "a", "color": "red"}), `huaweicloud.vpcs: clouds.SingleObject`},
		"a VPC of another cloud": {
			vpcs(map[string]any{"vpc_id": "a", "cidr_block": "10.0.0.0/8", "common_assistant_cidr": []any{}}),
			`huaweicloud.vpcs: clouds.SingleObject`,
		},
		"an ID for an object":          {vpcs(map[string]any{"prod": "vpc-1"}), `huaweicloud.vpcs["prod"]: clouds.NotMap`},
		"a list for an object":         {vpcs(map[string]any{"prod": []any{"vpc-1"}}), `huaweicloud.vpcs["prod"]: clouds.NotMap`},
		"null":                         {vpcs(map[string]any{"prod": nil}), `huaweicloud.vpcs["prod"]: clouds.NullObject`},
		"an object without attributes": {vpcs(map[string]any{"prod": map[string]any{}}), `huaweicloud.vpcs["prod"]: clouds.WrongObject`},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := Default().Facts(fake{test.given})
			if len(faults) != 1 || fmt.Sprintf("%s: %T", faults[0].At, faults[0].Problem) != test.want {
				t.Errorf("got %v, want %s", faults, test.want)
			}
		})
	}
	for name, given := range map[string]any{"null": nil, "a cloud that is null": map[string]any{"huaweicloud": nil}} {
		if facts, faults := Default().Facts(fake{given}); len(faults) > 0 || facts.VPCs.AfterApply || len(facts.VPCs.Value) > 0 {
			t.Errorf("%s: got %v", name, faults)
		}
	}
	if facts, _ := Default().Facts(fake{unknown{}}); !facts.VPCs.AfterApply || !facts.Unplaced.AfterApply {
		t.Errorf("unknown: got %+v", facts)
	}
}
