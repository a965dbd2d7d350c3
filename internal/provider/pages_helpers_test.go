package provider_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
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
