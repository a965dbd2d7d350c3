package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// repository is the root of the module, as tests of this package see it.
const repository = "../.."

func TestGuidesSayWhatTheDataSays(t *testing.T) {
	root := os.DirFS(repository)
	pages, err := Pages(profile.Default(), root)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := outdated(root, pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stale {
		written, err := fs.ReadFile(root, name)
		switch page, wanted := pages[name]; {
		case !wanted:
			t.Errorf("%s has no platform any more: run make docs", name)
		case err != nil:
			t.Errorf("%s is not there: run make docs (%v)", name, err)
		default:
			t.Errorf("%s differs from the data: run make docs. %s", name, firstDifference(string(written), string(page)))
		}
	}
}

func firstDifference(written, want string) string {
	is, should := strings.Split(written, "\n"), strings.Split(want, "\n")
	for i := range max(len(is), len(should)) {
		switch {
		case i >= len(is):
			return "It lacks: " + should[i]
		case i >= len(should):
			return "It has too much: " + is[i]
		case is[i] != should[i]:
			return "Line " + strconv.Itoa(i+1) + " is\n" + is[i] + "\nand should be\n" + should[i]
		}
	}
	return ""
}

// A guide is for a platform, its data, and an example of every mode, under one name.
func TestEveryPlatformHasAGuideAndAnExampleOfEveryMode(t *testing.T) {
	catalog := profile.Default()
	var platforms []string
	for _, platform := range slices.Concat(catalog.Platforms(), catalog.Distributions()) {
		platforms = append(platforms, platform)
		if _, err := os.Stat(repository + "/internal/profile/data/" + platform + ".yaml"); err != nil {
			t.Errorf("the guide names a file of data that is not there: %v", err)
		}
		var example strings.Builder
		for _, file := range []string{"versions.tf", "main.tf", "cluster.tf"} {
			text, err := os.ReadFile(repository + "/examples/platforms/" + platform + "/" + file)
			if err != nil {
				t.Errorf("the guide of %s shows a file that is not there: %v", platform, err)
			}
			example.Write(text)
		}
		page, err := os.ReadFile(repository + "/docs/guides/platform-" + platform + ".md")
		if err != nil || !strings.Contains(string(page), "\n## Sources\n") {
			t.Errorf("%s has no guide with sources: %v", platform, err)
		}
		for _, p := range profilesOf(catalog, platform) {
			if !strings.Contains(string(page), "\n## "+p.Name+"\n") {
				t.Errorf("the guide of %s has nothing on %s", platform, p.Name)
			}
			if !strings.Contains(example.String(), strconv.Quote(p.Name)) {
				t.Errorf("examples/platforms/%s has no cluster of %s", platform, p.Name)
			}
		}
	}
	folders, err := os.ReadDir(repository + "/examples/platforms")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		if !slices.Contains(platforms, folder.Name()) {
			t.Errorf("examples/platforms/%s has no platform", folder.Name())
		}
	}
}

// What a page cites it lists, and what it lists is a source of the catalog.
func TestSourcesOfAPageResolve(t *testing.T) {
	for platform, text := range pagesOf(t) {
		text = regexp.MustCompile("(?s)```.*?```").ReplaceAllString(text, "") // an example has lists of its own
		listed := map[string]bool{}
		for _, line := range regexp.MustCompile(`(?m)^(\d+)\. (.*)$`).FindAllStringSubmatch(text, -1) {
			listed[line[1]] = true
			if strings.HasPrefix(line[2], ",") || line[2] == "" {
				t.Errorf("%s: source %s has no title", platform, line[1])
			}
		}
		cited := map[string]bool{}
		for _, number := range regexp.MustCompile(`\[(\d+)\](?:[^:(]|$)`).FindAllStringSubmatch(text, -1) {
			cited[number[1]] = true
		}
		cites := !slices.Contains([]string{conflictsFile, messagesFile, factsFile}, platform) // the rules have their own page
		if (len(cited) > 0) != cites || !maps.Equal(cited, listed) {
			t.Errorf("%s cites %d sources and lists %d", platform, len(cited), len(listed))
		}
	}
}

// The figures of a page come from the data, so neither the template nor the program holds any.
func TestTheProgramHoldsNoFigures(t *testing.T) {
	check := func(where, text string) {
		text = strings.NewReplacer("IPv4", "", "IPv6", "", "0.0.0.0/0", "", "::/0", "").Replace(text)
		if regexp.MustCompile(`\d`).MatchString(text) {
			t.Errorf("%s holds a figure: %s", where, text)
		}
	}
	check("the template", layout)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				check(name, literal.Value)
			}
			_, imports := n.(*ast.ImportSpec)
			return !imports
		})
	}
}

// Markdown drops the cells of a row that has too many, and shows a row that has too few as it can.
func TestRowsOfATableHaveOneLength(t *testing.T) {
	for platform, text := range pagesOf(t) {
		columns := 0
		for _, line := range strings.Split(text, "\n") {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			cells := strings.Count(line, "|") - strings.Count(line, `\|`)
			if columns != 0 && cells != columns {
				t.Errorf("%s: a row of %d borders in a table of %d: %s", platform, cells, columns, line)
			}
			columns = cells
		}
	}
}

func TestOutdatedSeesEachWayInWhichAGuideCanBeStale(t *testing.T) {
	want := map[string][]byte{fileOf("same"): []byte("a"), fileOf("other"): []byte("b"), fileOf("missing"): []byte("c")}
	root := t.TempDir()
	if err := os.MkdirAll(root+"/"+folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		fileOf("same"):              "a",
		fileOf("other"):             "x",
		fileOf("gone"):              "y",
		folder + "/by-hand.md.tmpl": "z",
	} {
		if err := os.WriteFile(root+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stale, err := outdated(os.DirFS(root), want)
	slices.Sort(stale)
	if names := []string{fileOf("gone"), fileOf("missing"), fileOf("other")}; err != nil || !slices.Equal(stale, names) {
		t.Errorf("got %v, %v, want %v", stale, err, names)
	}
}

// pagesOf are all pages, by file.
func pagesOf(t *testing.T) map[string]string {
	t.Helper()
	pages, err := Pages(profile.Default(), os.DirFS(repository))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, page := range pages {
		texts[name] = string(page)
	}
	return texts
}

func pageOf(t *testing.T, catalog *profile.Catalog, platform string) string {
	t.Helper()
	page, err := Page(catalog, platform)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}
