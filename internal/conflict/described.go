package conflict

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// Described is a row of the table of rules, for messages that do not read the table themselves yet.
type Described struct{ rules.Rule }

// At returns the effect of the rule where it has a level.
func (d Described) At(level profile.Level) string { return d.EffectAt(level) }

// Describe finds a rule by its code.
func Describe(code string, catalog *profile.Catalog) (Described, bool) {
	rule, ok := rules.Find(code, catalog)
	return Described{rule}, ok
}
