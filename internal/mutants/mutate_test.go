package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func TestMutants(t *testing.T) {
	for name, c := range map[string]struct {
		code, want string
		changes    []string
	}{
		"equality is negated": {
			"_ = a == b", "_ = ((a == b) != mutantIs(1))", []string{"== becomes !="},
		},
		"an order has its boundary and its negation": {
			"_ = a < b", `_ = mutantOrdered(1, "<", a , b)`, []string{"< becomes <=", "< becomes >="},
		},
		"arithmetic is inverted, inside and outside": {
			"_ = a+b+2", `_ = mutantArithmetic(1, "+", mutantArithmetic(2, "+", a,b),2)`, []string{"+ becomes -", "+ becomes -"},
		},
		"the inner expression ends before the outer one": {
			"_ = a == b%2", `_ = ((a == mutantRemainder(2, "%", b,2)) != mutantIs(1))`, []string{"== becomes !=", "% becomes *"},
		},
		"a negative number is made positive": {
			"_ = -a", "_ = mutantNegative(1, a)", []string{"-x becomes x"},
		},
		"a step goes the other way": {
			"a++; n--", "a += mutantStep[int](1); n -= mutantStep[number](2)", []string{"++ becomes --", "-- becomes ++"},
		},
		"conditions of a case": {
			"switch { case a == b: }", "switch { case ((a == b) != mutantIs(1)): }", []string{"== becomes !="},
		},
		"nothing in constants": {
			"const c = 1 + 2; _ = 3 * c; _ = -1; var _ [c - 1]int", "const c = 1 + 2; _ = 3 * c; _ = -1; var _ [c - 1]int", nil,
		},
		"nothing where texts are joined": {
			`_ = s + "b"`, `_ = s + "b"`, nil,
		},
		"nothing between conditions": {
			"_ = !ok && ok || ok", "_ = !ok && ok || ok", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			const before, after = "package p\ntype number uint8\nfunc f(a, b int, n number, s string, ok bool) { ", " }\n"
			mutants, changed := parse(t, before+c.code+after).mutate()
			got := strings.TrimSuffix(strings.TrimPrefix(string(changed["p.go"]), before), after)
			if got != c.want {
				t.Errorf("got code\n%s\nwant\n%s", got, c.want)
			}
			var changes []string
			for i, m := range mutants {
				changes = append(changes, m.change)
				if m.number != i+1 || m.file != "p.go" || m.line != 3 {
					t.Errorf("mutant %d is number %d at %s", i+1, m.number, m.position())
				}
			}
			if !slices.Equal(changes, c.changes) {
				t.Errorf("got changes %q, want %q", changes, c.changes)
			}
		})
	}
}

// parse is a package of one file that imports nothing.
func parse(t *testing.T, text string) *sourcePackage {
	t.Helper()
	p := &sourcePackage{positions: token.NewFileSet(), types: map[ast.Expr]types.TypeAndValue{}}
	p.ImportPath = "p"
	tree, err := parser.ParseFile(p.positions, "p.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	p.files = []sourceFile{{"p.go", []byte(text), tree}}
	if err := p.check(nil); err != nil {
		t.Fatal(err)
	}
	return p
}
