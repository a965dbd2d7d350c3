package main

import (
	"bytes"
	"cmp"
	_ "embed" // the template and the order of the rules
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

const (
	rulesFile = folder + "/rules.md.tmpl"
	// examples is where tests of the provider keep the message of each rule.
	examples = "internal/provider/testdata/rules"
)

//go:embed rules.md.tmpl
var rulesLayout string

//go:embed rules.yaml
var rulesOrder []byte

var rulesTemplate = referenceTemplate("rules", rulesLayout)

// rulesPage is the data of the reference of rules.
type rulesPage struct {
	// From is the folder of the messages that are examples.
	From     string
	Codes    []string
	Sections []section
	// Kinds are all kinds of options, Across those across resources.
	Kinds   []optionKind
	Across  []string
	Sources []source
}

// optionKind is a kind of option with its title in messages.
type optionKind struct{ Kind, Title string }

// section is a group of rules.
type section struct {
	Title, About string
	Codes        []string        `yaml:"rules"`
	Rules        []conflictsRule `yaml:"-"`
}

// conflictsRule is a rule with its example. Everywhere is its only basis where that is nobody's in
// particular, nil where there are several.
type conflictsRule struct {
	rules.Rule
	Bases      ruleLines
	Everywhere *ruleLine
	Example    string
}

// RulesPage returns the reference of rules: one section for each rule, with its levels, sources and an example. root is the
// directory of the module, to read examples from.
func RulesPage(catalog *profile.Catalog, root fs.FS) ([]byte, error) {
	view, err := rulesView(catalog, root)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = rulesTemplate.Execute(&out, view)
	return out.Bytes(), err
}

func rulesView(catalog *profile.Catalog, root fs.FS) (rulesPage, error) {
	sections, err := orderedSections()
	if err != nil {
		return rulesPage{}, err
	}
	cited := &citations{catalog: catalog}
	for i, s := range sections {
		for _, code := range s.Codes {
			d, ok := rules.Find(code, catalog)
			if !ok {
				return rulesPage{}, fmt.Errorf("%s is no rule", code)
			}
			example, err := exampleOf(code, root)
			if err != nil {
				return rulesPage{}, err
			}
			r := cited.conflict(d)
			r.Example = withoutSource(example)
			sections[i].Rules = append(sections[i].Rules, r)
		}
	}
	kinds, err := optionKinds(catalog)
	return rulesPage{
		From: examples, Codes: rules.Codes(catalog), Sections: sections, Kinds: kinds, Across: rules.OptionsAcross(),
		Sources: cited.sources(),
	}, err
}

// optionKinds are the kinds of options that some rule has, sorted.
func optionKinds(catalog *profile.Catalog) ([]optionKind, error) {
	names := slices.Clone(rules.OptionsAcross())
	for _, r := range rules.All(catalog) {
		names = append(names, r.Options...)
	}
	var kinds []optionKind
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		title, ok := messages.OptionTitle(topology.OptionKind(name))
		if !ok {
			return nil, fmt.Errorf("%s is no kind of option", name)
		}
		kinds = append(kinds, optionKind{name, title})
	}
	return kinds, nil
}

// orderedSections are the groups of rules in the order of the reference, without the rules themselves.
func orderedSections() ([]section, error) {
	var order struct{ Sections []section }
	err := yaml.Unmarshal(rulesOrder, &order)
	return order.Sections, err
}

// conflict returns a rule with its bases, the highest level first.
func (c *citations) conflict(d rules.Rule) conflictsRule {
	r := conflictsRule{Rule: d}
	bases := rules.Bases(d.Code, c.catalog)
	slices.SortStableFunc(bases, func(a, b rules.Basis) int { return -cmp.Compare(a.Level, b.Level) })
	for _, b := range bases {
		r.Bases = append(r.Bases, c.rule(c.who(b.Of), b.Rule)...)
	}
	if len(bases) == 1 && len(r.Bases) == 1 && bases[0].Of == nil {
		r.Everywhere = &r.Bases[0]
	}
	return r
}

// who names profiles, platforms or hubs.
func (c *citations) who(of []string) string {
	if of == nil {
		return "all"
	}
	if slices.Equal(of, c.catalog.Names()) {
		return "every profile"
	}
	var names []string
	for _, name := range of {
		names = append(names, code(name))
	}
	return strings.Join(names, ", ")
}

func exampleOf(rule string, root fs.FS) (string, error) {
	text, err := fs.ReadFile(root, examples+"/"+rule+".golden")
	return inBlock.Replace(strings.TrimRight(string(text), "\n")), err
}

// label begins the lines behind a source.
var label = regexp.MustCompile(`^(Declared in|Error code of the platform): |^The platform does not check`)

// withoutSource is a message with a mark for the line that cites.
func withoutSource(message string) string {
	var lines []string
	cites := false
	for line := range strings.Lines(message) {
		source := strings.HasPrefix(line, "Source: ")
		cites = source || cites && !label.MatchString(line)
		switch {
		case source:
			lines = append(lines, "...\n")
		case !cites:
			lines = append(lines, line)
		}
	}
	return strings.TrimRight(strings.Join(lines, ""), "\n")
}
