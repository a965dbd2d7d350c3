package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "github.com/cidrplan/terraform-provider-cidrplan"

	arrows = "arrows run provider -> messages -> allocate -> conflict -> topology -> profile -> cidr"
	pure   = "the planner is a pure function, without clock or randomness"
)

// rooms are the packages under internal/; each may import those that follow it.
// The oracle and the programs are beside them, main.go is the room "main".
var rooms = []string{
	"main",
	"provider",
	"cli",
	"server",
	"guides",
	"statefile",
	"values",
	"messages",
	"usage",
	"allocate",
	"ledger",
	"drift",
	"changes",
	"conflict",
	"addressmap",
	"register",
	"manifests",
	"clouds",
	"topology",
	"rules",
	"profile",
	"placement",
	"cidr",
	"plain",
}

// programs are rooms that share nothing with the others: a stand-in of a cloud's provider, a benchmark and the mutation tests.
var programs = map[string]bool{"standin": true, "bench": true, "mutants": true}

// shell are the rooms that know Terraform.
var shell = []string{"main", "provider", "cli", "server", "statefile", "values", "standin"}

// libraries are what the core may use besides the standard library.
var libraries = map[string]bool{
	"github.com/agext/levenshtein":   true,
	"go.yaml.in/yaml/v3":             true,
	"go4.org/netipx":                 true,
	"golang.org/x/text/unicode/norm": true,
}

// databaseLibraries are what only the ledger may use besides.
var databaseLibraries = []string{"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"}

// impure are the packages whose answers differ from run to run.
var impure = map[string]bool{"time": true, "math/rand": true, "math/rand/v2": true, "crypto/rand": true}

// TestImportsFollowTheArrows reads every Go file of the module. The rules are also
// in .golangci.yml; here they hold without golangci-lint.
func TestImportsFollowTheArrows(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == "testdata" || name == "tools" || strings.HasPrefix(name, ".") && name != ".." {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		files++
		room := roomOf(path)
		if room == "" {
			t.Errorf("%s is in no known room: add its folder to the rooms and their arrows in this test and in .golangci.yml", path)
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if fault := breach(room, imported, strings.HasSuffix(name, "_test.go")); fault != "" {
				t.Errorf("%s imports %q: %s", path, imported, fault)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 2 {
		t.Fatalf("found %d Go files: the test no longer sees the module", files)
	}
}

// roomOf gives the room of a Go file, named relative to this folder; "" if there is none.
func roomOf(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/") // "..", "internal", "cidr", "parse.go"
	switch {
	case path == filepath.Join("..", "main.go"), len(parts) == 2 && strings.HasSuffix(path, "_test.go"):
		return "main"
	case len(parts) == 3 && parts[1] == "internal" && strings.HasSuffix(path, "_test.go"):
		return "oracle" // this file: it may look at anything in the core
	case len(parts) > 3 && parts[1] == "internal" && (parts[2] == "oracle" || programs[parts[2]] || slices.Contains(rooms[1:], parts[2])):
		return parts[2]
	}
	return ""
}

// breach says which rule an import breaks; "" if it breaks none.
func breach(room, imported string, inTest bool) string {
	if inner, ok := strings.CutPrefix(imported, module+"/internal/"); ok {
		return breachInside(room, inner, inTest)
	}
	return breachOutside(room, imported, inTest)
}

// breachInside is breach for a package of the project.
func breachInside(room, inner string, inTest bool) string {
	target, _, _ := strings.Cut(inner, "/")
	switch {
	case target == room:
		return ""
	case target == "oracle":
		if inTest {
			return ""
		}
		return "the oracle is for tests only"
	case programs[target] || programs[room]:
		return "the stand-in of a cloud's provider, the benchmark and the mutation tests are programs of their own"
	case room == "oracle":
		if target == "provider" {
			return "the oracle knows the core, not the shell"
		}
		return ""
	case room == "server":
		return "the server knows Terraform's protocol, and nothing of addresses"
	case room == "values" && target != "topology" && target != "cidr":
		return "values knows schemas, places and prefixes, and no planner"
	case room == "main" && target != "provider" && target != "cli":
		return "main.go serves the provider or runs the command line, and nothing else"
	case slices.Index(rooms, target) <= slices.Index(rooms, room):
		return arrows
	case room == "ledger" || target == "ledger":
		return breachOfLedger(room, target)
	case target == "placement" && room != "allocate":
		return "only the planner searches for ranges"
	}
	return ""
}

// breachOfLedger is breach for an import of the ledger, or by it, that follows the arrows.
func breachOfLedger(room, target string) string {
	switch {
	case room == "ledger" && target != "cidr":
		return "the ledger knows ranges and the database, and no planner"
	case target == "ledger" && !slices.Contains([]string{"provider", "cli", "messages"}, room):
		return "the planner is a pure function, and knows no database"
	}
	return ""
}

// isDatabase says whether a package is one of databaseLibraries, or in one.
func isDatabase(imported string) bool {
	return slices.ContainsFunc(databaseLibraries, func(library string) bool {
		return imported == library || strings.HasPrefix(imported, library+"/")
	})
}

// breachOutside is breach for a library.
func breachOutside(room, imported string, inTest bool) string {
	inShell := slices.Contains(shell, room)
	host, _, _ := strings.Cut(imported, "/")
	switch {
	case strings.HasPrefix(imported, "github.com/hashicorp/"):
		if !inShell {
			return "only the shell knows Terraform: " + strings.Join(shell, ", ")
		}
	case imported == "go4.org/netipx":
		if room != "cidr" {
			return "only internal/cidr touches netipx, and checks what it returns"
		}
	case isDatabase(imported):
		if room != "ledger" {
			return "only internal/ledger knows the database"
		}
	case inShell || inTest || room == "oracle":
		return ""
	case impure[imported] && room == "ledger":
		return ""
	case impure[imported] && programs[room]:
		return ""
	case impure[imported]:
		return pure
	case strings.Contains(host, ".") && !libraries[imported]:
		return "the core uses the standard library, levenshtein, yaml and Unicode's normal forms"
	}
	return ""
}
