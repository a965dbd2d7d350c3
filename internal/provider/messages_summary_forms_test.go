package provider

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Every summary of a conflict has one of the forms that the guide lists, with parties as the guide lists them, and the guide lists
// no form and no party that no conflict has. All texts that summaries and parties are made of are among the printed ones.
func TestEverySummaryOfAConflictIsInTheGuide(t *testing.T) {
	text, err := os.ReadFile(guided)
	if err != nil {
		t.Fatal(err)
	}
	var guide struct {
		Summaries []struct{ Form string }
		Parties   []string
	}
	if err := yaml.Unmarshal(text, &guide); err != nil {
		t.Fatal(err)
	}
	printed := conflictSummaries(t)
	forms, parties := map[string]bool{}, map[string]bool{}
	for _, f := range guide.Summaries {
		forms[f.Form] = false
	}
	for _, p := range guide.Parties {
		parties[p] = false
	}
	for _, summary := range printed {
		found := 0
		for form := range forms {
			m := formOf(form, guide.Parties).FindStringSubmatch(summary)
			if m == nil {
				continue
			}
			found++
			forms[form] = true
			for p := range parties {
				if one := formOf(p, nil); slices.ContainsFunc(
					m[1:],
					func(part string) bool { return part != "" && one.MatchString(part) },
				) {
					parties[p] = true
				}
			}
		}
		if found != 1 {
			t.Errorf("%q has %d of the forms in %s", summary, found, guided)
		}
	}
	for _, all := range []map[string]bool{forms, parties} {
		for form, known := range all {
			if !known {
				t.Errorf("no conflict is reported as %q, which is in %s", form, guided)
			}
		}
	}
	for _, literal := range textsOfSummaries(t) {
		if !slices.ContainsFunc(printed, literal.MatchString) {
			t.Errorf("no story shows a summary with %q", literal)
		}
	}
}

// formOf matches summaries of a form, whatever their case. Each party is a group.
func formOf(form string, parties []string) *regexp.Regexp {
	var all []string
	for _, p := range parties {
		all = append(all, expanded(p))
	}
	return regexp.MustCompile("(?i)^" + strings.ReplaceAll(expanded(form), "<party>", "("+strings.Join(all, "|")+")") + "$")
}

// expanded is a form as a regular expression, but for its parties. Parentheses are those of choices, except around a range
// and in place of brackets.
func expanded(form string) string {
	return strings.NewReplacer(
		"(<range>)",
		`\([0-9a-f.:]+/\d+\)`,
		"[",
		`\(`,
		"]",
		`\)`,
		"(",
		"(?:",
		"<range>",
		`[0-9a-f.:]+/\d+`,
		"<name>",
		`"[^"]*"`,
		"<use>",
		"(?:"+strings.Join(titlesOfOtherRanges(), "|")+")",
		"<number>",
		`\d+`,
		"<platform>",
		`.+`,
		"<holder>",
		`(?: of (?:allocator |cidrplan_blocks )?"[^"]*"(?: of owner "[^"]*"| \((?:another|this) workspace\))?| of another workspace)?`,
	).Replace(form)
}

// titlesOfOtherRanges are those of all profiles.
func titlesOfOtherRanges() []string {
	titles := []string{"other range"} // of a use that this version, or cidrplan_blocks, does not know
	for _, name := range profile.Default().Names() {
		for _, other := range mustProfile(name).OtherRanges {
			titles = append(titles, regexp.QuoteMeta(other.Title))
		}
	}
	return eachOnce(titles)
}

// textsOfSummaries match the texts that the code of summaries and parties formats.
func textsOfSummaries(t *testing.T) []*regexp.Regexp {
	t.Helper()
	var all []*regexp.Regexp
	for _, name := range []string{"summary.go", "foreign.go", "finding.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "messages", name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !slices.Contains([]string{"summaryWith", "countSummary", "party", "foreignParty"}, f.Name.Name) {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "Sprintf" {
					literal, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					if literal == " (%s)" { // a description, which summaries leave out
						return true
					}
					text := regexp.MustCompile(`%[sqd]`).ReplaceAllString(regexp.QuoteMeta(literal), ".*")
					all = append(all, regexp.MustCompile("(?i:"+text+")"))
				}
				return true
			})
		}
	}
	if len(all) < 25 {
		t.Errorf("only %d texts were found: the test no longer sees them", len(all))
	}
	return all
}

