package provider

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The ledger knows no topology, so its kinds are words of its own. They are those of claims of other workspaces.
func TestKindsOfTheLedgerAreThoseOfClaims(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "ledger", "kinds.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		c, is := n.(*ast.ValueSpec)
		if !is {
			return true
		}
		kind, err := strconv.Unquote(c.Values[0].(*ast.BasicLit).Value)
		if err != nil || !slices.Contains(topology.ForeignKinds, kind) || !strings.EqualFold("kind"+kind, c.Names[0].Name) {
			t.Errorf("%s is %q, %v", c.Names[0].Name, kind, err)
		}
		found++
		return false
	})
	if found == 0 {
		t.Error("kinds.go has no kinds")
	}
}

// compared are the values that SQL compares a kind with.
var compared = regexp.MustCompile(`\bkind (?:=|<>|IN|NOT IN|WHEN) \(?('\w+'(?:, '\w+')*)`)

func TestMigrationsOfTheLedgerKnowKindsOfClaims(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "ledger", "migrations", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range compared.FindAllStringSubmatch(string(text), -1) {
			for kind := range strings.SplitSeq(match[1], ", ") {
				found[strings.Trim(kind, "'")] = true
			}
		}
	}
	for _, kind := range topology.ForeignKinds {
		if found[kind] == (kind == topology.ForeignSupernet) { // supernets are not in the ledger
			t.Errorf("kind %q is compared: %t", kind, found[kind])
		}
		delete(found, kind)
	}
	for kind := range found {
		t.Errorf("a migration compares with kind %q, which no claim has", kind)
	}
}

func TestTheLedgerHasEntriesOfAllKindsOfClaims(t *testing.T) {
	d := ledgertest.New(t)
	for _, kind := range topology.ForeignKinds {
		q := ledger.Question{Planner: ledger.Planner{Owner: "shop/prod", Name: kind}, VRFs: []string{""}}
		entry := ledger.Entry{Kind: kind, Cluster: "web", Range: netip.MustParsePrefix("10.0.0.0/20"), Class: ledger.Shared}
		err := d.Plan(t.Context(), q, func(ledger.View) ledger.Decision { return ledger.Decision{Holds: []ledger.Entry{entry}} })
		if (err != nil) != (kind == topology.ForeignSupernet) || errors.As(err, new(ledger.Unavailable)) {
			t.Errorf("an entry of kind %q: %v", kind, err)
		}
	}
}
