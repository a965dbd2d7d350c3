package provider

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// blocksConfiguration is that of a cidrplan_blocks.
func blocksConfiguration(t *rapid.T) given {
	d := dice{t, "first"}
	v := given{"name": "net", "supernets": []string{"10.64.0.0/12", "fd00::/40"}}
	d.put(v, 30, "vrf", "red")
	d.put(v, 40, "reserved", given{"later": given{"cidr": "10.64.0.0/20", "description": "later"}})
	d.put(
		v,
		30,
		"existing",
		given{
			"gone":     given{"cidr": "10.65.0.0/16"},
			"b":        given{"cidr": "10.66.0.0/24"},
			"released": given{"cidr": "10.67.0.0/24", "block": "a"},
		},
	)
	d.put(v, 30, "foreign_claims", given{"f": given{"owner": "b", "kind": "block", "cidr": "10.69.0.0/16", "allocator": "blocks/other"}})
	blocks := given{}
	for _, name := range d.some("block", "a", "b", "c") {
		blocks[name] = dice{t, "first " + name}.block()
	}
	v["blocks"] = blocks
	return v
}

func (d dice) block() given {
	b := given{}
	switch pick(d, "block", "length", "addresses", "pin", "six") {
	case "length":
		b["prefix_length"] = pick(d, "length", int64(20), int64(24))
	case "addresses":
		b["addresses"] = pick(d, "addresses", int64(50), int64(200))
		d.put(b, 50, "platform", "alicloud", "huaweicloud")
	case "pin":
		b["cidr"] = pick(d, "pin", "10.70.0.0/24", "10.71.0.0/24", "fd00:0:1::/64")
	default:
		b["prefix_length"] = int64(64)
		d.put(b, 50, "ip_family", "ipv6")
	}
	d.put(b, 20, "description", "one")
	d.put(b, 20, "labels", given{"owner": "net"})
	return b
}

// editedBlocks is a configuration of blocks with one edit.
func editedBlocks(t *rapid.T, label string, v given) given {
	v = copied(v)
	d, all := dice{t, label}, v["blocks"].(given)
	names := slices.Sorted(maps.Keys(all))
	kinds := []string{"nothing", "add", "add", "reclaim", "reserve", "guard"}
	if len(names) > 0 {
		kinds = append(kinds, "drop", "rename", "rename", "renumber", "words", "bare")
	}
	kind := pick(d, "kind", kinds...)
	name, b := "", given(nil)
	if len(names) > 0 {
		name = pick(d, "block", names...)
		b = all[name].(given)
	}
	switch kind {
	case "add":
		name = pick(d, "new", "a", "b", "c", "n1")
		if all[name] == nil {
			all[name] = d.block()
		}
	case "drop":
		delete(all, name)
		delete(into(v, "renumber"), name)
	case "rename":
		rename(v, all, name, pick(d, "to", "n1", "n2"))
	case "renumber":
		into(v, "renumber")[name] = pick(d, "token", "1", "2")
	case "reclaim":
		v["reclaim"] = d.some("reclaims", "a", "b", "c", "*")
	case "guard":
		v["prevent_release"] = d.some("guards", "a", "b", "n1")
	case "reserve":
		into(v, "reserved")["new"] = given{"cidr": "10.72.0.0/20"}
	case "words":
		d.put(b, 50, "description", "three")
		d.put(b, 50, "labels", given{"owner": "new"})
	case "bare":
		for _, argument := range []string{"prefix_length", "addresses", "cidr", "ip_family", "platform"} {
			delete(b, argument)
		}
	}
	return v
}

func TestKnownAtPlanIsTheSameAtApplyOfBlocks(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: true}
	monotone(t, planning{T: t, writer: p, kind: blocksKind(p.Catalog)}, blocksConfiguration, editedBlocks)
}
