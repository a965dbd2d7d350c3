package profile_test

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// universe is the two fictitious platforms, and a generic one made from the data of the first.
func universe(t testing.TB) *profile.Catalog {
	t.Helper()
	one := fictitiousOneFiles(t)
	generic := edited(t, one, "fictitious-one.yaml", "platform: fictitious-one\n", "platform: generic\n")
	generic = edited(t, generic, "fictitious-one.yaml", "  cluster:\n", "  plain:\n")
	generic = edited(t, generic, "fictitious-one.yaml", "    output: cluster\n", "    output: plain\n    platforms: any\n")
	generic = edited(t, generic, "fictitious-one.yaml", "  fictitious-fixed:\n", "  plain-fixed:\n")
	generic = edited(t, generic, "fictitious-one.yaml", "peer: {level: warn, text: networks", "peer: {level: error, text: networks")
	hub := "  hubs:\n    appliance: {title: Appliance, compares: identical, level: warn, " +
		"text: appliances compare nothing, sources: [one-guide], confidence: verified}\n"
	one = edited(t, one, "fictitious-one.yaml", "networks:\n", "networks:\n"+hub)
	files := fictitiousManyFiles(t)
	maps.Copy(files, fstest.MapFS{
		"fictitious-one.yaml": one["fictitious-one.yaml"], "generic.yaml": generic["fictitious-one.yaml"],
		"sources.yaml": {Data: slices.Concat(one["sources.yaml"].Data, []byte("\n"), files["sources.yaml"].Data)},
	})
	return load(t, files)
}

func TestCatalogListsTheShippedProfiles(t *testing.T) {
	c := profile.Default()
	names := c.Names()
	for _, want := range []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"} {
		if !slices.Contains(names, want) {
			t.Errorf("profiles %v are without %s", names, want)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("profiles are not sorted: %v", names)
	}
	if p, ok := c.Profile("ack-terway-of-the-future"); ok || p != nil {
		t.Errorf("an unknown profile: got %v", p)
	}
}

func TestFittingListsTheProfilesOfAPlatform(t *testing.T) {
	many := []string{"fictitious-dynamic", "fictitious-shared", "fictitious-subnets"}
	tests := map[string]struct {
		platform string
		want     []string
	}{
		"a platform has its own and the self-managed":  {"fictitious-one", []string{"fictitious-fixed", "plain-fixed"}},
		"and so does another":                          {"fictitious-many", slices.Concat(many, []string{"plain-fixed"})},
		"a platform without data has the self-managed": {"without-data", []string{"plain-fixed"}},
		"a generic VPC has all": {
			"generic",
			[]string{"fictitious-dynamic", "fictitious-fixed", "fictitious-shared", "fictitious-subnets", "plain-fixed"},
		},
		"a site has the self-managed": {"", []string{"plain-fixed"}},
	}
	c := universe(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Fitting(test.platform); !slices.Equal(got, test.want) {
				t.Errorf("Fitting(%q): got %v, want %v", test.platform, got, test.want)
			}
			for _, key := range c.Names() {
				if got, want := known(t, c, key).Fits(test.platform), slices.Contains(test.want, key); got != want {
					t.Errorf("%s fits %q: got %v, want %v", key, test.platform, got, want)
				}
			}
		})
	}
}

func TestShippedProfilesFitTheirPlatforms(t *testing.T) {
	c := profile.Default()
	for platform, want := range map[string][]string{
		"alicloud":    {"ack-flannel", "kubernetes-overlay", "kubernetes-routed"},
		"huaweicloud": {"cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"},
		"":            {"kubernetes-overlay", "kubernetes-routed"},
	} {
		got := c.Fitting(platform)
		for _, name := range []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"} {
			if slices.Contains(got, name) != slices.Contains(want, name) {
				t.Errorf("%q fits %v; want, of these four profiles, %v", platform, got, want)
			}
		}
	}
}

func TestPlatformsAreListedWithTheGenericOneLast(t *testing.T) {
	if got, want := universe(t).Platforms(), []string{"fictitious-many", "fictitious-one", "generic"}; !slices.Equal(got, want) {
		t.Errorf("platforms: got %v, want %v", got, want)
	}
	if got, want := load(t, fictitiousOneFiles(t)).Platforms(), []string{"fictitious-one", "generic"}; !slices.Equal(got, want) {
		t.Errorf("without data for the generic one: got %v, want %v", got, want)
	}
}

func TestPlatformsWithDataAndWithout(t *testing.T) {
	c := universe(t)
	if got := c.Platform("fictitious-many"); got.Title != "Fictitious Many" || got.Networks.VPC.SecondaryPeered.Level != profile.Warn {
		t.Errorf("Fictitious Many: got %+v", got)
	}
	if got := c.Platform("without-data"); got.Title != "" || got.Networks.Peer.Text != "" || len(got.Networks.Hubs) != 0 {
		t.Errorf("a platform without data: got %+v", got)
	}
}

