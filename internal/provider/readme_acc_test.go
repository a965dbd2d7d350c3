package provider_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What the pages say that Terraform prints, it prints.
func TestAccReadmeShowsRealOutput(t *testing.T) {
	t.Parallel()
	applied := map[string]*workspace{}
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if folder, ok := strings.CutPrefix(b.source, "applied "); ok && applied[folder] == nil {
				applied[folder] = applyExample(t, folder)
			}
		}
	}
	longest := func(a, b string) int { return len(blocks(t, b)) - len(blocks(t, a)) } // first, so that none runs alone at the end
	for _, page := range slices.SortedFunc(slices.Values(pages(t)), longest) {
		t.Run(filepath.ToSlash(page), func(t *testing.T) {
			t.Parallel()
			var example *appliedExample
			for _, b := range blocks(t, page) {
				verb, rest, _ := strings.Cut(b.source, " ")
				switch {
				case b.source == "", verb == "part":
				case verb == "applied":
					example = copyApplied(t, applied[rest])
				case verb == "plan" && strings.HasPrefix(rest, "of "):
					printed(t, b, exampleWorkspace(t, strings.TrimPrefix(rest, "of ")), "plan")
				case example == nil:
					t.Fatalf("%s: %q needs an <!-- applied FOLDER --> above it", b, b.source)
				default:
					example.show(b, verb, rest)
				}
			}
		})
	}
}

// Configurations that no file holds are at least written as terraform fmt writes them.
func TestAccReadmeConfigurationsAreFormatted(t *testing.T) {
	t.Parallel()
	w := newFolder(t)
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if slices.Contains([]string{"hcl", "terraform"}, b.language) && b.source == "" {
				w.file(strings.NewReplacer("/", "-", ":", "-line-").Replace(b.String())+".tf", b.text)
			}
		}
	}
	if out, err := w.exec("fmt", "-diff", "-check", "."); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// printed checks that a command prints the block, and fails where the block says Error.
func printed(t *testing.T, b block, w *workspace, args ...string) {
	t.Helper()
	out, err := w.exec(args...)
	if failed, wanted := err != nil, strings.HasPrefix(b.text, "Error: "); failed != wanted {
		t.Errorf("%s: %s failed: %t, the block says %t\n%s", b, args, failed, wanted, out)
	}
	if err := shows(ofEither(out), ofEither(b.text)); err != nil {
		t.Errorf("%s: %s does not print it: %s\n%s", b, args, err, out)
	}
}

var (
	hidden    = regexp.MustCompile(`# \(\d+ unchanged attributes? hidden\)`)
	writeOnly = regexp.MustCompile(`(?m)^ *[~+-] declare +=.*\(write-only attribute\)\n`)
)

// ofEither leaves out of a plan what the two show of write-only attributes: OpenTofu a line, Terraform one more among the
// unchanged attributes that it hides.
func ofEither(text string) string {
	return hidden.ReplaceAllString(writeOnly.ReplaceAllString(text, ""), "# (unchanged attributes hidden)")
}
