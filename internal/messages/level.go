package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A message says what the rule's own level says: an error is refused, a warning is advised against, a note
// is allowed. How serious a message is can differ from that, by rule_levels or since the conflict is old.

// Note is the level of findings that nobody has to act on.
const Note = "note"

// IsNote says whether a finding only notes what the platform allows.
func IsNote(f conflict.Finding) bool {
	return f.Rule.Level == profile.Allow && f.SetLevel == profile.Allow
}

// platformOf is the title of the profile or platform whose rule is broken.
func platformOf(f conflict.Finding) string {
	if f.VPCPlatform != "" {
		return f.VPCPlatform
	}
	return f.A.Profile.Title
}

// unusable says whether a range breaks a rule by itself that is not one of a platform: no network can use the addresses.
func unusable(f conflict.Finding) bool {
	return f.A.Kind == conflict.Block || f.VPCPlatform != "" && f.A.Platform == profile.Generic
}

// oneRange reports a range that breaks a rule of its platform by itself.
func oneRange(f conflict.Finding) string {
	who, platform := Capital(party(f.A)), platformOf(f)
	switch f.Rule.Level {
	case profile.Error:
		return fmt.Sprintf("%s is not accepted by %s.", who, platform)
	case profile.Warn:
		return fmt.Sprintf("%s is not recommended on %s.", who, platform)
	}
	return fmt.Sprintf("%s is accepted by %s, with a note.", who, platform)
}

// severalRanges is oneRange for several, which list shows.
func severalRanges(f conflict.Finding, count int, list string) string {
	platform := platformOf(f)
	switch f.Rule.Level {
	case profile.Error:
		return fmt.Sprintf("These %d ranges are not accepted by %s:%s", count, platform, list)
	case profile.Warn:
		return fmt.Sprintf("These %d ranges are not recommended on %s:%s", count, platform, list)
	}
	return fmt.Sprintf("These %d ranges are accepted by %s, with a note:%s", count, platform, list)
}

// levelText is the level of a finding's rule, with the one that the configuration sets.
func levelText(f conflict.Finding) string {
	level := f.Rule.Level.String()
	if f.Rule.Level == profile.Allow {
		level = Note
	}
	if f.SetLevel != profile.Allow && f.SetLevel != f.Rule.Level {
		return fmt.Sprintf("%s, set to %s by rule_levels", level, f.SetLevel)
	}
	return level
}

// accepts is what a platform does up to a bound.
func accepts(f topology.Fault) string {
	if f.Warn {
		return "advises"
	}
	return "accepts"
}

// adviceOnly is the sentence that a bound on the number of nodes is advice, which a pinned range may exceed; "" if it is not.
func adviceOnly(e allocate.NeedNotServed) string {
	if e.Rule.Level != profile.Warn || e.Argument != "max_nodes" {
		return ""
	}
	return " The rule is a recommendation: cidrplan never allocates against it, and only warns about a pinned range."
}
