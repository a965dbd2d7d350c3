package provider_test

import (
	"errors"
	"fmt"
	"io/fs"
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

// pages are the English pages that people write; the Chinese one shows the same blocks.
func pages(t *testing.T) []string {
	t.Helper()
	found := []string{english, filepath.Join(published, "vpc-subnets", "README.md")}
	err := filepath.WalkDir(filepath.Join(repository, "templates"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		page, err := filepath.Rel(repository, path)
		found = append(found, page)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var (
	comment = regexp.MustCompile(`^<!-- (.*) -->$`)
	fence   = regexp.MustCompile("^```(\\w*)$")
)

// blocks are the fenced blocks of a page. An "applied" comment is a block without text.
func blocks(t *testing.T, page string) []block {
	t.Helper()
	var found []block
	var open *block
	source := ""
	for i, line := range strings.Split(read(t, filepath.Join(repository, page)), "\n") {
		opening := fence.FindStringSubmatch(line)
		switch {
		case open != nil && line == "```":
			found, open = append(found, *open), nil
		case open != nil:
			open.text += line + "\n"
		case opening != nil:
			open = &block{page: page, line: i + 1, source: source, language: opening[1]}
			source = ""
		case comment.MatchString(line):
			if source != "" {
				t.Errorf("%s:%d: the comment %q stands above no block", page, i, source)
			}
			source = comment.FindStringSubmatch(line)[1]
			if strings.HasPrefix(source, "applied ") {
				found = append(found, block{page: page, line: i + 1, source: source})
				source = ""
			}
		case source != "":
			t.Errorf("%s:%d: the comment %q stands above no block", page, i+1, source)
			source = ""
		}
	}
	if open != nil {
		t.Errorf("%s: the block has no end", open)
	}
	return found
}

// block is a fenced block of a page and the comment above it.
type block struct {
	page           string
	line           int
	source         string // the comment, "" without one
	language, text string
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

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }
