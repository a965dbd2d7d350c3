package provider

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// guided are the messages of the reference that are not conflicts.
const guided = "../guides/messages.yaml"

// Every summary that the provider can write is that of a rule's message or is in the guide, and the
// guide has no others.
func TestEverySummaryIsInTheGuide(t *testing.T) {
	text, err := os.ReadFile(guided)
	if err != nil {
		t.Fatal(err)
	}
	var guide struct {
		Messages []struct{ Summary string }
	}
	if err := yaml.Unmarshal(text, &guide); err != nil {
		t.Fatal(err)
	}
	var inGuide []string
	for _, m := range guide.Messages {
		inGuide = append(inGuide, m.Summary)
	}
	written := summaries(t)
	for _, summary := range written {
		if !slices.Contains(inGuide, summary) {
			t.Errorf("the guide lacks %q: add it to %s", summary, guided)
		}
	}
	for _, summary := range inGuide {
		if !slices.Contains(written, summary) {
			t.Errorf("nothing is reported as %q, which is in %s", summary, guided)
		}
	}
	for _, summary := range goldenSummaries(t) {
		if !slices.ContainsFunc(written, func(s string) bool {
			start, open := strings.CutSuffix(s, "…")
			return s == summary || open && strings.HasPrefix(summary, start)
		}) {
			t.Errorf("%q is reported in %s, and this test does not find where it is written", summary, golden)
		}
	}
	if len(written) < 50 {
		t.Errorf("only %d summaries were found: the test no longer sees them", len(written))
	}
}

// goldenSummaries are those of the golden messages.
func goldenSummaries(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range regexp.MustCompile(`(?m)^(?:Error|Warning): `).Split(string(text), -1)[1:] {
		summary, detail, _ := strings.Cut(m, "\n")
		if rule := regexp.MustCompile(`\nRule: (\w+) \(`).FindStringSubmatch(detail); len(rule) > 1 &&
			slices.Contains(rules.Codes(profile.Default()), rule[1]) {
			continue // the summary of a conflict names its parties
		}
		summary, _, _ = strings.Cut(summary, " (") // without the name of whose a warning is, and its number
		list = append(list, summary)
	}
	return eachOnce(list)
}

// summaries are all that the source can write: the first of the texts that a function returns as
// summary and detail, what is assigned to a summary, and what a diagnostic is made with. The rest of
// one that depends on the case is written as "…".
func summaries(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	wording, err := filepath.Glob("../messages/*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, wording...)
	var list []string
	add := func(e ast.Expr) {
		rest := ""
		if sum, ok := e.(*ast.BinaryExpr); ok {
			e, rest = sum.X, "…"
		}
		if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if s, err := strconv.Unquote(literal.Value); err == nil && s != "" {
				list = append(list, s+rest)
			}
		}
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
				summariesIn(f, add)
			}
			if v, ok := decl.(*ast.GenDecl); ok {
				titlesIn(v, add)
			}
		}
	}
	return eachOnce(list)
}

func summariesIn(f *ast.FuncDecl, add func(ast.Expr)) {
	results := f.Type.Results
	summarises := results != nil && len(results.List) > 0 && len(results.List[0].Names) > 0 && results.List[0].Names[0].Name == "summary"
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			if summarises && len(n.Results) > 1 {
				add(n.Results[0])
			}
		case *ast.AssignStmt:
			if left, ok := n.Lhs[0].(*ast.Ident); ok && strings.EqualFold(left.Name, "summary") {
				add(n.Rhs[0])
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "summary") {
				add(n.Value)
			}
		case *ast.CallExpr:
			called, ok := n.Fun.(*ast.SelectorExpr)
			at, makes := map[string]int{
				"AddError":            0,
				"AddWarning":          0,
				"AddAttributeError":   1,
				"AddAttributeWarning": 1,
			}[selected(called, ok)]
			if makes && len(n.Args) > at {
				add(n.Args[at])
			}
		}
		return true
	})
}

// titlesIn finds the summaries that depend on who gets ranges.
func titlesIn(v *ast.GenDecl, add func(ast.Expr)) {
	ast.Inspect(v, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if name, ok := literal.Type.(*ast.Ident); ok && name.Name == "titles" {
			for _, e := range literal.Elts {
				add(e.(*ast.KeyValueExpr).Value)
			}
		}
		return true
	})
}

func selected(s *ast.SelectorExpr, ok bool) string {
	if !ok {
		return ""
	}
	return s.Sel.Name
}

func eachOnce(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
