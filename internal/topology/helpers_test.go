package topology_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, prefix(text))
	}
	return out
}

// fewer is a number of draws, or a smaller one with -short.
func fewer(all, short int) int {
	if testing.Short() {
		return short
	}
	return all
}

var here = topology.Path{}.Attr("it")

// found is a fault as a table writes it.
type found struct {
	at      string
	problem any
	warn    bool
}

func wantFaults(t *testing.T, got []topology.Fault, want []found) {
	t.Helper()
	var seen []found
	for _, f := range got {
		seen = append(seen, found{f.At.String(), f.Problem, f.Warn})
	}
	if len(seen) == len(want) && (len(want) == 0 || reflect.DeepEqual(seen, want)) {
		return
	}
	t.Errorf("faults:\n got %+v\nwant %+v", seen, want)
}

// one is the only fault expected.
func one(at string, problem any) []found { return []found{{at: at, problem: problem}} }

func notOneOf(value string, allowed []string) topology.NotOneOf {
	return topology.NotOneOf{Value: value, Allowed: allowed}
}

// wantOptions compares the options of the only fault.
func wantOptions(t *testing.T, faults []topology.Fault, want []string) {
	t.Helper()
	if len(faults) != 1 {
		t.Fatalf("got %d faults, want one: %v", len(faults), faults)
	}
	if got := optionTexts(faults[0].Options); !slices.Equal(got, want) {
		t.Errorf("options:\n got %q\nwant %q", got, want)
	}
}

// optionTexts writes each option as the edits that it makes, with its kind in front where it is not always right.
func optionTexts(options []topology.Option) []string {
	var texts []string
	for _, option := range options {
		var edits []string
		for _, edit := range option.Edits {
			edits = append(edits, editText(edit))
		}
		text := strings.Join(edits, "; ")
		if option.Kind != "" {
			text = fmt.Sprintf("%s: %s", option.Kind, text)
		}
		texts = append(texts, text)
	}
	return texts
}

func editText(edit topology.Edit) string {
	switch do := edit.Do.(type) {
	case topology.Setting:
		return fmt.Sprintf("set %s = %v", edit.At, do.Value)
	case topology.Adding:
		return fmt.Sprintf("add %s = %v", edit.At, do.Value)
	case topology.RemovingFrom:
		return fmt.Sprintf("remove from %s = %v", edit.At, do.Value)
	case topology.Copying:
		return fmt.Sprintf("copy %s as %s", do.From, edit.At)
	case topology.Renaming:
		return fmt.Sprintf("rename %s as %s", edit.At, edit.At.Sibling(do.To))
	case topology.Removing:
		return fmt.Sprintf("remove %s", edit.At)
	}
	return fmt.Sprintf("restore %s", edit.At)
}
