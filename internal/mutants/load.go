package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// listed is what go list reports of a package.
type listed struct {
	ImportPath   string
	Name         string
	Dir          string
	Export       string // the file with the compiled package's types
	GoFiles      []string
	TestGoFiles  []string
	XTestGoFiles []string
	TestImports  []string
	XTestImports []string
}

// sourcePackage is a package with its parsed files and the types of its expressions.
type sourcePackage struct {
	listed
	positions *token.FileSet
	files     []sourceFile
	types     map[ast.Expr]types.TypeAndValue
}

// sourceFile is a file without tests.
type sourceFile struct {
	path string
	text []byte
	tree *ast.File
}

// load reads and checks the package at a path such as ./internal/cidr.
func load(ctx context.Context, path string) (*sourcePackage, error) {
	all, err := list(ctx, path)
	if err != nil {
		return nil, err
	}
	p := &sourcePackage{
		listed:    all[len(all)-1], // dependencies come first
		positions: token.NewFileSet(),
		types:     map[ast.Expr]types.TypeAndValue{},
	}
	for _, name := range p.GoFiles {
		file := sourceFile{path: filepath.Join(p.Dir, name)}
		if file.text, err = os.ReadFile(file.path); err != nil {
			return nil, err
		}
		if file.tree, err = parser.ParseFile(p.positions, file.path, file.text, parser.SkipObjectResolution); err != nil {
			return nil, err
		}
		p.files = append(p.files, file)
	}
	if err := p.check(all); err != nil {
		return nil, err
	}
	return p, nil
}

// list gives a package and all that it imports, itself last.
func list(ctx context.Context, path string) ([]listed, error) {
	command := exec.CommandContext(ctx, "go", "list", "-export", "-deps", "-json", path)
	command.Stderr = os.Stderr
	text, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(text)); ; {
		var one listed
		switch err := decoder.Decode(&one); {
		case errors.Is(err, io.EOF) && len(all) > 0:
			return all, nil
		case err != nil:
			return nil, err
		}
		all = append(all, one)
	}
}

// check finds the types of all expressions. imports are the packages that it may import.
func (p *sourcePackage) check(imports []listed) error {
	open := func(path string) (io.ReadCloser, error) {
		i := slices.IndexFunc(imports, func(l listed) bool { return l.ImportPath == path })
		if i < 0 {
			return nil, fmt.Errorf("%s is not among the imports", path)
		}
		return os.Open(imports[i].Export)
	}
	var trees []*ast.File
	for _, file := range p.files {
		trees = append(trees, file.tree)
	}
	config := types.Config{Importer: importer.ForCompiler(p.positions, "gc", open)}
	_, err := config.Check(p.ImportPath, p.positions, trees, &types.Info{Types: p.types})
	return err
}
