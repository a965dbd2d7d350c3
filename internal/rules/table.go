package rules

import (
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

//go:embed data/*.yaml
var data embed.FS

// table is the content of the data files.
type table struct {
	Rules []Rule `yaml:"rules"`
	// Everywhere are levels that hold on every platform, by name.
	Everywhere map[string]profile.Rule `yaml:"everywhere"`
	// AcrossResources are the kinds of options of rules that two resources break together, of which no planner knows both. They are
	// the same for all rules: see OptionsAcross.
	AcrossResources []string `yaml:"options_across_resources"`
}

var loaded = sync.OnceValue(func() table {
	t, err := load(data)
	if err != nil {
		panic(err) // the data is compiled in and loaded by tests
	}
	return t
})

// load reads all files of a folder data. It returns an error for a key that no rule has.
func load(fsys fs.FS) (table, error) {
	var all table
	names, err := fs.Glob(fsys, "data/*.yaml")
	if err != nil {
		return all, err
	}
	for _, name := range names {
		var part table
		if _, err := profile.DecodeYAML(fsys, name, &part); err != nil {
			return all, err
		}
		all.Rules = append(all.Rules, part.Rules...)
		if part.Everywhere != nil {
			all.Everywhere = part.Everywhere
		}
		if part.AcrossResources != nil {
			all.AcrossResources = part.AcrossResources
		}
	}
	return all, nil
}

// Everywhere returns a level that holds on every platform, with its text and sources. It panics for a name that the table
// does not have.
func Everywhere(name string) profile.Rule {
	rule, ok := loaded().Everywhere[name]
	if !ok {
		panic("no rule " + strconv.Quote(name) + " holds everywhere")
	}
	return rule
}

// All returns the rules that anything in the catalog has a level for, in the order of their codes.
func All(catalog *profile.Catalog) []Rule {
	var all []Rule
	for _, rule := range loaded().Rules {
		for _, one := range rule.numbered(catalog) {
			if len(basesOf(one, catalog)) > 0 {
				all = append(all, one)
			}
		}
	}
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// Find returns the rule with a code. ok is false for a code that no finding has.
func Find(code string, catalog *profile.Catalog) (rule Rule, ok bool) {
	for _, rule := range loaded().Rules {
		for _, one := range rule.numbered(catalog) {
			if one.Code == code && len(basesOf(one, catalog)) > 0 {
				return one, true
			}
		}
	}
	return Rule{}, false
}

// Codes returns the codes of all rules, sorted.
func Codes(catalog *profile.Catalog) []string {
	return codesOf(All(catalog))
}

// FoundBy returns the codes of the rules that a finder can find broken, sorted.
func FoundBy(f Finder, catalog *profile.Catalog) []string {
	return codesOf(slices.DeleteFunc(All(catalog), func(rule Rule) bool { return !rule.IsFoundBy(f) }))
}

func codesOf(all []Rule) []string {
	var codes []string
	for _, rule := range all {
		codes = append(codes, rule.Code)
	}
	return codes
}

// bits is the part of a code that stands for a number of the platforms' data.
const bits = "{bits}"

// numbered is the rule, or one rule for each number that profiles have in place of {bits} in its code.
func (r Rule) numbered(catalog *profile.Catalog) []Rule {
	if !strings.Contains(r.Code, bits) {
		return []Rule{r}
	}
	var numbers []int
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		for _, from := range r.LevelFrom {
			if n := bitsOf(from, p); n != 0 && !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	var all []Rule
	for _, n := range numbers {
		one := r
		one.Code = strings.Replace(r.Code, bits, strconv.Itoa(n), 1)
		all = append(all, one)
	}
	return all
}

// bitsOf is the number that belongs to a level of a profile.
func bitsOf(from string, p *profile.Profile) int {
	switch from {
	case "nodes.max_difference_rule":
		return p.Nodes.MaxDifference
	case "ipv6.max_difference_rule":
		return p.IPv6.MaxDifference
	}
	return 0
}
