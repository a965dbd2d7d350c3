package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
)

// mutant is one change of the code.
type mutant struct {
	number       int // from 1
	file         string
	line, column int
	change       string // such as "< becomes <="
}

// position is where the changed operator is.
func (m mutant) position() string { return fmt.Sprintf("%s:%d:%d", m.file, m.line, m.column) }

// edit replaces the text between two offsets of a file; it inserts where they are the same.
type edit struct {
	from, to int
	text     string
}

// The operators that mutants change, and what they become.
var (
	boundaryOf = map[token.Token]token.Token{token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR}
	negationOf = map[token.Token]token.Token{
		token.EQL: token.NEQ, token.NEQ: token.EQL,
		token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR,
	}
	inverseOf = map[token.Token]token.Token{
		token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
	}
)

// mutate gives all mutants of a package, and its files with all of them, each behind a call of the functions in switch.go.txt.
func (p *sourcePackage) mutate() (mutants []mutant, changed map[string][]byte) {
	changed = map[string][]byte{}
	for _, file := range p.files {
		m := mutator{sourcePackage: p, mutants: mutants}
		ast.Inspect(file.tree, m.visit)
		mutants = m.mutants
		changed[file.path] = m.apply(file.text)
	}
	return mutants, changed
}

// mutator collects the mutants of a file and the edits that make them, those of outer expressions first.
type mutator struct {
	*sourcePackage
	mutants []mutant
	edits   []edit
	endings []edit // insertions after an expression
}

// visit makes the mutants of a node. It is false where no mutants may be inside: in constants and types.
func (m *mutator) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok == token.VAR
	case *ast.BinaryExpr:
		if m.types[n].Value != nil {
			return false
		}
		m.binary(n)
	case *ast.UnaryExpr:
		if m.types[n].Value != nil {
			return false
		}
		if n.Op == token.SUB {
			number := m.add(n.OpPos, "-x becomes x")
			m.surround(n, fmt.Sprintf("mutantNegative(%d, ", number), ")")
			m.replace(n.OpPos, n.Op, "")
		}
	case *ast.IncDecStmt:
		m.step(n)
	}
	return true
}

// binary makes the mutants of a comparison or of arithmetic with numbers.
func (m *mutator) binary(x *ast.BinaryExpr) {
	inverse, isArithmetic := inverseOf[x.Op]
	switch {
	case x.Op == token.EQL || x.Op == token.NEQ:
		number := m.add(x.OpPos, becomes(x.Op, negationOf[x.Op]))
		m.surround(x, "((", fmt.Sprintf(") != mutantIs(%d))", number))
	case boundaryOf[x.Op] != token.ILLEGAL:
		number := m.add(x.OpPos, becomes(x.Op, boundaryOf[x.Op]))
		m.add(x.OpPos, becomes(x.Op, negationOf[x.Op]))
		m.surround(x, fmt.Sprintf("mutantOrdered(%d, %q, ", number, x.Op), ")")
		m.replace(x.OpPos, x.Op, ",")
	case isArithmetic && m.isNumber(x):
		number := m.add(x.OpPos, becomes(x.Op, inverse))
		function := "mutantArithmetic"
		if x.Op == token.REM {
			function = "mutantRemainder"
		}
		m.surround(x, fmt.Sprintf("%s(%d, %q, ", function, number, x.Op), ")")
		m.replace(x.OpPos, x.Op, ",")
	}
}

// step makes the mutant of x++ or x--.
func (m *mutator) step(s *ast.IncDecStmt) {
	becoming, operator := token.DEC, token.ADD
	if s.Tok == token.DEC {
		becoming, operator = token.INC, token.SUB
	}
	number := m.add(s.TokPos, becomes(s.Tok, becoming))
	m.replace(s.TokPos, s.Tok, fmt.Sprintf(" %s= mutantStep[%s](%d)", operator, m.nameOf(m.types[s.X].Type), number))
}

// nameOf is a type's name as the package itself writes it.
func (m *mutator) nameOf(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == m.ImportPath {
			return ""
		}
		return p.Name()
	})
}

// isNumber holds for numbers, and not for texts, which + joins.
func (m *mutator) isNumber(x ast.Expr) bool {
	basic, ok := m.types[x].Type.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsNumeric != 0
}

// add appends a mutant and returns its number.
func (m *mutator) add(at token.Pos, change string) int {
	position := m.positions.Position(at)
	m.mutants = append(m.mutants, mutant{
		number: len(m.mutants) + 1,
		file:   filepath.Base(position.Filename),
		line:   position.Line,
		column: position.Column,
		change: change,
	})
	return len(m.mutants)
}

func (m *mutator) surround(n ast.Node, before, after string) {
	from, to := m.positions.Position(n.Pos()).Offset, m.positions.Position(n.End()).Offset
	m.edits = append(m.edits, edit{from, from, before})
	m.endings = append(m.endings, edit{to, to, after})
}

func (m *mutator) replace(at token.Pos, operator token.Token, text string) {
	from := m.positions.Position(at).Offset
	m.edits = append(m.edits, edit{from, from + len(operator.String()), text})
}

func becomes(was, is token.Token) string { return fmt.Sprintf("%s becomes %s", was, is) }

// apply makes the edits of a text. At one offset, expressions end first, the inner ones before the outer ones.
func (m *mutator) apply(text []byte) []byte {
	slices.Reverse(m.endings)
	edits := slices.Concat(m.endings, m.edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(text[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(text[at:])
	return out.Bytes()
}
