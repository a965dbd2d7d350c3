package messages

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The sentence on how a cluster is rebuilt follows from what Terraform does with the arguments that change.
func TestRebuildSaysWhatTerraformDoes(t *testing.T) {
	pilot := []string{"huaweicloud_cce_autopilot_cluster"}
	held := profile.Ranges{Service: netip.MustParsePrefix("10.96.0.0/20")}
	tests := map[string]struct {
		does      []profile.Does
		resources []string
		now       profile.Ranges
		want      string
	}{
		"no resource": {
			nil,
			nil,
			held,
			"Rebuild it with the new values: with -replace if it is a resource, else with its installer.",
		},
		"the plan fails": {
			[]profile.Does{profile.Fails},
			pilot,
			held,
			"The plan of huaweicloud_cce_autopilot_cluster fails at this change. Rebuild the cluster as the rule below says.",
		},
		"one argument of several fails": {
			[]profile.Does{profile.Replaces, profile.Fails},
			pilot,
			held,
			"The plan of huaweicloud_cce_autopilot_cluster fails at this change.",
		},
		"the plan fails later": {
			[]profile.Does{profile.Fails},
			pilot,
			profile.Ranges{},
			"The plan of huaweicloud_cce_autopilot_cluster fails at this change.",
		},
		"a replacement": {
			[]profile.Does{profile.Replaces},
			pilot,
			held,
			"has to show a replacement. If it does not, rebuild the cluster with -replace=huaweicloud_cce_autopilot_cluster.<name>.",
		},
		"a replacement with new ranges that are not known yet": {
			[]profile.Does{profile.Replaces},
			pilot,
			profile.Ranges{},
			"Terraform does not replace the cluster by itself.",
		},
		"an apply that fails": {
			[]profile.Does{profile.Refuses},
			pilot,
			held,
			"Rebuild it with: terraform apply -replace=huaweicloud_cce_autopilot_cluster.<name>.",
		},
		"a change that is lost": {
			[]profile.Does{profile.Ignores},
			[]string{"a_b", "c_d"},
			held,
			"terraform apply -replace=a_b.<name>, or -replace=c_d.<name>.",
		},
		"an outcome nobody read": {[]profile.Does{""}, pilot, held, "Terraform does not replace the cluster by itself."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			moved := allocate.Moved{Cluster: "jobs", Now: test.now, Resources: test.resources}
			for i, d := range test.does {
				moved.Arguments = append(moved.Arguments, allocate.Argument{Name: fmt.Sprint("a", i), Outcome: profile.Outcome{Does: d}})
			}
			if got := rebuild(moved); !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Every profile whose data says that a plan fails says in the same text how the cluster is rebuilt: the sentence
// sends the reader there.
func TestPlansThatFailSayHowToRebuild(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	var failing []string
	for _, name := range p.Catalog.Names() {
		of, _ := p.Catalog.Profile(name)
		for argument, a := range p.Catalog.Output(of).Attributes {
			outcome := of.Outcome(a)
			if outcome.Does != profile.Fails {
				continue
			}
			failing = append(failing, name)
			moved := allocate.Moved{
				Cluster:   "jobs",
				Output:    of.Output,
				Resources: of.Change.Resources,
				Arguments: []allocate.Argument{{Name: argument, Outcome: outcome}},
			}
			got := p.rebuilding(moved)
			for _, part := range []string{
				of.Output + "." + argument + ": the plan of the resource fails",
				"Rebuild the cluster as the rule below says.",
				"Rule: " + outcome.Text,
				"enable_force_new",
				"Source: ",
			} {
				if !strings.Contains(got, part) {
					t.Errorf("%s: %q is missing in\n%s", name, part, got)
				}
			}
		}
	}
	if !slices.Contains(failing, "cce-autopilot") {
		t.Errorf("the profiles whose plans fail are %v, without cce-autopilot", failing)
	}
}
