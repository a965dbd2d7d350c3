package main

import (
	"strings"
	"testing"
)

// The other messages come in order, each with two sentences.
func TestOtherMessagesAreInOrder(t *testing.T) {
	view, err := messagesView()
	if err != nil {
		t.Fatal(err)
	}
	page, err := MessagesPage()
	if err != nil {
		t.Fatal(err)
	}
	last := ""
	for _, m := range view.Messages {
		if m.Summary <= last {
			t.Errorf("%q is after %q", m.Summary, last)
		}
		last = m.Summary
		for _, text := range []string{m.Means, m.Do} {
			if !strings.HasSuffix(text, ".") || strings.HasPrefix(text, " ") {
				t.Errorf("%s: no sentence: %q", m.Summary, text)
			}
		}
		if !strings.Contains(string(page), "| "+cell(m.Summary)+" | ") {
			t.Errorf("the page lacks %q", m.Summary)
		}
	}
	if len(view.Messages) < 40 {
		t.Errorf("only %d other messages", len(view.Messages))
	}
}

// Each form of a summary and each form of a party is on the page.
func TestFormsOfSummariesAreOnThePage(t *testing.T) {
	view, err := messagesView()
	if err != nil {
		t.Fatal(err)
	}
	page, err := MessagesPage()
	if err != nil {
		t.Fatal(err)
	}
	if len(view.Summaries) < 5 || len(view.Parties) < 5 {
		t.Fatalf("only %d summaries and %d parties", len(view.Summaries), len(view.Parties))
	}
	for _, s := range view.Summaries {
		if !strings.Contains(string(page), "| "+code(s.Form)+" | "+cell(s.Means)+" |") {
			t.Errorf("the page lacks %q", s.Form)
		}
	}
	for _, p := range view.Parties {
		if !strings.Contains(string(page), "- "+code(p)+"\n") {
			t.Errorf("the page lacks %q", p)
		}
	}
}
