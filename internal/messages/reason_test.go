package messages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A reason or cause without words would leave a hole in its message, so each type of them is a case of some switch here.
func TestEveryReasonHasWords(t *testing.T) {
	worded := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		ast.Inspect(parsed(t, file), func(n ast.Node) bool {
			if clause, is := n.(*ast.CaseClause); is {
				for _, of := range clause.List {
					if selector, qualified := of.(*ast.SelectorExpr); qualified {
						worded[selector.Sel.Name] = true
					}
				}
			}
			return true
		})
	}
	found := 0
	for _, file := range []string{"../topology/reason.go", "../allocate/reason.go", "../profile/size_error.go"} {
		ast.Inspect(parsed(t, file), func(n ast.Node) bool {
			if spec, is := n.(*ast.TypeSpec); is && spec.Name.Name != "SizeError" {
				found++
				if !worded[spec.Name.Name] {
					t.Errorf("%s of %s has no words", spec.Name.Name, file)
				}
			}
			return true
		})
	}
	if found < 40 {
		t.Errorf("only %d reasons and causes were found: the test no longer sees them", found)
	}
}

func TestWordsOfReasons(t *testing.T) {
	for want, reason := range map[string]any{
		`cluster "web" also lists it in previous_names`:      topology.PreviousNameShared{Kind: topology.ClusterName, Owner: "web"},
		`"web" also lists it in previous_names`:              topology.PreviousNameShared{Owner: "web"},
		"it is the current name":                             topology.CurrentName{},
		"the cluster names itself":                           topology.MirrorOfItself{},
		`claims refer to cidrplan_blocks "net" in this form`: allocate.NameOfBlocks{Name: "net"},
		"": nil,
	} {
		if got := notAcceptedReason(reason); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for want, limit := range map[string]topology.Limit{
		"ACK": {Profile: "ACK", Argument: "a"}, "a": {Argument: "a"}, "the platform": {},
	} {
		if got := limitOf(limit); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Only a platform of which a source says that it cannot append ranges has a rule to cite.
func TestRangesThatAPlatformCannotAppend(t *testing.T) {
	sources := shipped(t, "ack-flannel").RuleFor(profile.PodRoute, nil).Sources
	for name, test := range map[string]struct {
		reason topology.CannotAppend
		parts  []string
	}{
		"a source says so": {topology.CannotAppend{Profile: "ACK", Ranges: "pods", Text: "ranges stay", Sources: sources}, []string{
			"with ACK, cidrplan cannot append Pod ranges to a cluster.", "\n\nRule: Ranges stay.\nSource: ",
		}},
		"no source says anything": {topology.CannotAppend{Profile: "ACK", Ranges: "services"}, []string{
			"with ACK, no published source says that Service ranges can be added to a cluster.", "!Rule: ",
		}},
	} {
		fault := topology.Fault{At: pathOf("a.append_ranges[0]"), Problem: topology.NotAccepted{Value: "pods", Reason: test.reason}}
		_, detail := Writer{Catalog: profile.Default()}.problem(fault)
		wantParts(t, name, detail, test.parts...)
	}
}

func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