func TestHubsOfAllPlatformsAreKnownByTheirKind(t *testing.T) {
	c := universe(t)
	if got, want := c.HubKinds(), []string{"appliance", "gateway", "generic"}; !slices.Equal(got, want) {
		t.Errorf("kinds: got %v, want %v", got, want)
	}
	gateway := c.Hub("gateway")
	if gateway.Title != "Gateway" || gateway.Compares != profile.EachSubnet || gateway.Level != profile.Warn {
		t.Errorf("gateway: got %+v", gateway)
	}
	levels := map[string]profile.Compares{}
	for name, joins := range gateway.ProtectionLevels {
		levels[name] = joins.Compares
	}
	if want := map[string]profile.Compares{"strict": profile.WholeBlocks, "open": profile.Identical}; !maps.Equal(levels, want) {
		t.Errorf("protection levels: got %v, want %v", levels, want)
	}
	if got := c.Hub("appliance").Compares; got != profile.Identical {
		t.Errorf("appliance compares %q", got)
	}
	if got := c.Hub("wormhole"); got.Title != "" || got.Compares != "" || got.Broken() {
		t.Errorf("an unknown kind: got %+v", got)
	}
}

func TestGenericHubsAreListedOnce(t *testing.T) {
	files := edited(t, fictitiousManyFiles(t), "fictitious-many.yaml", "    gateway:\n", "    generic:\n")
	if got, want := load(t, files).HubKinds(), []string{"generic"}; !slices.Equal(got, want) {
		t.Errorf("kinds: got %v, want %v", got, want)
	}
}

func TestCalledFindsAPlatformsWordInAnyCase(t *testing.T) {
	tests := map[string]struct {
		word string
		want []string
	}{
		"a word of one profile":           {"dynamic", []string{"fictitious-dynamic"}},
		"a word of several":               {"shared", []string{"fictitious-shared", "fictitious-subnets"}},
		"in capitals":                     {"DYNAMIC", []string{"fictitious-dynamic"}},
		"a word that is not the first":    {"common", []string{"fictitious-shared"}},
		"a word of profiles of two homes": {"Static", []string{"fictitious-fixed", "plain-fixed"}},
		"part of a word is none":          {"froz", nil},
		"the name of a profile is none":   {"fictitious-dynamic", nil},
		"no word":                         {"", nil},
	}
	c := universe(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Called(test.word); !slices.Equal(got, test.want) {
				t.Errorf("Called(%q): got %v, want %v", test.word, got, test.want)
			}
		})
	}
}

func TestCiteNamesTitlesAndPages(t *testing.T) {
	c := load(t, fictitiousOneFiles(t))
	tests := map[string]struct {
		sources []string
		want    string
	}{
		"a page":                   {[]string{"one-guide"}, "Networks of Fictitious One, https://one.example/networks"},
		"an inference has no page": {[]string{"one-routing"}, "A consequence of routing"},
		"several, in their order": {
			[]string{"one-routing", "one-guide"},
			"A consequence of routing; Networks of Fictitious One, https://one.example/networks",
		},
		"a rule without sources": {nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Cite(profile.Rule{Sources: test.sources}); got != test.want {
				t.Errorf("Cite: got %q, want %q", got, test.want)
			}
		})
	}
	if got, want := c.Source("one-guide"), (profile.Source{
		Title: "Networks of Fictitious One", URL: "https://one.example/networks",
	}); got != want {
		t.Errorf("Source: got %+v, want %+v", got, want)
	}
	if got := c.Source("hearsay"); got != (profile.Source{}) {
		t.Errorf("an unknown source: got %+v", got)
	}
}

func TestPeerRuleIsTheStricterOfTheTwoPlatforms(t *testing.T) {
	tests := map[string]struct {
		a, b string
		want profile.Level
	}{
		"two of one platform":                     {"fictitious-one", "fictitious-one", profile.Warn},
		"a generic network is stricter here":      {"fictitious-one", "generic", profile.Error},
		"another platform is stricter here":       {"fictitious-one", "fictitious-many", profile.Error},
		"a site counts as generic":                {"fictitious-one", "", profile.Error},
		"a platform without data counts as such":  {"fictitious-one", "without-data", profile.Error},
		"two of which nothing is known":           {"without-data", "other", profile.Error},
		"two sites":                               {"", "", profile.Error},
		"the order of the platforms is no matter": {"generic", "fictitious-one", profile.Error},
	}
	c := universe(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.PeerRule(test.a, test.b); got.Level != test.want {
				t.Errorf("PeerRule(%q, %q): got %v, want %v", test.a, test.b, got.Level, test.want)
			}
		})
	}
}

func TestPeerRuleIsSymmetric(t *testing.T) {
	for _, c := range []*profile.Catalog{profile.Default(), universe(t)} {
		platforms := append(c.Platforms(), "", "platform-without-data")
		for _, a := range platforms {
			for _, b := range platforms {
				one, other := c.PeerRule(a, b), c.PeerRule(b, a)
				if one.Text != other.Text || one.Level != other.Level || one.Text == "" {
					t.Errorf("PeerRule(%q, %q) = %v %q, the other way %v %q", a, b, one.Level, one.Text, other.Level, other.Text)
				}
			}
		}
	}
}

// What is cited between a platform and a network of which nothing is published is the platform's
// own page, not the inference.
func TestPeerRulePrefersTheVerifiedRule(t *testing.T) {
	for _, platform := range []string{"alicloud", "huaweicloud"} {
		if got := profile.Default().PeerRule("", platform); got.Confidence != "verified" || got.Level != profile.Error {
			t.Errorf("a site and a VPC of %s: got a %s rule of level %v", platform, got.Confidence, got.Level)
		}
	}
}
