package messages

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// unwiredOf is a finding of two clusters' Pods that no allocator both receives.
func unwiredOf(edits ...func(*conflict.Finding)) conflict.Finding {
	claim := func(owner, text string) conflict.Claim {
		return conflict.Claim{Kind: conflict.Pod, Owner: owner, Range: prefix(text), At: topology.Path{}.Attr("clusters").Key(owner)}
	}
	b := claim("web", "10.0.0.0/16")
	f := conflict.Finding{
		Code: "pod_overlaps_peer_pod", Rule: profile.Rule{Level: profile.Error, Text: "no overlap"}, A: claim("shop", "10.0.0.0/20"), B: &b,
		Shared: prefix("10.0.0.0/20"), Hub: "cen",
		Unwired: &conflict.Unwired{
			A: topology.Origin{Kind: "cluster", Name: "shop"}, B: topology.Origin{Kind: "cluster", Name: "web"},
			At: topology.Path{}.Attr("clusters").Key("shop"),
			Options: []topology.Option{
				{Kind: conflict.AnyRange, Edits: []topology.Edit{topology.Set(pathOf(`clusters["shop"].pod_cidrs`), "x")}},
			},
		},
	}
	for _, edit := range edits {
		edit(&f)
	}
	return f
}

func TestConflictsThatNoAllocatorReports(t *testing.T) {
	blocksHolder := func(o *topology.Origin) { o.Kind, o.Name = conflict.Blocks, "net" }
	networks := func(kind conflict.Kind) func(*conflict.Finding) {
		return func(f *conflict.Finding) {
			f.A.Kind, f.B.Kind, f.A.Owner, f.B.Owner = kind, conflict.VPC, "prod", "prod"
			f.Unwired.ABlocks, f.Unwired.BBlocks = prefixes("10.0.0.0/16"), prefixes("10.1.0.0/16", "10.2.0.0/16")
		}
	}
	const pair = `Pod range 10.0.0.0/20 of cluster "shop" overlaps Pod range 10.0.0.0/16 of cluster "web"`
	const neither = " No allocator planned so far knows both ranges."
	for name, test := range map[string]struct {
		edit    func(*conflict.Finding)
		summary string
		parts   []string
	}{
		"two clusters": {
			func(*conflict.Finding) {},
			"Outside of Any Allocator: " + pair,
			[]string{neither, `both networks are attached to hub "cen"`, "!This conflict existed before"},
		},
		"that were there before": {
			func(f *conflict.Finding) { f.PreExisting = true },
			"Outside of Any Allocator: " + pair,
			[]string{neither, "This conflict existed before this change, so it does not stop the plan."},
		},
		"two networks of one name": {
			networks(conflict.VPC), `Two Networks Have the Same Name: "prod"`,
			[]string{
				`VPC "prod" with 10.0.0.0/16, of cidrplan_cluster "shop", and VPC "prod" with 10.1.0.0/16, 10.2.0.0/16, of`, "!" + neither,
			},
		},
		"a site and a VPC of one name": {
			networks(conflict.Site), `Two Networks Have the Same Name: "prod"`, []string{`Site "prod" with 10.0.0.0/16, of`},
		},
		"a cluster and a cidrplan_blocks": {
			func(f *conflict.Finding) { blocksHolder(&f.Unwired.B) },
			"Two Resources Allocate the Same Addresses: " + pair,
			[]string{"Neither resource knows the allocations of the other.", `of cidrplan_blocks "net"`},
		},
		"two blocks": {
			func(f *conflict.Finding) {
				f.A.Kind, f.B.Kind = conflict.Block, conflict.Block
				blocksHolder(&f.Unwired.A)
				blocksHolder(&f.Unwired.B)
			},
			`Conflict Between Blocks: Block "shop" (10.0.0.0/20) overlaps block "web" (10.0.0.0/16)`,
			[]string{", and neither was allocated from the other.", "!Neither resource"},
		},
		"one owner with two ranges": {
			func(f *conflict.Finding) { f.A.Holder, f.B.Owner = "k8s", "shop" },
			`Outside of Any Allocator: Pod range 10.0.0.0/20 of cluster "shop" overlaps Pod range 10.0.0.0/16 of cluster "shop"`,
			[]string{"!" + neither, `share 10.0.0.0/20; both networks are attached to hub "cen".`},
		},
		"one name with two ranges, held by nobody": {
			func(f *conflict.Finding) { f.B.Owner = "shop" },
			`Outside of Any Allocator: Pod range 10.0.0.0/20 of cluster "shop" overlaps Pod range 10.0.0.0/16 of cluster "shop"`,
			[]string{neither},
		},
		"a holder with another owner's range": {
			func(f *conflict.Finding) { f.A.Holder = "k8s" },
			"Outside of Any Allocator: " + pair,
			[]string{neither},
		},
	} {
		m := Writer{Catalog: profile.Default()}.Unwired(unwiredOf(test.edit))
		if m.Summary != test.summary {
			t.Errorf("%s: got the summary\n%s\nwant\n%s", name, m.Summary, test.summary)
		}
		wantParts(t, name, m.Detail, test.parts...)
	}
}

func TestManyConflictsThatNoAllocatorReports(t *testing.T) {
	const line = `  - Pod range 10.0.0.0/20 of cluster "shop" (cidrplan_cluster "shop") and Pod range`
	for name, test := range map[string]struct {
		findings, leftOut int
		parts             []string
	}{
		"as many as are listed": {maxPairs, 0, []string{"10 pairs of ranges break the same rule.", line, "!more pairs\n"}},
		"one more":              {maxPairs + 1, 0, []string{"11 pairs of ranges", "  - and 1 more pairs\n"}},
		"some left out":         {2, 5, []string{"7 pairs of ranges", "  - and 5 more pairs\n"}},
		"both":                  {maxPairs + 2, 3, []string{"15 pairs of ranges", "  - and 5 more pairs\n"}},
	} {
		g := conflict.Group{LeftOut: test.leftOut}
		for range test.findings {
			g.Findings = append(g.Findings, unwiredOf())
		}
		m := Writer{Catalog: profile.Default()}.UnwiredGroup(g)
		wantParts(t, name, m.Summary, fmt.Sprintf(" and %d more pairs", test.findings+test.leftOut-1))
		wantParts(t, name, m.Detail, append(test.parts, "To resolve the first pair, and in the same way the others,")...)
	}
	named := unwiredOf(func(f *conflict.Finding) {
		f.A.Kind, f.B.Kind = conflict.VPC, conflict.Site
		f.Unwired.ABlocks, f.Unwired.BBlocks = prefixes("10.0.0.0/16"), []netip.Prefix{prefix("10.1.0.0/16")}
	})
	wantParts(t, "networks of one name", Writer{Catalog: profile.Default()}.UnwiredGroup(
		conflict.Group{Findings: []conflict.Finding{named, named}},
	).Detail, `  - VPC "shop" with 10.0.0.0/16, of cidrplan_cluster "shop" and site "web" with 10.1.0.0/16, of cidrplan_cluster "web"`)
}
