package provider

import (
	"testing"
)

// Each server has a session of its own, made when it is configured: what one run plans is no second resource of the same name in another.
func TestRunsShareNothing(t *testing.T) {
	arguments := map[string]any{"name": "prod", "cidr_blocks": []string{"192.168.0.0/16"}}
	one, other := newRun(t), newRun(t)
	for i, run := range []*oneRun{one, other, one} {
		got := run.plan("cidrplan_vpc", arguments, nil, nil)
		if refused := len(got.errors) > 0; refused != (i == 2) {
			t.Errorf("plan %d: %v", i, got.errors)
		}
	}
}
