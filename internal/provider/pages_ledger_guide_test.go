package provider

import (
	"os"
	"strings"
	"testing"
)

// The guide of the ledger says of each of its messages what to do.
func TestTheLedgerGuideHasEveryMessage(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/shared-ledger.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for title, why := range withoutStory {
		if why != ofLedger {
			continue
		}
		found++
		if !strings.Contains(string(guide), "`"+title+"`") {
			t.Errorf("the guide does not name %q", title)
		}
	}
	if found < 10 {
		t.Errorf("only %d messages of the ledger were found", found)
	}
}
