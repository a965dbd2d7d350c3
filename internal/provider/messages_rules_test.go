package provider

import (
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// ruleMessages holds what is reported of each rule; CIDRPLAN_UPDATE=1 writes it anew.
const ruleMessages = "testdata/rules"

// planStory answers a configuration.
func planStory(story given) ([]messages.Message, []conflict.Finding) {
	p := messages.Writer{Catalog: profile.Default()}
	whole := given{"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
	maps.Copy(whole, story)
	request, unread := readRequest(writtenAs(allocatorArguments(p.Catalog), whole))
	found, result := planAndReport(p, request, unread)
	return found, result.Findings
}

// planBlocksStory answers a configuration of blocks.
func planBlocksStory(story given) ([]messages.Message, []conflict.Finding) {
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: true}
	whole := given{"name": "net", "supernets": []string{"10.0.0.0/12"}}
	maps.Copy(whole, story)
	request, unread := readBlocksRequest(writtenAs(blocksArguments(p.Catalog), whole))
	found, result := planAndReport(p, request, unread)
	return found, result.Findings
}

// planRuleStory answers the story of a rule; ok is false where there is none.
func planRuleStory(code string) (found []messages.Message, findings []conflict.Finding, ok bool) {
	if story, ofBlock := blockStories[code]; ofBlock {
		found, findings = planBlocksStory(story)
		unusable := func(m messages.Message) bool {
			return strings.HasPrefix(m.Summary,
				"Supernet Cannot Be Used")
		} // which holds the block of the story
		return slices.DeleteFunc(found, unusable), findings, true
	}
	story, ok := ruleStories[code]
	found, findings = planStory(story)
	return found, findings, ok
}

// codesOfStories are the codes of all stories.
func codesOfStories() iter.Seq[string] {
	return slices.Values(slices.AppendSeq(slices.Collect(maps.Keys(ruleStories)), maps.Keys(blockStories)))
}

// Each rule has a story, and the story is reported as a message on that rule alone.
func TestEveryRuleHasItsMessage(t *testing.T) {
	codes := rules.Codes(profile.Default())
	for _, code := range codes {
		t.Run(code, func(t *testing.T) {
			if code == "two_networks_of_one_name" { // which one allocator cannot be given
				m := reportedLast(
					t, region("east", "main", "172.16.0.0/24", "10.64.0.0/20"), region("west", "main", "172.16.1.0/24", "10.65.0.0/20"),
					false,
				)
				wantWritten(t, filepath.Join(ruleMessages, code+".golden"), folded(m.String()))
				return
			}
			found, findings, ok := planRuleStory(code)
			if !ok {
				t.Fatal("no story breaks this rule")
			}
			if len(found) != 1 || len(findings) != 1 || findings[0].Code != code {
				t.Fatalf("the story is to break this rule once and nothing else; it is reported as\n%s", all(found))
			}
			wantWritten(t, filepath.Join(ruleMessages, code+".golden"), folded(found[0].String()))
		})
	}
	for code := range codesOfStories() {
		if !slices.Contains(codes, code) {
			t.Errorf("a story breaks %s, which is no rule", code)
		}
	}
	files, err := os.ReadDir(ruleMessages)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.Contains(codes, strings.TrimSuffix(file.Name(), ".golden")) {
			t.Errorf("%s is reported of no rule", file.Name())
		}
	}
}

// width is where Terraform folds the lines of a message, unless they begin with a space.
const width = 78

// folded folds long lines at spaces, as Terraform does with all lines but the summary.
func folded(text string) string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		for i > 0 && len(line) > width && !strings.HasPrefix(line, " ") && strings.Contains(line[:width+1], " ") {
			at := strings.LastIndex(line[:width+1], " ")
			out, line = append(out, line[:at]), line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// wantWritten compares a text with a file, or writes it.
func wantWritten(t *testing.T, name, got string) {
	t.Helper()
	if os.Getenv("CIDRPLAN_UPDATE") != "" {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got):\n%s", name, diff)
	}
}
