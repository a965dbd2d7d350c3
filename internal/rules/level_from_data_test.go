package rules

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Every name of level_from is one that the data of some platform, profile or hub has, or that holds everywhere.
func TestEveryRuleNamesLevelsThatExist(t *testing.T) {
	catalog := profile.Default()
	for _, rule := range loaded().Rules {
		if len(rule.LevelFrom) == 0 {
			t.Errorf("%s has no level", rule.Code)
		}
		for _, from := range rule.LevelFrom {
			one := rule
			one.LevelFrom = []string{from}
			bases := 0
			for _, numbered := range one.numbered(catalog) {
				bases += len(basesOf(numbered, catalog))
			}
			if bases == 0 && !slices.Contains(withoutData, from) {
				t.Errorf("%s has its level from %q, which nothing has", rule.Code, from)
			}
		}
		for _, finder := range rule.FoundBy {
			if !slices.Contains([]Finder{Allocator, Audit, Blocks, Declaration}, finder) {
				t.Errorf("%s is found by %q, which finds nothing", rule.Code, finder)
			}
		}
	}
}

// withoutData are levels that profiles and platforms can have and none has.
var withoutData = []string{
	"other_ranges.overlap.pods_peer", "other_ranges.overlap.services_peer", "other_ranges.overlap.other_peer", "other_ranges.windows",
	"pods.windows.ipv6", "overlap.pod_pod_other_mode_peer of routed Pods",
	"vpc.primary.forbidden", "vpc.windows", "vpc.secondary.lengths", "vpc.secondary.windows", "subnets.windows",
}

func TestEveryLevelThatHoldsEverywhereIsOfARule(t *testing.T) {
	for name, level := range loaded().Everywhere {
		used := name == "node_address" // where a platform has no rule of its own
		for _, rule := range loaded().Rules {
			used = used || slices.Contains(rule.LevelFrom, name)
		}
		if !used || !level.Broken() || level.Text == "" || level.Confidence == "" {
			t.Errorf("%s: %+v, of a rule: %t", name, level, used)
		}
	}
}

func TestBadTablesAreRefused(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"an unknown key":   {"rules:\n  - code: a_b\n    consequence: x\n", "consequence"},
		"no YAML":          {"rules: [", "a.yaml"},
		"an unknown level": {"everywhere:\n  a: {level: fatal, text: x}\n", "fatal"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"data/a.yaml": {Data: []byte(test.text)}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}
