package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestSupernetsThatAreNotPrivate(t *testing.T) {
	public := func(use string, private ...string) allocate.PublicSupernet {
		return allocate.PublicSupernet{Range: prefix("9.0.0.0/7"), Use: use, Private: prefixes(private...)}
	}
	unusable := allocate.UnusableSupernet{Range: prefix("240.0.0.0/8"), Rules: []profile.Rule{{Text: "reserved"}, {Text: "dropped"}}}
	classE := unusable
	classE.ClassE = true
	const part = "Set supernets[1] to private addresses, such as a part of 10.0.0.0/8."
	for name, test := range map[string]struct {
		problem any
		parts   []string
	}{
		"public":                {public(""), []string{"supernets[1] = 9.0.0.0/7 has public addresses.", part}},
		"of a use of their own": {public("for benchmarks"), []string{"is in addresses that are for benchmarks.", part, "!public"}},
		"one private part": {public("", "10.0.0.0/8"), []string{
			"allocates only from its private parts: 10.0.0.0/8.", `Set supernets[1] = "10.0.0.0/8".`, "!" + part,
		}},
		"two private parts": {public("", "10.0.0.0/9", "10.128.0.0/9"), []string{
			`Remove "9.0.0.0/7" from supernets, add "10.0.0.0/9" to supernets and add "10.128.0.0/9" to supernets.`, "!" + part,
		}},
		"that no network can use": {
			unusable, []string{"of supernets[1] = 240.0.0.0/8: reserved; dropped.", part, "!allow_class_e"},
		},
		"that can be allowed with a flag": {classE, []string{part, "Set allow_class_e = true."}},
	} {
		_, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: pathOf("supernets[1]"), Problem: test.problem})
		wantParts(t, name, detail, test.parts...)
	}
}
