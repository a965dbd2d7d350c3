package profile_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// distributionFiles are those of the first fictitious platform and of two distributions, of which the second is like the first.
func distributionFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fictitiousOneFiles(t)
	files["fictitious-kits.yaml"] = &fstest.MapFile{Data: []byte(`
platform: fictitious-kits
title: Fictitious kits
distributions: true
outputs:
  kit: {description: Arguments of a kit., attributes: {pods: {type: string, value: pod_cidr, description: The Pod range.}}}
profiles:
  kit-large:
    like: kit-small
    title: Large kit
    words: [large]
    output: kit
    nodes: {longest: 25, max_difference_rule: {level: warn, text: the kit counts node blocks, sources: [one-guide], confidence: verified}}
  kit-small:
    like: fictitious-fixed
    title: Small kit
    words: [small]
    output: kit
    platforms: any
    pods: {limits: []}
    services: {lost: 0}
    nodes: {max_difference: 0, max_difference_rule: {}}
    overlap:
      pod_route: {level: allow, text: the kit hides its Pods, sources: [one-guide], confidence: verified}
`)}
	return files
}

func TestAProfileThatIsLikeAnotherOne(t *testing.T) {
	c := load(t, distributionFiles(t))
	fixed, small, large := known(t, c, "fictitious-fixed"), known(t, c, "kit-small"), known(t, c, "kit-large")
	for what, test := range map[string]struct{ got, want any }{
		"its name":                            {small.Name, "kit-small"},
		"its platform":                        {small.Platform, "fictitious-kits"},
		"its words":                           {slices.Equal(small.Words, []string{"small"}), true},
		"a list that it empties":              {len(small.Pods.Limits), 0},
		"a number that it clears":             {small.Services.Lost, int64(0)},
		"a number beside it, of the other":    {small.Services.DefaultCount, int64(100)},
		"a list beside it, of the other":      {len(small.Services.Limits), len(fixed.Services.Limits)},
		"a rule that it clears":               {small.Nodes.MaxDifferenceRule.Text, ""},
		"a rule that it gives":                {small.Overlap[profile.PodRoute].Level, profile.Allow},
		"a rule beside it, of the other":      {small.Overlap[profile.PodSite].Text, fixed.Overlap[profile.PodSite].Text},
		"what one like it clears":             {large.Nodes.MaxDifference, 0},
		"what the one like that clears again": {len(large.Pods.Limits), 0},
		"a rule that replaces a cleared one":  {large.Nodes.MaxDifferenceRule.Text, "the kit counts node blocks"},
		"a number that it gives":              {large.Nodes.Longest, 25},
		"the same number of the other":        {fixed.Nodes.Longest, 26},
		"the rule of the other one":           {fixed.Overlap[profile.PodRoute].Level, profile.Error},
		"limits of the other one":             {len(fixed.Pods.Limits), 2},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", what, test.got, test.want)
		}
	}
}

// A rule that replaces another one keeps nothing of it, such as its reason or the error of the platform.
func TestAProfileReplacesWholeRules(t *testing.T) {
	files := edited(t, distributionFiles(t), "fictitious-one.yaml",
		"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [one-guide], confidence: verified}",
		"      max_difference_rule: {level: error, text: at most 8 bits of nodes, sources: [one-guide],\n"+
			"        confidence: derived, reason: no more,\n"+
			"        error_code: Fictitious.Mask}")
	rule := known(t, load(t, files), "kit-large").Nodes.MaxDifferenceRule
	if rule.Reason != "" || rule.ErrorCode != "" || rule.Level != profile.Warn {
		t.Errorf("got %+v", rule)
	}
}

// What profiles of a file have in common is written once and merged into each: it replaces rules as well.
func TestAProfileReplacesRulesByMergedOnes(t *testing.T) {
	const kits, cleared = "fictitious-kits.yaml", "nodes: {max_difference: 0, max_difference_rule: {}}"
	files := edited(t, distributionFiles(t), kits, cleared, "nodes: {<<: *uncounted}")
	files = edited(t, files, kits, "profiles:\n",
		"anchors:\n  uncounted: &uncounted {max_difference: 0, max_difference_rule: {}}\nprofiles:\n")
	small := known(t, load(t, files), "kit-small")
	if rule := small.Nodes.MaxDifferenceRule; rule.Text != "" || rule.Level != profile.Allow || len(rule.Sources) > 0 {
		t.Errorf("the rule is not cleared: %+v", rule)
	}
	if small.Nodes.Longest != 26 {
		t.Errorf("the longest mask of the other profile is lost: /%d", small.Nodes.Longest)
	}
}

func TestDistributionsAreNoPlatformsOfNetworks(t *testing.T) {
	c := load(t, distributionFiles(t))
	if got := c.Platforms(); !slices.Equal(got, []string{"fictitious-one", profile.Generic}) {
		t.Errorf("platforms %v", got)
	}
	if got := c.Distributions(); !slices.Equal(got, []string{"fictitious-kits"}) {
		t.Errorf("distributions %v", got)
	}
	if got := c.Fitting("fictitious-one"); !slices.Equal(got, []string{"fictitious-fixed", "kit-large", "kit-small"}) {
		t.Errorf("profiles for a network of the first platform: %v", got)
	}
	if got := c.Fitting("elsewhere"); !slices.Equal(got, []string{"kit-large", "kit-small"}) {
		t.Errorf("profiles for a network of another platform: %v", got)
	}
}

func TestLoadRefusesUnsoundDistributions(t *testing.T) {
	const kits = "fictitious-kits.yaml"
	refusesEach(t, distributionFiles(t), map[string]unsound{
		"a profile that is like none": {
			kits, "like: fictitious-fixed", "like: nothing", kits + `: profile kit-small: there is no profile "nothing" to be like`,
		},
		"profiles that are like each other": {
			kits, "like: fictitious-fixed", "like: kit-large", kits + `: profile kit-small: "kit-small" is like itself`,
		},
		"no title of its own": {
			kits, "    title: Large kit\n", "",
			kits + ": profile kit-large: a profile that is like another one needs a title, words and an output",
		},
		"no words of its own": {
			kits, "    words: [large]\n", "",
			kits + ": profile kit-large: a profile that is like another one needs a title, words and an output",
		},
		"no output of its own": {
			kits, "    words: [large]\n    output: kit\n", "    words: [large]\n",
			kits + ": profile kit-large: a profile that is like another one needs a title, words and an output",
		},
		"clusters of one platform": {
			kits, "    platforms: any\n", "", kits + `: profile "kit-small": clusters of distributions are in networks of platforms any`,
		},
		"networks": {
			kits, "distributions: true\n", "distributions: true\nnetworks: {}\n", kits + ": distributions have no networks",
		},
		"a key that no profile has": {kits, "pods: {limits: []}", "pods: {limit: []}", "field limit not found"},
		"networks of a platform that are missing": {
			kits, "distributions: true\n", "", kits + ": networks.peer: a rule needs a text and a source",
		},
	})
}
