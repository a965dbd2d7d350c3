package conflict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// reasons are the words of tests for the reasons of options.
var reasons = map[topology.OptionKind]string{
	conflict.OtherRange: "other range", conflict.OtherRanges: "other ranges", conflict.NoneFree: "none free", conflict.AnyRange: "any " +
		"range",
	conflict.OtherSupernets: "other supernets", conflict.Corrected: "corrected", conflict.Wider: "wider", conflict.Undone: "undone",
	conflict.Aggregate: "aggregate", conflict.LeadsTo: "leads to", conflict.Unused: "unused", conflict.Gone: "gone",
	conflict.Allowed: "allowed", conflict.Fewer: "fewer", conflict.Apart: "apart", conflict.OutOfMesh: "out of mesh",
	conflict.OwnSubnet: "own subnet", conflict.MoreSubnets: "more subnets", conflict.Smaller: "smaller", conflict.Larger: "larger",
	conflict.OtherProfile: "other profile", conflict.OwnRanges: "own ranges", conflict.Part: "part", conflict.Meant: "meant",
	conflict.Delegated: "delegated", conflict.Known: "known", conflict.OneOnly: "one only", conflict.Named: "named",
	conflict.Equal: "equal", conflict.Renamed: "renamed", conflict.OtherVRF: "other VRF", conflict.MovesThere: "moves there",
	conflict.MovesLater: "moves later", conflict.Accepted: "accepted", conflict.AcceptedMore: "accepted with a number",
	conflict.Lowered: "lowered", conflict.Moved: "moved", conflict.OtherUsed: "other use",
}

// optionText writes an option in a line: its reason, and each edit with its resource and place.
func optionText(o topology.Option) string {
	var edits []string
	for _, e := range o.Edits {
		edits = append(edits, resourceText(e.In)+e.At.String()+" "+changeText(e.Do))
	}
	reason := reasons[o.Kind]
	if o.Subject != "" {
		reason += " " + o.Subject
	}
	return reason + ": " + strings.Join(edits, "; ")
}

func optionTexts(options []topology.Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, optionText(o))
	}
	return out
}

func resourceText(r topology.Resource) string {
	text := ""
	if r.Origin != (topology.Origin{}) {
		text = r.Kind + " " + r.Name + ": "
	}
	if r.OtherWorkspace {
		text = "other workspace, " + text
	}
	return text
}

func changeText(change topology.Change) string {
	switch change := change.(type) {
	case topology.Setting:
		return valueText(change.Value)
	case topology.Removing:
		return "remove"
	case topology.Adding:
		if of, claims := change.Value.(topology.ClaimsOf); claims {
			return "+ claims of " + of.Kind + " " + of.Name
		}
		return fmt.Sprint("+ ", change.Value)
	case topology.RemovingFrom:
		return fmt.Sprint("- ", change.Value)
	case topology.Renaming:
		return "named " + change.To
	}
	panic(fmt.Sprintf("no text for %T", change))
}

// valueText writes the value that an argument gets.
func valueText(value any) string {
	switch v := value.(type) {
	case topology.FirstOf:
		return "= " + strings.Join(v, " or ")
	case topology.Entry:
		return "= {" + v.Attr + " = " + v.Value + "}"
	case topology.Result:
		return "= " + strings.TrimSpace(v.Of.Kind+" "+v.Of.Name+" "+v.At.String())
	case topology.BackTo:
		return fmt.Sprintf("= %v, not %v", v.Was, v.Now)
	case topology.AtMost:
		return fmt.Sprintf("<= %d", v)
	case topology.AtLeast:
		return fmt.Sprintf(">= %d", v)
	case topology.PartInUse:
		return fmt.Sprintf("without %v", v.Without)
	case topology.OutsideOf:
		return fmt.Sprintf("beside %v", v)
	case topology.UserValue:
		return map[topology.UserValue]string{topology.NewToken: "newtoken", topology.AllowedByRule: "comply"}[v]
	}
	return fmt.Sprint("= ", value)
}

// optionsOf are the options of findings that are one group.
func optionsOf(t *testing.T, findings ...conflict.Finding) []string {
	t.Helper()
	groups := conflict.Groups(findings)
	if len(groups) != 1 {
		t.Fatalf("%d groups, want one", len(groups))
	}
	return optionTexts(groups[0].Options())
}

// without is a list without the options of some reasons.
func without(options []string, reasons ...string) []string {
	return slices.DeleteFunc(options, func(o string) bool {
		return slices.ContainsFunc(reasons, func(reason string) bool { return strings.HasPrefix(o, reason+":") })
	})
}

func wantOptions(t *testing.T, got, want []string) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// of gives the range of a cluster or block a source and the place that gives it.
func of(source conflict.Source, c conflict.Claim, steps ...string) conflict.Claim {
	c.Source = source
	for i, step := range steps {
		if i%2 == 0 {
			c.At = c.At.Attr(step)
		} else {
			c.At = c.At.Key(step)
		}
	}
	return c
}

// pinnedPods is a Pod range that the configuration gives a cluster.
func pinnedPods(owner, text string) conflict.Claim {
	return of(conflict.Pinned, podsOf(owner, text), "clusters", owner, "pod_cidrs")
}

// place is a path of attributes and keys in turn.
func place(steps ...string) topology.Path {
	return of(conflict.Declared, conflict.Claim{}, steps...).At
}

// inOrderAcross puts texts of options into the order of the options across resources.
func inOrderAcross(options []string) []string {
	place := func(option string) (at int) {
		longest := 0
		for kind, reason := range reasons {
			if i := slices.Index(rules.OptionsAcross(), string(kind)); i >= 0 && len(reason) > longest &&
				(strings.HasPrefix(option, reason+":") || strings.HasPrefix(option, reason+" ")) {
				at, longest = i, len(reason)
			}
		}
		return at
	}
	return slices.SortedStableFunc(slices.Values(options), func(a, b string) int { return place(a) - place(b) })
}
