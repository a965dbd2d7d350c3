package provider_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The pages of the project show configurations, edits and what Terraform prints. A comment above
// a fenced block says where it comes from, and these tests hold it to that:
//
//	<!-- part of FILE -->      lines of a file of the repository
//	<!-- plan of FOLDER -->    what a first plan of an example prints
//	<!-- applied FOLDER -->    stands alone: the blocks below start from this example, applied
//	<!-- edit -->              a diff of that example, for the next plan
//	<!-- plan -->              what the plan after the edit prints; options may follow the word
//	<!-- apply -->             what its apply prints; the blocks below start from there
//	<!-- run -->               commands in the folder of the example; they keep what they do
//	<!-- prints -->            what the last commands print; after "prints on terraform", OpenTofu prints something else
//	<!-- messages -->          severity and summary of each message of a plan with -json; edits are taken back
//	<!-- write NAME -->        a file that is written into that folder
//	<!-- file NAME -->         lines of a file in that folder, which commands wrote
//
// In a block a line "..." or "# ..." stands for lines left out.

const (
	english = "README.md"
	chinese = "README.zh-CN.md"
)

// block is a fenced block of a page and the comment above it.
type block struct {
	page           string
	line           int
	source         string // the comment, "" without one
	language, text string
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

func TestReadmesShowTheSameBlocks(t *testing.T) {
	en, zh := blocks(t, english), blocks(t, chinese)
	if len(en) < 10 {
		t.Fatalf("only %d blocks were found in %s: the test no longer sees them", len(en), english)
	}
	if len(en) != len(zh) {
		t.Errorf("%s shows %d blocks, %s %d", english, len(en), chinese, len(zh))
	}
	for i := range min(len(en), len(zh)) {
		if a, b := en[i], zh[i]; a.source != b.source || a.language != b.language || a.text != b.text {
			t.Errorf("%s and %s differ:\n%s: %s\n%s\n%s: %s\n%s", a, b, english, a.source, a.text, chinese, b.source, b.text)
		}
	}
}

// Every output and every edit says where it comes from, and what comes from a file is in it.
func TestReadmeBlocksComeFromTheRepository(t *testing.T) {
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			file, isPart := strings.CutPrefix(b.source, "part of ")
			switch {
			case isPart:
				if err := shows(read(t, filepath.Join(repository, file)), b.text); err != nil {
					t.Errorf("%s is not part of %s: %s", b, file, err)
				}
			case b.source == "" && (b.language == "text" || b.language == "diff"):
				t.Errorf("%s: a block of %s needs a comment that says where it comes from", b, b.language)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#: ]+)[)#]`)

func TestReadmeLinksLeadSomewhere(t *testing.T) {
	for _, page := range []string{english, chinese, "CONTRIBUTING.md"} {
		for _, target := range link.FindAllStringSubmatch(read(t, filepath.Join(repository, page)), -1) {
			if !exists(filepath.Join(repository, target[1])) {
				t.Errorf("%s links to %s, which is not there", page, target[1])
			}
		}
	}
}

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

// The comparison must see each way in which a block can differ.
func TestShowsSeesDifferences(t *testing.T) {
	const whole = "one\n  two\n\nthree\nfour\n"
	for shown, want := range map[string]string{
		whole:                      "",
		"  two\n\nthree\n":         "",
		"one\n...\nthree\nfour\n":  "",
		"one\n# ...\nfour\n":       "",
		"two\n":                    `"two"`,
		"one\nthree\n":             `"one"`,
		"three\n...\none\n":        `"one"`,
		"one\n...\nthree\n2\n":     `"three"`,
		"four\n...\nfive\n":        `"five"`,
		"...\n":                    "nothing",
		"one\n...\none\n  two\n\n": `"one"`,
	} {
		err := shows(whole, shown)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", shown, err, want)
		}
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

// shows checks that whole has the lines of an excerpt: those between two marks of omission in one
// piece, and the pieces in order.
func shows(whole, excerpt string) error {
	rest, pieces := lines(whole), 0
	for _, piece := range split(lines(excerpt), func(line string) bool { return line == "..." || line == "# ..." }) {
		if len(piece) == 0 {
			continue
		}
		pieces++
		at := indexOf(rest, piece)
		if at < 0 {
			return fmt.Errorf("these lines are not there, or not after the ones before:\n%q", piece)
		}
		rest = rest[at+len(piece):]
	}
	if pieces == 0 {
		return errors.New("the block shows nothing")
	}
	return nil
}

func lines(s string) []string {
	list := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i := range list {
		list[i] = strings.TrimRight(list[i], " \r")
	}
	return list
}

func split(list []string, between func(string) bool) [][]string {
	pieces := [][]string{nil}
	for _, s := range list {
		if between(s) {
			pieces = append(pieces, nil)
		} else {
			pieces[len(pieces)-1] = append(pieces[len(pieces)-1], s)
		}
	}
	return pieces
}

func indexOf(list, piece []string) int {
	for i := range max(0, len(list)-len(piece)+1) {
		if slices.Equal(list[i:i+len(piece)], piece) {
			return i
		}
	}
	return -1
}
