package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

func rulesOf(t *testing.T) (rulesPage, string) {
	t.Helper()
	root := os.DirFS(repository)
	view, err := rulesView(profile.Default(), root)
	if err != nil {
		t.Fatal(err)
	}
	page, err := RulesPage(profile.Default(), root)
	if err != nil {
		t.Fatal(err)
	}
	return view, string(page)
}

// Every rule has one section, with its texts, its bases and an example.
func TestEveryRuleIsInTheReferenceOnce(t *testing.T) {
	view, page := rulesOf(t)
	var listed []string
	for _, s := range view.Sections {
		for _, r := range s.Rules {
			listed = append(listed, r.Code)
			_, section, _ := strings.Cut(page, "\n### "+r.Code+"\n")
			section, _, _ = strings.Cut(section, "\n### ")
			for _, b := range rules.Bases(r.Code, profile.Default()) {
				if !strings.Contains(section, cell(b.Text)) || !strings.Contains(section, b.Level.String()) {
					t.Errorf("the section of %s lacks %v %q", r.Code, b.Level, b.Text)
				}
				for _, who := range b.Of {
					if !strings.Contains(section, code(who)) && !strings.Contains(section, "every profile") {
						t.Errorf("the section of %s lacks %s", r.Code, who)
					}
				}
			}
			accept := "accepted_conflicts = { \"" + r.Code + "|"
			if r.Code == "two_networks_of_one_name" { // a name cannot mean two things, and no setting accepts it
				accept = "rename one of them: "
			}
			for _, want := range []string{cell(r.Broken), cell(r.Effect), "Rule: " + r.Code + " (", accept} {
				if !strings.Contains(section, want) {
					t.Errorf("the section of %s lacks %q", r.Code, want)
				}
			}
		}
	}
	slices.Sort(listed)
	if codes := rules.Codes(profile.Default()); !slices.Equal(listed, codes) {
		t.Errorf("the reference lists %v, and there are %v", listed, codes)
	}
}

// A page that lacks an example is not written.
func TestTheReferenceOfRulesNeedsAllExamples(t *testing.T) {
	if page, err := RulesPage(profile.Default(), fstest.MapFS{}); err == nil {
		t.Errorf("without examples the reference is\n%s", page)
	}
	if page, err := RulesPage(&profile.Catalog{}, os.DirFS(repository)); err == nil {
		t.Errorf("without platforms the reference is\n%s", page)
	}
}

// The examples leave out their sources, because the tables cite them.
func TestExamplesDoNotCite(t *testing.T) {
	_, page := rulesOf(t)
	if strings.Contains(page, "\nSource: ") {
		t.Error("an example cites its source")
	}
}
