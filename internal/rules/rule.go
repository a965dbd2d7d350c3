package rules

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Rule is one rule that a finding can name.
type Rule struct {
	// Code names the rule in keys of accepted conflicts and in rule_levels, such as "pod_overlaps_vpc".
	Code string `yaml:"code"`
	// Title is the rule in a few words, without a full stop.
	Title string `yaml:"title"`
	// Broken says in sentences when the rule is broken.
	Broken string `yaml:"broken"`
	// Effect says in sentences what happens where the rule is broken and is an error.
	Effect string `yaml:"effect"`
	// EffectOfWarning says it where the rule is a warning, "" where that is the same.
	EffectOfWarning string `yaml:"effect_of_warning"`
	// FoundBy are those that can find the rule broken; without any, these are allocators and audits.
	FoundBy []Finder `yaml:"found_by"`
	// LevelFrom names where the level comes from: levels that hold everywhere, or parts of the data of profiles, platforms
	// and hubs.
	LevelFrom []string `yaml:"level_from"`
	// Options are the kinds of options that can resolve a finding, in the order in which a message has them. Which of them apply, and
	// with which values, depends on the finding.
	Options []string `yaml:"options"`
}

// Finder is what can find a rule broken.
type Finder string

// The finders of rules.
const (
	Allocator Finder = "allocator"
	Audit     Finder = "audit"
	Blocks    Finder = "blocks"
	// Declaration is a cidrplan_vpc by itself.
	Declaration Finder = "declaration"
)

// IsFoundBy says whether a finder can find the rule broken.
func (r Rule) IsFoundBy(f Finder) bool {
	if len(r.FoundBy) == 0 {
		return f == Allocator || f == Audit
	}
	return slices.Contains(r.FoundBy, f)
}

// EffectAt says what happens where the rule has a level. It is "" for profile.Allow: what a platform allows has no bad effect.
func (r Rule) EffectAt(level profile.Level) string {
	switch {
	case level == profile.Allow:
		return ""
	case level == profile.Warn && r.EffectOfWarning != "":
		return r.EffectOfWarning
	}
	return r.Effect
}
