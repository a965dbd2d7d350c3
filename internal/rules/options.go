package rules

import (
	"strconv"
	"strings"
)

// OptionsOf returns the kinds of options that can resolve findings with a code, in the order in which messages have them. It returns nil
// for a code that no rule has.
func OptionsOf(code string) []string {
	for _, rule := range loaded().Rules {
		if rule.hasCode(code) {
			return rule.Options
		}
	}
	return nil
}

// OptionsAcross returns the kinds of options that can resolve findings of the configuration-wide check, in the order in which messages
// have them. Two resources break a rule together there, and what resolves it depends on these, not on the rule.
func OptionsAcross() []string { return loaded().AcrossResources }

// hasCode says whether a code is that of the rule, with some number where the rule has {bits}.
func (r Rule) hasCode(code string) bool {
	before, after, numbered := strings.Cut(r.Code, bits)
	if !numbered {
		return code == r.Code
	}
	number, begins := strings.CutPrefix(code, before)
	number, ends := strings.CutSuffix(number, after)
	_, err := strconv.Atoi(number)
	return begins && ends && err == nil
}
