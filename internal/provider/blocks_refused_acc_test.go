package provider_test

import (
	"strings"
	"testing"
)

// A size that is known only after apply defers what is new. The names stay known, and what is held stays.
func TestAccBlocksOfUnknownSize(t *testing.T) {
	t.Parallel()
	unknown := `
resource "terraform_data" "size" {
  input = 24
}
`
	w := newWorkspace(t, carve(apps))
	w.run("apply", "-auto-approve")
	w.config(carve(apps+dmz+"unknown = { prefix_length = terraform_data.size.output }\n") + unknown)
	after := w.plans()[ourBlocks].Change.After["cidrs"].(map[string]any)
	if after["apps"] != "10.0.0.0/23" || after["dmz"] != nil || len(after) > 3 {
		t.Errorf("planned %v", after)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	if held := w.holds(ourBlocks)["cidrs"].(map[string]any); held["dmz"] != "10.0.2.0/24" || held["unknown"] != "10.0.3.0/24" {
		t.Errorf("holds %v", held)
	}
	w.config(unknown + `
resource "terraform_data" "names" {
  input = { dmz = { prefix_length = 24 } }
}
resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.0.0.0/16", "fd00::/32"]
  blocks    = { for k, b in terraform_data.names.output : k => b }
}
`)
	w.fails(allOf("Blocks Known Only After Apply", "apps, dmz, unknown"), "plan")
}

// Everything that can be wrong with blocks is reported at its place.
func TestAccBlocksRefused(t *testing.T) {
	t.Parallel()
	one := func(arguments string) string {
		return "resource \"cidrplan_blocks\" \"NAME\" {\n  name = \"NAME\"\n" + arguments + "\n}\n"
	}
	net := func(blocks string, more ...string) string {
		return one("supernets = [\"10.0.0.0/24\"]\nblocks = { " + blocks + " }\n" + strings.Join(more, "\n"))
	}
	refusesAll(t, map[string]refusal{
		"no size": {
			net(`a = {}`),
			[]string{"Missing Value", `blocks["a"]`, `Block "a" has no size`, `Set blocks["a"].prefix_length to`},
		},
		"two sizes": {
			net(`a = { prefix_length = 24, addresses = 3 }`),
			[]string{"Argument Not Accepted", `blocks["a"].addresses = 3`, "prefix_length = 24 already gives the size"},
		},
		"a length of zero":         {net(`a = { prefix_length = 0 }`), []string{"Number Out of Range", `blocks["a"].prefix_length = 0`}},
		"a length that is too big": {net(`a = { prefix_length = 129 }`), []string{"Number Out of Range", "valid values are 1 to 128"}},
		"a fraction":               {net(`a = { addresses = 2.5 }`), []string{"Number Out of Range", "2.5 is not a whole number"}},
		"too many addresses": {
			net(`a = { addresses = 65533, platform = "alicloud" }`),
			[]string{"Size Not Possible", "no subnet on Alibaba Cloud has that many", "valid values are 1 to 65532"},
		},
		"a CIDR with host bits": {net(`a = { cidr = "10.0.0.5/25" }`), []string{"Not a Canonical CIDR", "did you mean 10.0.0.0/25?"}},
		"a platform that is none": {
			net(`a = { prefix_length = 25, platform = "alcloud" }`),
			[]string{"Value Not Allowed", `Did you mean "alicloud"?`},
		},
		"a family that is none": {net(`a = { prefix_length = 25, ip_family = "4" }`), []string{"Value Not Allowed", "ipv4, ipv6"}},
		"no room": {
			net(`a = { prefix_length = 23 }`),
			[]string{"No Free Range", `Block "a" needs an IPv4 range of /23, and none is free in 10.0.0.0/24`, "1 × /24"},
		},
		"no room beside another": {
			net(`a = { prefix_length = 24 }, b = { cidr = "10.0.0.128/25" }`),
			[]string{"No Free Range", "1 × /25", `held by: block "b" (10.0.0.128/25)`},
		},
		"no room in IPv6": {net(`a = { prefix_length = 64 }`), []string{"No Free Range", "an IPv6 range of /64", "no IPv6 range"}},
		"two pins on each other": {
			net(`a = { cidr = "10.0.0.0/25" }, b = { cidr = "10.0.0.0/26", description = "Old" }`),
			[]string{
				overlaps,
				`Block "a" (10.0.0.0/25)`,
				`block "b" (10.0.0.0/26) (Old)`,
				`set blocks["a"].cidr = "`,
				"block_overlaps_block",
			},
		},
		"a pin on what is reserved": {
			net(
				`a = { cidr = "10.0.0.0/25" }`,
				`reserved = { x = { cidr = "10.0.0.0/24" } }`,
			), []string{overlaps, `reserved range 10.0.0.0/24 "x"`, "none of this size is free in the supernets"},
		},
		"a pin that no network has": {
			one("supernets = [\"127.0.0.0/8\"]\nblocks = { a = { cidr = \"127.0.0.0/24\" } }"),
			[]string{"that no network can use", "loopback"},
		},
		"existing without a range": {
			net(`a = { prefix_length = 25 }`, `existing = { a = {} }`),
			[]string{"Missing Value", `existing["a"].cidr`},
		},
		"reserved without a range": {
			net(`a = { prefix_length = 25 }`, `reserved = { a = {} }`),
			[]string{"Missing Value", `reserved["a"].cidr`},
		},
		"supernets on each other": {one("supernets = [\"10.0.0.0/24\", \"10.0.0.0/25\"]\nblocks = {}"), []string{"Ranges Overlap"}},
		"no supernets":            {one("supernets = []\nblocks = {}"), []string{"Missing Value", "supernets is required"}},
		"a name that is none":     {net(`"a b" = { prefix_length = 25 }`), []string{"Invalid Name"}},
		"a null":                  {net(`a = null`), []string{"Missing Value", "The element is null"}},
		"a previous name of another": {
			net(`a = { prefix_length = 25 }, b = { prefix_length = 26, previous_names = ["a"] }`),
			[]string{"Argument Not Accepted", "a block of that name is declared"},
		},
	})
}

// A block outside the supernets is reported, and is no error.
func TestAccBlocksOutsideTheSupernets(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, carve(`far = { cidr = "192.168.0.0/24" }`))
	reported := w.reports()
	if len(reported) != 1 || reported[0].Severity != "warning" || reported[0].Summary != `Block Is Outside the Supernets (blocks "net")` ||
		!strings.Contains(reported[0].Detail, `Block "far" (192.168.0.0/24) is not in any of the supernets: 10.0.0.0/16`) {
		t.Errorf("reported %v", reported)
	}
}

// A name that is imported starts without allocations, and existing gives what is held.
func TestAccBlocksImportByName(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, carve(dmz+apps, `existing = { dmz = { cidr = "10.0.77.0/24" } }`))
	w.run("import", ourBlocks, "net")
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	if held := w.holds(ourBlocks)["cidrs"].(map[string]any)["dmz"]; held != "10.0.77.0/24" {
		t.Errorf("dmz has %v", held)
	}
}
