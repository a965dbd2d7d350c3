package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// firstWords begin comments on a declaration that do not begin with its name.
var firstWords = []string{"The", "Each", "A", "An", "Tests", "Of", "Every", "All", "How", "What", "Source:", "No"}

// namesOf are the names that a comment on a declaration can begin with, none where it may begin with anything.
func namesOf(node ast.Node) (names []string, doc *ast.CommentGroup) {
	switch d := node.(type) {
	case *ast.FuncDecl:
		if !testFunction.MatchString("func " + d.Name.Name + "(") {
			return []string{d.Name.Name}, d.Doc
		}
	case *ast.GenDecl:
		if len(d.Specs) == 1 {
			names, _ = namesOf(d.Specs[0])
			return names, d.Doc
		}
	case *ast.TypeSpec:
		return []string{d.Name.Name}, d.Doc
	case *ast.ValueSpec:
		return textsOf(d.Names), d.Doc
	case *ast.Field:
		return textsOf(d.Names), d.Doc
	}
	return nil, nil
}

func textsOf(names []*ast.Ident) []string {
	var texts []string
	for _, name := range names {
		texts = append(texts, name.Name)
	}
	return texts
}

// begins says whether a comment begins with one of some names, or with a word that is no name.
func begins(text string, names []string) bool {
	first, rest, _ := strings.Cut(text, " ")
	first = strings.TrimRight(strings.TrimSuffix(first, "'s"), ".,:\n")
	if slices.Contains(names, first) || slices.Contains(firstWords, first) {
		return true
	}
	// As in "Both ends, from and to": the sentence has another subject, and names what it is about.
	return len(names) > 1 && slices.ContainsFunc(names, func(name string) bool { return strings.Contains(rest, name) })
}

// A comment that begins with another name is one that was forgotten when the declaration got a new name.
func TestCommentsBeginWithTheNameOfTheirDeclaration(t *testing.T) {
	t.Parallel()
	files, comments := token.NewFileSet(), 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			names, doc := namesOf(node)
			if len(names) == 0 || doc.Text() == "" {
				return true
			}
			if comments++; !begins(doc.Text(), names) {
				t.Errorf("%s: the comment on %s begins: %.60s", files.Position(doc.Pos()), strings.Join(names, ", "), doc.Text())
			}
			return true
		})
		return nil
	})
	if err != nil || comments < 3000 {
		t.Fatalf("%d comments, %v", comments, err)
	}
}
