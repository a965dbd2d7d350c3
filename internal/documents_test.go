package internal_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A newcomer finds each package in the list of packages, and in the short list for contributors.
func TestDocumentsNameEveryPackage(t *testing.T) {
	entries, err := os.ReadDir(".")
	folders := slices.DeleteFunc(entries, func(e os.DirEntry) bool { return !e.IsDir() || e.Name() == "testdata" })
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, document := range []string{"../DESIGN.md", "../CONTRIBUTING.md"} {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		_, packages, has := strings.Cut(string(text), "\n## Packages\n")
		if !has {
			t.Fatalf("%s has no section Packages", document)
		}
		packages, _, _ = strings.Cut(packages, "\n## ")
		for _, folder := range folders {
			if name := folder.Name(); !strings.Contains(packages, "`"+name+"`") {
				t.Errorf("%s: the section Packages does not name %s", document, name)
			}
		}
	}
}
