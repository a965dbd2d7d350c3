package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every value that a cloud resource of an example is given is known in the plan, and is the right one.
func TestAccPlatformExamplesFeedTheClouds(t *testing.T) {
	t.Parallel()
	folders, err := filepath.Glob(repository + "/examples/platforms/*")
	if err != nil || len(folders) != len(given) {
		t.Fatalf("%d examples, %d with values to compare: %v", len(folders), len(given), err)
	}
	for _, folder := range folders {
		platform := filepath.Base(folder)
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			w := exampleWorkspace(t, "examples/platforms/"+platform)
			if w.clouds {
				w.feedsClouds(given[platform])
				return
			}
			w.run("plan", "-out=tfplan")
			got := leaves(t, w.run("show", "-json", "tfplan"))
			for _, at := range slices.Sorted(maps.Keys(given[platform])) {
				want, err := json.Marshal(given[platform][at])
				if err != nil {
					t.Fatal(err)
				}
				if value, ok := got[at]; !ok || value != string(want) {
					t.Errorf("%s is %q, want %s", at, value, want)
				}
			}
			if t.Failed() {
				for _, at := range slices.Sorted(maps.Keys(got)) {
					t.Logf("%s = %s", at, got[at])
				}
			}
		})
	}
}

// leaves are the arguments of all stand-ins of a plan and its outputs, by their place, as JSON.
func leaves(t *testing.T, plan string) map[string]string {
	t.Helper()
	var changes struct {
		ResourceChanges []struct {
			Address, Type string
			Change        struct {
				After struct{ Input any }
				// AfterUnknown is an object, or false where everything is known.
				AfterUnknown any `json:"after_unknown"`
			}
		} `json:"resource_changes"`
		OutputChanges map[string]change `json:"output_changes"`
	}
	if err := json.Unmarshal([]byte(plan), &changes); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range changes.ResourceChanges {
		if c.Type != "terraform_data" {
			continue
		}
		unknownAttributes, _ := c.Change.AfterUnknown.(map[string]any)
		if unknown := unknowns(c.Address, unknownAttributes["input"]); len(unknown) > 0 {
			t.Errorf("not known in the plan: %s", unknown)
		}
		gather(t, out, strings.TrimPrefix(c.Address, "terraform_data."), c.Change.After.Input)
	}
	for name, c := range changes.OutputChanges {
		gather(t, out, name, c.After)
	}
	return out
}

// gather adds the leaves of a tree; a list of anything but objects is a leaf.
func gather(t *testing.T, out map[string]string, at string, tree any) {
	t.Helper()
	if object, ok := tree.(map[string]any); ok {
		for name, child := range object {
			gather(t, out, at+"."+name, child)
		}
		return
	}
	if list, ok := tree.([]any); ok && len(list) > 0 {
		if _, blocks := list[0].(map[string]any); blocks {
			for i, child := range list {
				gather(t, out, fmt.Sprintf("%s[%d]", at, i), child)
			}
			return
		}
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	out[at] = string(text)
}
