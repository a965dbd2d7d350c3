package profile_test

import (
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// universe is the moon, Europa, and a generic platform made from the moon's data.
func universe(t testing.TB) *profile.Catalog {
	t.Helper()
	moon := fixtureMoonFiles(t)
	generic := edited(t, moon, "moon.yaml", "platform: moon\n", "platform: generic\n")
	generic = edited(t, generic, "moon.yaml", "  crater:\n", "  plain:\n")
	generic = edited(t, generic, "moon.yaml", "    output: crater\n", "    output: plain\n    platforms: any\n")
	generic = edited(t, generic, "moon.yaml", "  moon-dust:\n", "  plain-dust:\n")
	generic = edited(t, generic, "moon.yaml", "peer: {level: warn, text: craters", "peer: {level: error, text: networks")
	hub := "  hubs:\n    airship: {title: Airship, compares: identical, level: warn, " +
		"text: ships compare nothing, sources: [moon-guide], confidence: verified}\n"
	moon = edited(t, moon, "moon.yaml", "networks:\n", "networks:\n"+hub)
	files := fixtureEuropaFiles(t)
	maps.Copy(files, fstest.MapFS{
		"moon.yaml": moon["moon.yaml"], "generic.yaml": generic["moon.yaml"],
		"sources.yaml": {Data: slices.Concat(moon["sources.yaml"].Data, []byte("\n"), files["sources.yaml"].Data)},
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

func TestFittingListsWhatCanStandOnAPlatform(t *testing.T) {
	tests := map[string]struct {
		platform string
		want     []string
	}{
		"a platform takes its own and the self-managed":  {"moon", []string{"moon-dust", "plain-dust"}},
		"and so does another":                            {"europa", []string{"europa-ice", "europa-ocean", "europa-vent", "plain-dust"}},
		"a platform without data takes the self-managed": {"mars", []string{"plain-dust"}},
		"a generic VPC takes all": {
			"generic",
			[]string{"europa-ice", "europa-ocean", "europa-vent", "moon-dust", "plain-dust"},
		},
		"a site takes the self-managed": {"", []string{"plain-dust"}},
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

func TestShippedProfilesStandOnTheirPlatforms(t *testing.T) {
	c := profile.Default()
	for platform, want := range map[string][]string{
		"alicloud":    {"ack-flannel", "kubernetes-overlay", "kubernetes-routed"},
		"huaweicloud": {"cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"},
		"":            {"kubernetes-overlay", "kubernetes-routed"},
	} {
		got := c.Fitting(platform)
		for _, name := range []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"} {
			if slices.Contains(got, name) != slices.Contains(want, name) {
				t.Errorf("%q takes %v; want, of the four that are known here, %v", platform, got, want)
			}
		}
	}
}

func TestPlatformsAreListedWithTheGenericOneLast(t *testing.T) {
	if got, want := universe(t).Platforms(), []string{"europa", "moon", "generic"}; !slices.Equal(got, want) {
		t.Errorf("platforms: got %v, want %v", got, want)
	}
	if got, want := load(t, fixtureMoonFiles(t)).Platforms(), []string{"moon", "generic"}; !slices.Equal(got, want) {
		t.Errorf("without data for the generic one: got %v, want %v", got, want)
	}
}

func TestPlatformIsWhatIsKnownOfIt(t *testing.T) {
	c := universe(t)
	if got := c.Platform("europa"); got.Title != "Europa Cloud" || got.Networks.VPC.SecondaryPeered.Level != profile.Warn {
		t.Errorf("Europa: got %+v", got)
	}
	if got := c.Platform("mars"); got.Title != "" || got.Networks.Peer.Text != "" || len(got.Networks.Hubs) != 0 {
		t.Errorf("a platform without data: got %+v", got)
	}
}

func TestHubsOfAllPlatformsAreKnownByTheirKind(t *testing.T) {
	c := universe(t)
	if got, want := c.HubKinds(), []string{"airship", "lock", "generic"}; !slices.Equal(got, want) {
		t.Errorf("kinds: got %v, want %v", got, want)
	}
	lock := c.Hub("lock")
	if lock.Title != "Air lock" || lock.Compares != profile.EachSubnet || lock.Level != profile.Warn {
		t.Errorf("lock: got %+v", lock)
	}
	levels := map[string]profile.Compares{}
	for name, joins := range lock.ProtectionLevels {
		levels[name] = joins.Compares
	}
	if want := map[string]profile.Compares{"sealed": profile.WholeBlocks, "open": profile.Identical}; !maps.Equal(levels, want) {
		t.Errorf("protection levels: got %v, want %v", levels, want)
	}
	if got := c.Hub("airship").Compares; got != profile.Identical {
		t.Errorf("airship compares %q", got)
	}
	if got := c.Hub("wormhole"); got.Title != "" || got.Compares != "" || got.Broken() {
		t.Errorf("an unknown kind: got %+v", got)
	}
}

func TestGenericHubsAreListedOnce(t *testing.T) {
	files := edited(t, fixtureEuropaFiles(t), "europa.yaml", "    lock:\n", "    generic:\n")
	if got, want := load(t, files).HubKinds(), []string{"generic"}; !slices.Equal(got, want) {
		t.Errorf("kinds: got %v, want %v", got, want)
	}
}

func TestCalledFindsAPlatformsWordInAnyCase(t *testing.T) {
	tests := map[string]struct {
		word string
		want []string
	}{
		"a word of one profile":           {"ocean", []string{"europa-ocean"}},
		"a word of several":               {"ice", []string{"europa-ice", "europa-vent"}},
		"in capitals":                     {"OCEAN", []string{"europa-ocean"}},
		"a word that is not the first":    {"frozen", []string{"europa-ice"}},
		"a word of profiles of two homes": {"Grey", []string{"moon-dust", "plain-dust"}},
		"part of a word is none":          {"froz", nil},
		"the name of a profile is none":   {"europa-ocean", nil},
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

func TestDescribeNamesModeAndThePlatformsOwnWords(t *testing.T) {
	tests := map[string]struct {
		c    *profile.Catalog
		want string
	}{
		"europa-ocean": {universe(t), "europa-ocean (Europa in the ocean; ocean)"},
		"europa-ice":   {universe(t), "europa-ice (Europa in the ice; ice, Frozen)"},
		"no-such":      {universe(t), "no-such"},
	}
	for name, test := range tests {
		if got := test.c.Describe(name); got != test.want {
			t.Errorf("Describe(%q): got %s, want %s", name, got, test.want)
		}
	}
}

func TestCiteNamesTitlesAndPages(t *testing.T) {
	c := load(t, fixtureMoonFiles(t))
	tests := map[string]struct {
		sources []string
		want    string
	}{
		"a page":                   {[]string{"moon-guide"}, "Networks on the moon, https://moon.example/networks"},
		"an inference has no page": {[]string{"moon-routing"}, "A consequence of routing on the moon"},
		"several, in their order": {
			[]string{"moon-routing", "moon-guide"},
			"A consequence of routing on the moon; Networks on the moon, https://moon.example/networks",
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
	if got, want := c.Source("moon-guide"), (profile.Source{
		Title: "Networks on the moon", URL: "https://moon.example/networks",
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
		"two of one platform":                     {"moon", "moon", profile.Warn},
		"a generic network is stricter here":      {"moon", "generic", profile.Error},
		"another platform is stricter here":       {"moon", "europa", profile.Error},
		"a site counts as generic":                {"moon", "", profile.Error},
		"a platform without data counts as such":  {"moon", "mars", profile.Error},
		"two of which nothing is known":           {"mars", "venus", profile.Error},
		"two sites":                               {"", "", profile.Error},
		"the order of the platforms is no matter": {"generic", "moon", profile.Error},
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
