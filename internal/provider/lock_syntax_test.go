package provider

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A lock that is not as it was written is refused with the line and the reason.
func TestALockIsReadStrictly(t *testing.T) {
	const held = `"pod_cidrs": ["10.64.0.0/19"], "service_cidr": "172.20.0.0/22", "node_cidr_mask": 26`
	shop := func(fields string) string { return "{\n  \"shop\": {\"profile\": \"ack-flannel\", " + fields + "}\n}" }
	for name, test := range map[string]struct{ lock, want string }{
		"whole": {shop(held), ""},
		"an entry twice": {
			"{\n\"shop\": {\"profile\": \"ack-flannel\"},\n\"shop\": {\"profile\": \"ack-flannel\"}}",
			`line 3: the lock has the key "shop" twice`,
		},
		"a field twice": {
			shop(held + `, "service_cidr": "172.20.4.0/22"`),
			`line 2: entry "shop" has the key "service_cidr" twice`,
		},
		"a field in capitals": {
			shop(`"POD_CIDRS": ["10.64.0.0/19"]`),
			`line 2: entry "shop" has the unknown field "POD_CIDRS". Did you mean "pod_cidrs"?`,
		},
		"both cases":               {shop(held + `, "Pod_CIDRs": ["10.64.32.0/19"]`), `unknown field "Pod_CIDRs"`},
		"an unknown field":         {shop(`"pods": ["10.64.0.0/19"]`), `unknown field "pods"`},
		"more behind it":           {shop(held) + "\n{}", "line 4: more follows after the end of the lock"},
		"merge markers":            {"{\n<<<<<<< HEAD\n}", "line 2 has a merge marker (<<<<<<<)"},
		"merge markers at the top": {"<<<<<<< HEAD\n{}", "line 1 has a merge marker"},
		"shown by output":          {"<<EOT\n{\n  \"shop\": {}\n}\nEOT", "use the text of terraform output -raw"},
		"shown by output, quoted":  {`"{\n  \"shop\": {}\n}\n"`, "use the text of terraform output -raw"},
		"half of it":               {`{"shop": {`, "it ends too early"},
		"no JSON":                  {"{\n  \"shop\": {]}\n}", "line 2: the text is not JSON"},
		"a list":                   {`["10.64.0.0/19"]`, "the lock is not an object"},
		"an entry that is a list":  {`{"shop": ["10.64.0.0/19"]}`, `entry "shop" is not an object`},
		"an entry that is null":    {`{"shop": null}`, `entry "shop" is not an object`},
		"a text for a list":        {shop(`"pod_cidrs": "10.64.0.0/19"`), "line 2: a string is at"},
		"a text for a number":      {shop(`"node_cidr_mask": "26"`), "line 2: a string is at"},
		"a mask that is none":      {shop(`"node_cidr_mask": 64`), "64 is no prefix length"},
		"the wrong family":         {shop(`"service_cidr": "fd00::/112"`), "is not an IPv4 range"},
		"a range that is none":     {shop(`"service_cidr": "garbage"`), `entry "shop"`},
		"a profile that is none":   {strings.Replace(shop(held), "ack-flannel", "ack-flanel", 1), "ack-flanel"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, _, err := allocatorKind(profile.Default()).unlock(test.lock)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	t.Run("of blocks", func(t *testing.T) {
		for lock, want := range map[string]string{
			`{"a": {"cidr": "10.0.0.0/24"}}`:                        "",
			`{"a": {"CIDR": "10.0.0.0/24"}}`:                        `unknown field "CIDR"`,
			`{"a": {"cidr": "10.0.0.0/24", "cidr": "10.0.1.0/24"}}`: "twice",
		} {
			if _, _, _, err := blocksKind(profile.Default()).unlock(lock); (err == nil) != (want == "") ||
				err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v, want %q", lock, err, want)
			}
		}
	})
}
