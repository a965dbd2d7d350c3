package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

func conflictsOf(t *testing.T) (conflictsPage, string) {
	t.Helper()
	root := os.DirFS(repository)
	view, err := conflictsView(profile.Default(), root)
	if err != nil {
		t.Fatal(err)
	}
	page, err := ConflictsPage(profile.Default(), root)
	if err != nil {
		t.Fatal(err)
	}
	return view, string(page)
}

// Every rule stands in one section, with its words, its bases and an example of it.
func TestEveryRuleIsInTheGuideOnce(t *testing.T) {
	view, page := conflictsOf(t)
	var told []string
	for _, s := range view.Sections {
		for _, r := range s.Rules {
			told = append(told, r.Code)
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
			if r.Code == "two_networks_of_one_name" { // a name cannot mean two things, whoever accepts it
				accept = "give one of them another name: "
			}
			for _, want := range []string{cell(r.Broken), cell(r.Effect), "Rule: " + r.Code + " (", accept} {
				if !strings.Contains(section, want) {
					t.Errorf("the section of %s lacks %q", r.Code, want)
				}
			}
		}
	}
	slices.Sort(told)
	if codes := rules.Codes(profile.Default()); !slices.Equal(told, codes) {
		t.Errorf("the guide tells %v, and there are %v", told, codes)
	}
}

// A page that lacks an example is not written.
func TestTheGuideWantsAllExamples(t *testing.T) {
	if page, err := ConflictsPage(profile.Default(), fstest.MapFS{}); err == nil {
		t.Errorf("without examples the guide is\n%s", page)
	}
	if page, err := ConflictsPage(&profile.Catalog{}, os.DirFS(repository)); err == nil {
		t.Errorf("without platforms the guide is\n%s", page)
	}
}

func TestTheGuideExplainsAWholeMessage(t *testing.T) {
	view, page := conflictsOf(t)
	for _, want := range []string{"To resolve, do one of the following:", "\nSource: ", "\nRule: " + shownWhole} {
		if !strings.Contains(view.Whole, want) {
			t.Errorf("the message that is explained lacks %q:\n%s", want, view.Whole)
		}
	}
	if key, ok := conflict.ParseKey(view.Key); !ok || key.Code != shownWhole {
		t.Errorf("%q is no key of %s", view.Key, shownWhole)
	}
	if strings.Count(page, "\nSource: ") != 1 {
		t.Error("examples cite their sources, which the tables do")
	}
	if !strings.Contains(page, "<!-- part of "+examples+"/"+shownWhole+".txt -->\n```text\n"+view.Whole+"\n```\n") {
		t.Error("the message that is explained is not there as a whole")
	}
}

// The other messages come in order, each with two sentences.
func TestOtherMessagesAreInOrder(t *testing.T) {
	view, page := conflictsOf(t)
	last := ""
	for _, m := range view.Messages {
		if m.Summary <= last {
			t.Errorf("%q stands behind %q", m.Summary, last)
		}
		last = m.Summary
		for _, text := range []string{m.Means, m.Do} {
			if !strings.HasSuffix(text, ".") || strings.HasPrefix(text, " ") {
				t.Errorf("%s: no sentence: %q", m.Summary, text)
			}
		}
		if !strings.Contains(page, "| "+cell(m.Summary)+" | ") {
			t.Errorf("the page lacks %q", m.Summary)
		}
	}
	if len(view.Messages) < 40 {
		t.Errorf("only %d other messages", len(view.Messages))
	}
}
