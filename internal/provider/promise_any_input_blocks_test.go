package provider

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// soundBlocks are arguments of blocks with one of each kind, and something of everything.
var soundBlocks = map[string]any{
	"name": "net", "supernets": []string{"10.64.0.0/12", "fd00::/40"},
	"reserved": map[string]any{"later": map[string]any{"cidr": "10.64.0.0/20", "description": "later"}},
	"existing": map[string]any{
		"gone": map[string]any{"cidr": "10.65.0.0/16"},
		"b":    map[string]any{"cidr": "10.66.0.0/24"},
		"c":    map[string]any{"cidr": "10.67.0.0/24", "block": "a"},
	},
	"blocks": map[string]any{
		"a": map[string]any{
			"prefix_length": int64(24),
			"labels":        map[string]any{"owner": "net"},
		}, "b": map[string]any{"addresses": int64(200), "platform": "alicloud"},
		"pin": map[string]any{
			"cidr":        "10.68.0.0/24",
			"description": "old",
		}, "six": map[string]any{"prefix_length": int64(64), "ip_family": "ipv6", "previous_names": []string{"seven"}},
	},
}

// The same of blocks.
func TestAnyInputOfBlocksIsAnswered(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: true}
	answersAny(t, p, blocksKind(p.Catalog), soundBlocks)
}