// conflictSummaries are those of all stories, of groups, and of each kind of party.
func conflictSummaries(t *testing.T) []string {
	t.Helper()
	var findings []conflict.Finding
	var summaries []string
	for _, code := range slices.Sorted(codesOfStories()) {
		_, found, _ := planRuleStory(code)
		findings = append(findings, found...)
		for _, f := range found { // and a second one of the same cause
			other := f
			other.A.Owner += "-2"
			summaries = append(summaries, messages.SummaryOf(conflict.Groups([]conflict.Finding{f, other})[0]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(outsideStories)) {
		for _, f := range outsideStories[name]().plan(t, nil).outside {
			if f.Code != "two_networks_of_one_name" { // which names no parties
				findings = append(findings, f)
			}
		}
	}
	cluster := conflict.Claim{
		Owner:        "shop",
		Kind:         conflict.Pod,
		Range:        netip.MustParsePrefix("10.64.0.0/16"),
		Network:      "prod",
		ClusterRange: conflict.ClusterRange{Profile: mustProfile("ack-flannel")},
	}
	for i, other := range everyParty() {
		findings = append(findings, conflict.Finding{Code: fmt.Sprint("rule_", i), A: cluster, B: &other, Shared: other.Range})
	}
	for _, f := range findings {
		summaries = append(summaries, messages.SummaryOf(conflict.Group{Findings: []conflict.Finding{f}}))
	}
	return eachOnce(summaries)
}

func mustProfile(name string) *profile.Profile {
	p, _ := profile.Default().Profile(name)
	return p
}

// everyParty are claims of each kind, of this workspace and of others.
func everyParty() []conflict.Claim {
	var all []conflict.Claim
	advertised := conflict.NetworkRange{Visibility: conflict.SeenOutside}
	kinds := []conflict.Claim{
		{Kind: conflict.Pod}, {Kind: conflict.Service}, {Kind: conflict.Service, Source: conflict.Assumed}, {Kind: conflict.Block},
		{Kind: conflict.Subnet, Part: "web"}, {Kind: conflict.VPC}, {Kind: conflict.VPC, NetworkRange: advertised},
		{Kind: conflict.Site}, {Kind: conflict.Site, NetworkRange: advertised}, {Kind: conflict.Route, Part: "vpn"},
		{Kind: conflict.Reserved}, {Kind: conflict.GrowthReserve}, {Kind: conflict.Released}, {Kind: conflict.Existing},
		{Kind: conflict.Released, OwnerKind: conflict.BlockOwner}, {Kind: conflict.Existing, OwnerKind: conflict.BlockOwner},
		{Kind: conflict.Supernet},
	}
	for _, c := range kinds {
		c.Owner, c.Range, c.Network = "x", netip.MustParsePrefix("10.64.0.0/16"), "prod"
		all = append(all, c)
		if c.Kind == conflict.Subnet || c.Kind == conflict.VPC || c.Kind == conflict.Site || c.Kind == conflict.Route ||
			c.Source == conflict.Assumed {
			continue // which no claim of another workspace is of
		}
		for _, holder := range []string{
			"", "team-a", topology.OfBlocks("net"), topology.InLedger("shop/prod", "team-a"),
			topology.InLedger("shop/prod", topology.OfBlocks("net")),
		} {
			for _, here := range []bool{false, true} {
				c.Source, c.Holder = conflict.OtherWorkspace, holder
				if here && holder != "" {
					c.Source = conflict.OtherPlanner
				}
				all = append(all, c)
			}
		}
	}
	all = append(
		all,
		conflict.Claim{Owner: "x", Kind: conflict.Pod, Part: "pods", Range: netip.MustParsePrefix("10.64.0.0/20"), Network: "prod"},
	)
	return all
}
