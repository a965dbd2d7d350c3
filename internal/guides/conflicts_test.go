package main

import (
	"os"
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
	view, err := conflictsView(root)
	if err != nil {
		t.Fatal(err)
	}
	page, err := ConflictsPage(root)
	if err != nil {
		t.Fatal(err)
	}
	return view, string(page)
}

// The guide shows one message as a whole, and its key is one that the provider accepts.
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
	if !strings.Contains(page, "<!-- part of "+examples+"/"+shownWhole+".golden -->\n```text\n"+view.Whole+"\n```\n") {
		t.Error("the message that is explained is not there as a whole")
	}
}

// The guide links to the section of each rule in the reference.
func TestTheGuideLinksToEachRule(t *testing.T) {
	_, page := conflictsOf(t)
	_, reference := rulesOf(t)
	for _, code := range rules.Codes(profile.Default()) {
		if !strings.Contains(page, "(rules.md#"+code+")") {
			t.Errorf("the guide has no link to %s", code)
		}
		if !strings.Contains(reference, "(#"+code+")") || !strings.Contains(reference, "\n### "+code+"\n") {
			t.Errorf("the reference has no link to the section of %s, or no such section", code)
		}
	}
}

// A person reads the guide in five minutes: about 1,300 words at the pace of technical English.
func TestTheGuideOnConflictsIsShort(t *testing.T) {
	_, page := conflictsOf(t)
	text, table, _ := strings.Cut(page, "\n## Find a rule\n")
	if words := len(strings.Fields(text)); words > 1300 || table == "" {
		t.Errorf("the guide has %d words before its table of rules; move details to the references", words)
	}
}

func TestTheGuideOnConflictsNeedsItsExample(t *testing.T) {
	if page, err := ConflictsPage(fstest.MapFS{}); err == nil {
		t.Errorf("without its example the guide is\n%s", page)
	}
}
