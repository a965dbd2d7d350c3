package provider_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// subcategories are the groups of the Registry's navigation.
var subcategories = []string{
	"Declarations",
	"Allocation",
	"Audit and Reports",
	"First Steps",
	"Operations",
	"Networks and Rules",
	"Platforms",
}

// Every page of the Registry but the first one is in a group of its navigation.
func TestRegistryPagesHaveASubcategory(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(repository, "docs", "*", "*.md"))
	if err != nil || len(found) < 20 {
		t.Fatalf("only %d pages were found: %v", len(found), err)
	}
	used := map[string]bool{}
	for _, page := range found {
		group := regexp.MustCompile(`^---\n(?:.*\n)*?subcategory: "(.*)"\n`).FindStringSubmatch(read(t, page))
		if len(group) < 2 || !slices.Contains(subcategories, group[1]) {
			t.Errorf("%s has the subcategory %q, want one of %q", page, group, subcategories)
			continue
		}
		used[group[1]] = true
	}
	if len(used) != len(subcategories) {
		t.Errorf("only %d of %q are used", len(used), subcategories)
	}
}

var (
	pageLink = regexp.MustCompile(`\]\(([^):# ]*\.md)?(?:#([^) ]+))?\)`)
	heading  = regexp.MustCompile(`(?m)^#+ (.*)$`)
	noAnchor = regexp.MustCompile(`[^\w\- ]`)
)

// anchors are those of the headings of a page.
func anchors(text string) (found []string) {
	for _, h := range heading.FindAllStringSubmatch(text, -1) {
		found = append(found, strings.ReplaceAll(noAnchor.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-"))
	}
	return found
}

// Links between pages lead to a page and a heading of it.
func TestLinksOfRegistryPagesLeadSomewhere(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(repository, "docs", "*", "*.md"))
	if err != nil || len(found) < 20 {
		t.Fatalf("only %d pages were found: %v", len(found), err)
	}
	seen := 0
	for _, page := range append(found, filepath.Join(repository, "docs", "index.md")) {
		text := read(t, page)
		for _, link := range pageLink.FindAllStringSubmatch(text, -1) {
			if link[1] == "" && link[2] == "" || strings.HasPrefix(link[2], "nestedatt") {
				continue
			}
			seen++
			target, there := page, text
			if link[1] != "" {
				if target = filepath.Join(filepath.Dir(page), link[1]); !exists(target) {
					t.Errorf("%s links to %s, which is not there", page, link[1])
					continue
				}
				there = read(t, target)
			}
			if link[2] != "" && !slices.Contains(anchors(there), link[2]) {
				t.Errorf("%s links to %s#%s, which has no such heading", page, target, link[2])
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d links were found", seen)
	}
}
