package provider

import (
	"slices"
	"strings"
	"testing"
)

const (
	ofTerraform = "its options are commands and blocks of Terraform itself, which the acceptance tests of guards and of lost states run"
	ofPairs     = "it is about two declarations of a configuration, which no single plan has"
	ofLedger    = "it is about a ledger, which no story has: TestMessagesOfTheLedger words it, and the acceptance tests of the ledger " +
		"follow its options"
)

// withoutStory are the titles of messages whose options no configuration of one planner can follow, and why.
var withoutStory = map[string]string{
	"Allocator Cannot Be Replaced": ofTerraform, "Allocator Is Destroyed With Its Allocations": ofTerraform,
	"Allocator Has No Prior Allocations": ofTerraform,
	"Blocks Cannot Be Replaced":          ofTerraform, "Blocks Are Destroyed With Their Allocations": ofTerraform,
	"Blocks Have No Prior Allocations": ofTerraform,
	"Lock Cannot Be Read":              ofTerraform, "Missing moved Block": ofTerraform, "State Is Damaged": ofTerraform,
	"Terraform Is Too Old": ofTerraform, "Terraform Is Too Old for declare": ofTerraform,
	"Blocks Known Only After Apply":   "which names there are is known to nobody: TestEveryMessageOnUnknownFactsHelps wants the hints",
	"Clusters Known Only After Apply": "which names there are is known to nobody: TestEveryMessageOnUnknownFactsHelps wants the hints",
	"Conflict Between Blocks: …":      ofPairs, "Outside of Any Allocator: …": ofPairs, "Two Networks Have the Same Name: …": ofPairs,
	"Two Resources Allocate the Same Addresses: …": ofPairs, "Two Resources Have the Same Name": ofPairs,
	"Argument Given Twice":                    "declare is read before the planner gets its arguments: TestFaultsOfDeclare",
	"Attributes Without Effect":               "declare is read before the planner gets its arguments: TestFaultsOfDeclare",
	"Invalid Value":                           "it is for errors of no known type, of which there are none",
	"Block Has Ranges of Others":              ofLedger,
	"Delegation Requires a Ledger":            ofLedger,
	"Apply Frees Ranges That the State Lacks": ofLedger,
	"Held Range Was Lost":                     ofLedger,
	"Connection Is to a Pooler":               ofLedger,
	"Held Range Was Replaced":                 ofLedger,
	"Pooler Refuses the Connection":           ofLedger,
	"Ledger Cannot Be Used":                   ofLedger,
	"Ledger Does Not Exist":                   ofLedger,
	"Ledger Failed":                           ofLedger,
	"Ledger Is Ahead of the State":            ofLedger,
	"Ledger Permits No Holds":                 ofLedger,
	"Ledger Has Another Version":              ofLedger,
	"Ledger Is Incomplete":                    ofLedger,
	"Ledger Is Not Available":                 ofLedger,
	"Ledger Is Read-Only":                     ofLedger,
	"Ledger Is Not Configured":                ofLedger,
	"Ledger Is Not Known":                     ofLedger,
	"Owner Is in Use":                         ofLedger,
	"Schema Is in Use":                        ofLedger,
	"PostgreSQL Is Too Old":                   ofLedger,
	"Plan Is Older Than the Ledger":           ofLedger,
	"Range Is Held by Another Planner":        ofLedger,
	"Range Is Taken in the Ledger":            ofLedger,
	"Role Has No Permission in the Ledger":    ofLedger,
	"Supernet Is Delegated to Another Owner":  ofLedger,
	"Too Many Holds":                          ofLedger,
	"Extension btree_gist Is Missing":         ofLedger,
	"Ledger Has No Such Owner":                ofLedger,
	"Ledger Has No Such Planner":              ofLedger,
	"Ledger Is Not Known Yet":                 ofLedger,
	"Provider Has No Ledger":                  ofLedger,
	"Owner Has Changed":                       ofLedger,
	"Usable Addresses Unknown":                "each platform that is shipped has these data: see TestABlockOfAPlatformWithoutData",
}

// Every title that the provider can write is that of a story whose options are followed, or says here why there is none.
func TestEveryTitleHasAStory(t *testing.T) {
	stories := problemStories()
	reported := func(title string) bool {
		start := strings.TrimSuffix(title, "…")
		return slices.ContainsFunc(stories, func(s problemStory) bool {
			return strings.HasPrefix(s.title, start) || strings.HasPrefix(start, s.title)
		})
	}
	titles := summaries(t)
	for _, title := range titles {
		if reason := withoutStory[title]; reported(title) == (reason != "") {
			t.Errorf("%q: reported by a story: %t, and the reason for none: %q", title, reported(title), reason)
		}
	}
	for title := range withoutStory {
		if !slices.Contains(titles, title) {
			t.Errorf("%q is no title", title)
		}
	}
}
