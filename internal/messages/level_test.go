package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestLevelsOfFindings(t *testing.T) {
	for name, test := range map[string]struct {
		of, set profile.Level
		note    bool
		want    string
	}{
		"an error":                 {profile.Error, profile.Allow, false, "error"},
		"set to what it is":        {profile.Error, profile.Error, false, "error"},
		"an error that only warns": {profile.Error, profile.Warn, false, "error, set to warn by rule_levels"},
		"a note":                   {profile.Allow, profile.Allow, true, "note"},
		"a note that is an error":  {profile.Allow, profile.Error, false, "note, set to error by rule_levels"},
	} {
		f := conflict.Finding{Rule: profile.Rule{Level: test.of}, SetLevel: test.set}
		if got := levelText(f); got != test.want || IsNote(f) != test.note {
			t.Errorf("%s: got %q, a note %t, want %q", name, got, IsNote(f), test.want)
		}
	}
}

func TestSeveralRangesThatBreakARuleOfTheirPlatform(t *testing.T) {
	f := conflict.Finding{A: partyOf(conflict.Pod, "a", func(c *conflict.Claim) { c.Profile = shipped(t, "ack-flannel") })}
	title := shipped(t, "ack-flannel").Title
	for level, want := range map[profile.Level]string{
		profile.Error: "These 2 ranges are not accepted by " + title + ":x",
		profile.Warn:  "These 2 ranges are not recommended on " + title + ":x",
		profile.Allow: "These 2 ranges are accepted by " + title + ", with a note:x",
	} {
		f.Rule.Level = level
		if got := severalRanges(f, 2, "x"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestBoundsAreAcceptedOrAdvised(t *testing.T) {
	for warn, want := range map[bool]string{false: "accepts", true: "advises"} {
		if got := accepts(topology.Fault{Warn: warn}); got != want {
			t.Errorf("a warning %t: got %s", warn, got)
		}
	}
	const recommended = " The rule is a recommendation: cidrplan never allocates against it, and only warns about a pinned range."
	for name, test := range map[string]struct {
		level    profile.Level
		argument string
		want     string
	}{
		"advice on the number of nodes":  {profile.Warn, "max_nodes", recommended},
		"a bound on the number of nodes": {profile.Error, "max_nodes", ""},
		"advice on the number of Pods":   {profile.Warn, "pods_per_node", ""},
	} {
		e := allocate.NeedNotServed{SizeError: &profile.SizeError{Argument: test.argument, Rule: profile.Rule{Level: test.level}}}
		if got := adviceOnly(e); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
