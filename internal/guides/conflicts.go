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
	"text/template"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

const (
	conflictsFile = folder + "/conflicts.md.tmpl"
	// examples is where tests of the provider keep the message of each rule.
	examples = "internal/provider/testdata/rules"
	// shownWhole is the rule whose message the guide explains.
	shownWhole = "pod_overlaps_route"
)

//go:embed conflicts.md.tmpl
var conflictsLayout string

//go:embed conflicts.yaml
var conflictsOrder []byte

var conflictsTemplate = template.Must(
	template.New("conflicts").Delims("[[", "]]").Funcs(template.FuncMap{"cell": cell, "code": code}).Parse(conflictsLayout),
)

// conflictsPage is what the guide on conflicts shows.
type conflictsPage struct {
	// Whole is the message of the rule Explained with all its lines, Key the one that it names, and From
	// the folder of all messages.
	Whole, Key, From, Explained string
	Codes                       []string
	Sections                    []section
	Messages                    []otherMessage
	Summaries                   []summaryForm
	Parties                     []string
	Sources                     []source
}

// summaryForm is how summaries of conflicts read.
type summaryForm struct{ Form, Means string }

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

// otherMessage is a message that is no conflict.
type otherMessage struct{ Summary, Means, Do string }

// ConflictsPage is the guide on conflicts. root is the module's, to read examples from.
func ConflictsPage(catalog *profile.Catalog, root fs.FS) ([]byte, error) {
	view, err := conflictsView(catalog, root)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = conflictsTemplate.Execute(&out, view)
	return out.Bytes(), err
}

func conflictsView(catalog *profile.Catalog, root fs.FS) (conflictsPage, error) {
	view := conflictsPage{From: examples, Explained: shownWhole, Codes: rules.Codes(catalog)}
	var order struct {
		Sections []section
		Messages []otherMessage

		Summaries []summaryForm
		Parties   []string
	}
	if err := yaml.Unmarshal(conflictsOrder, &order); err != nil {
		return view, err
	}
	cited := &citations{catalog: catalog}
	for _, s := range order.Sections {
		for _, code := range s.Codes {
			d, ok := rules.Find(code, catalog)
			if !ok {
				return view, fmt.Errorf("%s is no rule", code)
			}
			example, err := exampleOf(code, root)
			if err != nil {
				return view, err
			}
			if code == shownWhole {
				view.Whole, view.Key = example, keyOf(example)
			}
			r := cited.conflict(d)
			r.Example = withoutSource(example)
			s.Rules = append(s.Rules, r)
		}
		view.Sections = append(view.Sections, s)
	}
	view.Messages, view.Sources = order.Messages, cited.sources()
	view.Summaries, view.Parties = order.Summaries, order.Parties
	return view, nil
}

// conflict is a rule with what it rests on, the serious first.
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
		return "everybody"
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
	text, err := fs.ReadFile(root, examples+"/"+rule+".txt")
	return inBlock.Replace(strings.TrimRight(string(text), "\n")), err
}

// keyOf is the key that a message names.
func keyOf(message string) string {
	_, from, _ := strings.Cut(message, "accepted_conflicts = { \"")
	key, _, _ := strings.Cut(from, "\"")
	return key
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
