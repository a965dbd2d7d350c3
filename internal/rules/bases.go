package rules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Basis is a level of a rule with its text and sources, and who has it.
type Basis struct {
	profile.Rule
	// Of are the profiles, platforms or kinds of hubs that have the level, such as "hub er", nil where it holds
	// everywhere.
	Of []string
}

// UnnamedProfile is what bases of rules have as the name of the profile of clusters whose claims name none.
const UnnamedProfile = "claims without a profile"

// Bases returns all levels that findings of a code can have, in the order of the data. What allows what the rule
// is about is not among them; a limit that is only a note is.
func Bases(code string, catalog *profile.Catalog) []Basis {
	rule, ok := Find(code, catalog)
	if !ok {
		return nil
	}
	return basesOf(rule, catalog)
}

func basesOf(r Rule, catalog *profile.Catalog) []Basis {
	var b bases
	b.everywhere(r)
	b.profiles(r, catalog)
	b.platforms(r, catalog)
	b.hubs(r, catalog)
	return b.all
}

// bases collects levels, each once.
type bases struct{ all []Basis }

func (b *bases) everywhere(r Rule) {
	for _, from := range r.LevelFrom {
		if rule, ok := loaded().Everywhere[from]; ok {
			b.all = append(b.all, Basis{Rule: rule})
		}
		for _, rule := range unusable(from) {
			b.all = append(b.all, Basis{Rule: rule})
		}
	}
}

func (b *bases) profiles(r Rule, catalog *profile.Catalog) {
	levels := func(p *profile.Profile) []profile.Rule {
		var rules []profile.Rule
		for _, from := range r.LevelFrom {
			if n := bitsOf(from, p); n == 0 || strings.HasSuffix(r.Code, "_"+strconv.Itoa(n)) {
				rules = append(rules, ofProfile(from, p)...)
			}
		}
		return rules
	}
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		b.add(name, levels(p)...)
	}
	if p := catalog.Unnamed(); p != nil {
		b.addNew(UnnamedProfile, levels(p)...)
	}
}

func (b *bases) platforms(r Rule, catalog *profile.Catalog) {
	for _, name := range catalog.Platforms() {
		for _, from := range r.LevelFrom {
			b.add(name, ofPlatform(from, catalog.Platform(name).Networks)...)
		}
	}
}

func (b *bases) hubs(r Rule, catalog *profile.Catalog) {
	for _, kind := range catalog.HubKinds() {
		hub := catalog.Hub(kind)
		for _, level := range append([]string{""}, hub.Levels()...) {
			name := "hub " + kind
			if _, own := hub.ProtectionLevels[level]; own {
				name += " " + level
			}
			for _, from := range r.LevelFrom {
				b.add(name, ofHub(from, hub.At(level))...)
			}
		}
	}
}

func (b *bases) add(who string, rules ...profile.Rule) {
	for _, r := range rules {
		at := slices.IndexFunc(b.all, func(o Basis) bool { return same(o.Rule, r) })
		switch {
		case r.Text == "": // the data has no rule here
		case at < 0:
			b.all = append(b.all, Basis{Rule: r, Of: []string{who}})
		case b.all[at].Of != nil && !slices.Contains(b.all[at].Of, who):
			b.all[at].Of = append(b.all[at].Of, who)
		}
	}
}

// addNew adds levels that nobody has so far.
func (b *bases) addNew(who string, rules ...profile.Rule) {
	for _, r := range rules {
		if !slices.ContainsFunc(b.all, func(o Basis) bool { return same(o.Rule, r) }) {
			b.add(who, r)
		}
	}
}

func same(a, b profile.Rule) bool { return a.Level == b.Level && a.Text == b.Text }
