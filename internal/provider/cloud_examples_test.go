package provider_test

import (
	"encoding/json"
	"regexp"
	"strings"
)

// callOfFacts is in an example that has the facts of the clouds' own resources, which need the clouds' own schemas.
const callOfFacts = "provider::cidrplan::facts({\n    "

// usesFacts says whether an example is planned with the clouds' own schemas.
func usesFacts(files map[string]string) bool {
	for name, text := range files {
		if name == "main.tf" && strings.Contains(text, callOfFacts) {
			return true
		}
	}
	return false
}

// anID is a value that contains an ID that the cloud makes, which is known only after apply.
var anID = regexp.MustCompile(`\.\w*id\b`)

// feedsClouds plans and applies an example with the clouds' own schemas. The values that clusters are given are known in the plan but
// for IDs, they are the right ones after apply, and the next plan is empty.
func (w *workspace) feedsClouds(want map[string]any) {
	w.t.Helper()
	planned := map[string]string{}
	for address, p := range w.plans() {
		gather(w.t, planned, strings.Replace(address, ".", "_", 1), p.Change.After)
	}
	w.run("apply", "-auto-approve", "plan")
	applied := map[string]string{}
	for address, attributes := range w.state().resources() {
		var tree any
		if err := json.Unmarshal(attributes, &tree); err != nil {
			w.t.Fatal(err)
		}
		gather(w.t, applied, strings.Replace(address, ".", "_", 1), tree)
	}
	for at, value := range want {
		text, err := json.Marshal(value)
		if err != nil {
			w.t.Fatal(err)
		}
		switch isSet := planned[at] != "" && planned[at] != "null"; {
		case value == nil && isSet:
			w.t.Errorf("%s is %s, want none", at, planned[at])
		case value != nil && applied[at] != string(text):
			w.t.Errorf("%s is %q, want %s", at, applied[at], text)
		case value != nil && !anID.Match(text) && planned[at] != string(text):
			w.t.Errorf("%s is not known in the plan, but %q", at, planned[at])
		}
	}
	w.wantEmptyPlan()
}

// chosenByCloud says whether a fact is one that the cloud chooses where the resource does not set it, and that no allocation needs.
func chosenByCloud(at string) bool {
	return strings.HasSuffix(at, ".region") || strings.HasSuffix(at, ".protection_level")
}
