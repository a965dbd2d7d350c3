package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestNamesAndKeysThatAreNotValid(t *testing.T) {
	for name, test := range map[string]struct {
		got   string
		parts []string
	}{
		"a long name": {badName(topology.BadName{Name: "nnn"}), []string{`The name "nnn" is too long; names have up to 128`}},
		"a name with a space": {badName(topology.BadName{Name: "a b", Bad: " ", Position: 2}), []string{
			`The name "a b" has the character U+0020 (" ") at position 2; names have`, "!instead",
		}},
		"a name with a sign that resembles another": {badName(topology.BadName{Name: "a–b", Bad: "–", Position: 2, Instead: "-"}), []string{
			`the character U+2013 ("–") at position 2; names have`, `Write "-" (U+002D) instead.`,
		}},
		"a long key": {badText(topology.BadText{Text: "kkk"}), []string{`The key "kkk" is too long; it may be any text`}},
		"a key that cannot be seen": {badText(topology.BadText{Text: "a", Bad: "\u200b", Position: 2}), []string{
			"has the character U+200B at position 2, which cannot be seen; it may be",
		}},
		"a mark alone": {character("\u0301", 1), []string{"the character U+0301 at position 1", "!("}},
	} {
		wantParts(t, name, test.got, test.parts...)
	}
}

func TestNamesThatAreNotDeclared(t *testing.T) {
	of := func(kind topology.NameKind, name string, known ...string) topology.Undeclared {
		return topology.Undeclared{Kind: kind, Name: name, Known: known}
	}
	called := of(topology.ProfileName, "VPC-CNI", "ack-flannel")
	called.Called = []string{"tke-vpc-cni", "eks"}
	title := shipped(t, "ack-flannel").Title
	const declare, correct = "Declare it, or correct the name.", "!Declare it"
	for name, test := range map[string]struct {
		e     topology.Undeclared
		parts []string
	}{
		"a VPC": {of(topology.NetworkName, "prood", "prod"), []string{
			`There is no VPC or site named "prood". Did you mean "prod"? Known here: prod.`, declare,
		}},
		"a pool": {of(topology.PoolName, "zzz", "far"), []string{`no pool named "zzz". Known here: far.`, declare}},
		"none":   {of(topology.HubName, "cen"), []string{"none is declared here.", declare}},
		"a profile": {of(topology.ProfileName, "zzz", "ack-flannel"), []string{
			"Known here: ack-flannel (" + title, "Correct the name.", correct,
		}},
		"an argument": {of(topology.ArgumentName, "zzz", "name"), []string{"Correct the name.", correct}},
		"a rule":      {of(topology.RuleName, "zzz", "x"), []string{"Correct the name.", correct}},
		"a word of the platform": {called, []string{
			`There is no profile named "VPC-CNI". The platform uses that name for tke-vpc-cni and eks. Known here: `,
			"ack-flannel (", "Correct the name.",
		}},
	} {
		wantParts(t, name, Writer{Catalog: profile.Default()}.undeclared(test.e), test.parts...)
	}
}

func TestProfileInWordsNamesModeAndThePlatformsOwnWords(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	for name, want := range map[string]string{
		"ack-flannel":       "ack-flannel (ACK with Flannel; flannel)",
		"tke-global-router": "tke-global-router (TKE with GlobalRouter; GR, GlobalRouter)",
		"no-such":           "no-such",
	} {
		if got := p.profileInWords(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
