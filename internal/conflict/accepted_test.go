package conflict_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

var inHome = topology.Path{}.Attr("vpcs").Key("home")

const acceptedKey = "pod_overlaps_site|10.0.0.0/16|idc+shop"

func TestAcceptedConflictsAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		factKey, reason string
		want            []topology.Fault
	}{
		"a key and a reason": {acceptedKey, "moves in May", nil},
		"no key":             {"pod", "moves in May", []topology.Fault{{At: accepted("pod"), Problem: conflict.NoKey{Key: "pod"}}}},
		"no reason": {
			acceptedKey, "",
			[]topology.Fault{{At: accepted(acceptedKey).Attr("reason"), Problem: topology.Missing{Reason: conflict.ReasonNeeded{}}}},
		},
		"the reason as it was printed": {acceptedKey, "<why>", []topology.Fault{
			{
				At:      accepted(acceptedKey).Attr("reason"),
				Problem: topology.Placeholder{Value: "<why>", Instead: topology.ReasonToAccept}, Warn: true,
			},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			got := conflict.CheckAccepted(inHome, map[string]topology.Acceptance{test.factKey: {Reason: test.reason}})
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func accepted(key string) topology.Path { return inHome.Attr("accepted_conflicts").Key(key) }

// A last day has an effect only where there is a date to compare it with.
func TestLastDaysWithoutADateAreFound(t *testing.T) {
	ends := map[string]topology.Acceptance{acceptedKey: {Reason: "moves in May", Until: "2026-12-31"}}
	open := map[string]topology.Acceptance{acceptedKey: {Reason: "moves in May"}}
	facts := topology.Facts{
		Hubs:  map[string]topology.Hub{"cen": {Accepted: ends}},
		VPCs:  map[string]topology.VPC{"prod": {Accepted: ends}},
		Sites: map[string]topology.Site{"idc": {Accepted: open}},
	}
	for name, test := range map[string]struct {
		leniency conflict.Settings
		facts    topology.Facts
		want     int
	}{
		"of the allocator and its facts": {conflict.Settings{Accepted: ends}, facts, 3},
		"of the facts alone":             {conflict.Settings{Accepted: open}, facts, 2},
		"there is a date":                {conflict.Settings{Accepted: ends, Today: "2026-11-29"}, facts, 0},
		"the date is still to come":      {conflict.Settings{Accepted: ends, TodayUnknown: true}, facts, 0},
		"none has a last day":            {conflict.Settings{Accepted: open}, topology.Facts{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			places := test.leniency.WithoutToday(test.facts)
			if len(places) != test.want {
				t.Errorf("got %v, want %d places", places, test.want)
			}
			for _, at := range places {
				if at[len(at)-1].Attr != "until" {
					t.Errorf("%s is not the place of until", at)
				}
			}
		})
	}
}
