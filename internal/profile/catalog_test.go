package profile_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestCatalogListsTheShippedProfiles(t *testing.T) {
	c := profile.Default()
	want := []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"}
	if got := c.Names(); !slices.Equal(got, want) {
		t.Errorf("profiles: got %v, want %v", got, want)
	}
	if p, ok := c.Profile("ack-terway-of-the-future"); ok || p != nil {
		t.Errorf("an unknown profile: got %v", p)
	}
}

func TestFittingListsWhatCanStandOnAPlatform(t *testing.T) {
	anywhere := []string{"kubernetes-overlay", "kubernetes-routed"}
	tests := map[string]struct {
		platform string
		want     []string
	}{
		"Alibaba Cloud takes its own and the self-managed": {"alicloud", append([]string{"ack-flannel"}, anywhere...)},
		"Huawei Cloud takes its own and the self-managed":  {"huaweicloud", append([]string{"cce-vpc-router"}, anywhere...)},
		"a platform without data takes the self-managed":   {"aws", anywhere},
		"a generic VPC takes all":                          {"generic", append([]string{"ack-flannel", "cce-vpc-router"}, anywhere...)},
		"a site takes the self-managed":                    {"", anywhere},
	}
	c := profile.Default()
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

func TestDescribeNamesModeAndThePlatformsOwnWord(t *testing.T) {
	tests := map[string]string{
		"ack-flannel":    `ack-flannel (ACK with Flannel, "flannel")`,
		"cce-vpc-router": `cce-vpc-router (CCE with the VPC network, "vpc-router")`,
		"no-such":        "no-such",
	}
	for name, want := range tests {
		if got := profile.Default().Describe(name); got != want {
			t.Errorf("Describe(%q): got %s, want %s", name, got, want)
		}
	}
}

func TestCiteNamesTitlesAndPages(t *testing.T) {
	c := load(t, moonFiles(t))
	tests := map[string]struct {
		sources []string
		want    string
	}{
		"a page":                    {[]string{"moon-guide"}, "Networks on the moon, https://moon.example/networks"},
		"an inference has no page":  {[]string{"moon-routing"}, "A consequence of routing on the moon"},
		"several, in their order":   {[]string{"moon-routing", "moon-guide"}, "A consequence of routing on the moon; Networks on the moon, https://moon.example/networks"},
		"a rule that rests on none": {nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.Cite(profile.Rule{Sources: test.sources}); got != test.want {
				t.Errorf("Cite: got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPeerRuleIsTheStricterOfTheTwoPlatforms(t *testing.T) {
	moon := moonFiles(t)
	generic := edited(t, moon, "moon.yaml", "platform: moon\n", "platform: generic\n")
	generic = edited(t, generic, "moon.yaml", "  crater:\n", "  plain:\n")
	generic = edited(t, generic, "moon.yaml", "    output: crater\n", "    output: plain\n")
	generic = edited(t, generic, "moon.yaml", "  moon-dust:\n", "  plain-dust:\n")
	generic = edited(t, generic, "moon.yaml", "peer: {level: warn, text: craters", "peer: {level: error, text: networks")
	moon["generic.yaml"] = generic["moon.yaml"]
	c := load(t, moon)
	tests := map[string]struct {
		a, b string
		want profile.Level
	}{
		"two of one platform":                     {"moon", "moon", profile.Warn},
		"a generic network is stricter here":      {"moon", "generic", profile.Error},
		"a site counts as generic":                {"moon", "", profile.Error},
		"a platform without data counts as such":  {"moon", "mars", profile.Error},
		"two of which nothing is known":           {"mars", "venus", profile.Error},
		"two sites":                               {"", "", profile.Error},
		"the order of the platforms is no matter": {"generic", "moon", profile.Error},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := c.PeerRule(test.a, test.b); got.Level != test.want {
				t.Errorf("PeerRule(%q, %q): got %v, want %v", test.a, test.b, got.Level, test.want)
			}
		})
	}
}

func TestPeerRuleIsSymmetric(t *testing.T) {
	c := profile.Default()
	platforms := []string{"", "alicloud", "huaweicloud", "tencentcloud", "ctyun", "aws", "generic"}
	for _, a := range platforms {
		for _, b := range platforms {
			one, other := c.PeerRule(a, b), c.PeerRule(b, a)
			if one.Text != other.Text || one.Level != other.Level {
				t.Errorf("PeerRule(%q, %q) = %v %q, the other way %v %q", a, b, one.Level, one.Text, other.Level, other.Text)
			}
			if one.Level != profile.Error {
				t.Errorf("PeerRule(%q, %q): got %v, want error", a, b, one.Level)
			}
		}
	}
}

// What is cited between a platform and a network of which nothing is published is the platform's
// own page, not the inference.
func TestPeerRulePrefersTheVerifiedRule(t *testing.T) {
	for _, platform := range []string{"alicloud", "huaweicloud"} {
		if got := profile.Default().PeerRule("", platform); got.Confidence != "verified" {
			t.Errorf("a site and a VPC of %s: got a %s rule", platform, got.Confidence)
		}
	}
}
