package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// textOfMessages returns the messages of a planner on a configuration.
func (d plannerKind) textOfMessages(p messages.Writer, config tftypes.Value) string {
	w := d.arguments.Written(config)
	p = p.From(w.Declared)
	request, faults := d.read(w.Arguments)
	found, _ := planAndReport(p, request, append(faults, w.Faults...))
	var text strings.Builder
	for _, d := range diagnostics(found) {
		fmt.Fprintf(&text, "%s\n%s\n\n", d.Summary, d.Detail)
	}
	return text.String()
}

// bare matches the place of an element of an argument with objects that is not said to be in declare.
var bare = regexp.MustCompile(`(?:^|[^.\w])(?:hubs|sites|vpcs|clusters|blocks|existing|reserved|pools|foreign_claims)\[".*`)

// elsewhereEdit matches an edit in another workspace, whose configuration is not in declare here.
var elsewhereEdit = regexp.MustCompile(`in the workspace of .*`)

// Every message on what declare has names it, also in lists of parties, and else has the same text.
func TestPathsOfWhatDeclareHasBeginWithDeclare(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	clusters, blocks := allocatorKind(p.Catalog), blocksKind(p.Catalog)
	stories := map[string]map[string]any{}
	for code, story := range ruleStories {
		stories[code] = merged(
			map[string]any{"name": code, "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}},
			story,
		)
	}
	for code, story := range blockStories {
		stories[code] = merged(map[string]any{"name": code, "supernets": []string{"10.0.0.0/12"}}, story)
	}
	stories["until without today"] = merged(
		stories["pod_overlaps_vpc"],
		map[string]any{"vpcs": map[string]any{"prod": merged(vpcOn("alicloud", "192.168.0.0/16"), map[string]any{
			"accepted_conflicts": map[string]any{
				"pod_overlaps_vpc|192.168.0.0/20|prod+shop": map[string]any{"reason": "moves", "until": "2027-06-30"},
			},
		})}},
	)
	stories["an unknown fact"] = merged(
		stories["pod_overlaps_vpc"],
		map[string]any{"sites": map[string]any{"idc": map[string]any{"cidr_blocks": unset{}}}},
	)
	seen := 0
	for _, name := range slices.Sorted(maps.Keys(stories)) {
		t.Run(name, func(t *testing.T) {
			d, p := clusters, p
			if _, ofBlocks := blockStories[name]; ofBlocks {
				d, p.OfBlocks = blocks, true
			}
			nested := mutatedObject(nil, d.arguments, stories[name], never)
			want, got := d.textOfMessages(p, nested), d.textOfMessages(p, declaring(func() bool { return false }, d.arguments, nested))
			if want == "" {
				t.Fatal("nothing is reported")
			}
			if without := strings.NewReplacer("declare.", "", "in declare, ", "").Replace(got); without != want {
				t.Errorf("in declare\n%s\nas arguments\n%s", without, want)
			}
			if at := bare.FindString(elsewhereEdit.ReplaceAllString(got, "")); at != "" {
				t.Errorf("%q has no declare in\n%s", at, got)
			}
			seen += strings.Count(got, "declare.")
		})
	}
	if seen < len(stories) {
		t.Errorf("only %d places in %d stories", seen, len(stories))
	}
}

// Messages on what was held before name the elements of declare as well.
func TestAdviceOnRenamesNamesPlacesInDeclare(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	d := allocatorKind(p.Catalog)
	config := func(vpc string, clusters ...string) tftypes.Value {
		all := map[string]any{}
		for _, name := range clusters {
			all[name] = map[string]any{"vpc": vpc, "profile": "ack-flannel", "max_nodes": int64(10)}
		}
		return declaring(func() bool { return false }, d.arguments, mutatedObject(nil, d.arguments, map[string]any{
			"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "vpcs": map[string]any{vpc: vpcOn("alicloud", "192.168.0.0/16")},
			"clusters": all,
		}, never))
	}
	read := func(config tftypes.Value) (messages.Writer, allocate.Request) {
		w := d.arguments.Written(config)
		request, _ := d.read(w.Arguments)
		return p.From(w.Declared), request
	}
	for name, test := range map[string]struct {
		after tftypes.Value
		want  string
	}{
		"a cluster": {config("prod", "lake", "shop"), `set declare.clusters["lake"].previous_names = ["data"].`},
		"a VPC":     {config("live", "data", "shop"), `set declare.vpcs["live"].previous_names = ["prod"].`},
	} {
		t.Run(name, func(t *testing.T) {
			_, before := read(config("prod", "data", "shop"))
			result := allocate.Plan(before, p.Catalog)
			p, after := read(test.after)
			after.Prior = &allocate.Prior{Facts: before.Facts, Allocations: result.Allocations}
			found, _ := planAndReport(p, after, nil)
			var text string
			for _, d := range diagnostics(found) {
				text += d.Detail + "\n"
			}
			if !strings.Contains(text, test.want) {
				t.Errorf("want %s in\n%s", test.want, text)
			}
			if strings.HasPrefix(text, "declare.clusters: ") {
				t.Errorf("an argument that Terraform shows is named again:\n%s", text)
			}
		})
	}
}

// A conflict between two resources names the places in the configuration of each.
func TestPlacesOfTwoResourcesAreThoseOfEach(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	d, s := allocatorKind(p.Catalog), newSession(p.Catalog)
	var text string
	for i, name := range []string{"one", "two"} {
		arguments := mutatedObject(nil, d.arguments, map[string]any{
			"name": name, "supernets": []string{fmt.Sprintf("10.%d.0.0/16", i)}, "hubs": map[string]any{"cen": map[string]any{}},
			"vpcs": map[string]any{
				name: merged(vpcOn("alicloud", fmt.Sprintf("192.168.%d.0/24", i)), map[string]any{"hubs": []string{"cen"}}),
			},
			"clusters": map[string]any{name: pinned(name, "ack-flannel", "10.64.0.0/20", fmt.Sprintf("172.20.%d.0/24", i))},
		}, never)
		if name == "one" {
			arguments = declaring(func() bool { return false }, d.arguments, arguments)
		}
		w := d.arguments.Written(arguments)
		request, _ := d.read(w.Arguments)
		_, result := planAndReport(p.From(w.Declared), request, nil)
		for _, d := range s.registerPlanner(p.From(w.Declared), request, result) {
			text += d.Detail
		}
	}
	want := `Declared in: declare.clusters["one"].pod_cidrs[0] of cidrplan_allocator "one", clusters["two"].pod_cidrs[0] of ` +
		`cidrplan_allocator "two"`
	if !strings.Contains(text, want) {
		t.Errorf("want %s in\n%s", want, text)
	}
}

// The places of a cidrplan_vpc begin with declare as well.
func TestPlacesOfADeclarationAreThoseInDeclare(t *testing.T) {
	catalog := profile.Default()
	s := newSession(catalog)
	far := topology.VPC{
		Name: "far", Platform: "alicloud", CIDRBlocks: []netip.Prefix{netip.MustParsePrefix("172.31.0.0/16")}, Hubs: []string{"cen"},
		Routes: map[string]topology.Route{"vpn": {Destination: netip.MustParsePrefix("10.64.0.0/18"), NextHop: "vpn"}},
	}
	near := topology.VPC{
		Name:       "near",
		Platform:   "alicloud",
		CIDRBlocks: []netip.Prefix{netip.MustParsePrefix("192.168.0.0/16")},
		Hubs:       []string{"cen"},
	}
	of := func(v topology.VPC) conflict.Registration {
		return conflict.Registration{
			Facts: topology.Facts{VPCs: map[string]topology.VPC{v.Name: v}, Hubs: map[string]topology.Hub{"cen": {Name: "cen"}}},
		}
	}
	s.register(
		messages.Writer{Catalog: catalog, Declared: map[string]bool{"routes": true}}, topology.Origin{Kind: "vpc", Name: "far"}, of(far),
		conflict.Registration{},
	)
	var text string
	with := of(near)
	with.Facts.Clusters = map[string]topology.Cluster{
		"shop": {Name: "shop", VPC: "near", Profile: "ack-flannel", PodCIDRs: []netip.Prefix{netip.MustParsePrefix("10.64.0.0/20")}},
	}
	for _, d := range s.register(
		messages.Writer{Catalog: catalog},
		topology.Origin{Kind: conflict.Allocator, Name: "k8s"},
		with,
		conflict.Registration{},
	) {
		text += d.Detail
	}
	if want := `declare.routes["vpn"].destination of cidrplan_vpc "far"`; !strings.Contains(text, want) {
		t.Errorf("want %s in\n%s", want, text)
	}
}

// Problems that name further places name them in declare.
func TestPlacesWithinProblemsAreThoseInDeclare(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default(), Declared: map[string]bool{"sites": true}}
	at := topology.Path{}.Attr("sites").Key("idc")
	for name, problem := range map[string]any{
		"growth that waits":   allocate.GrowthPostponed{Unknown: []topology.Path{at}},
		"until without today": conflict.UntilWithoutToday{At: []topology.Path{at}},
	} {
		t.Run(name, func(t *testing.T) {
			shown := fmt.Sprintf("%v", p.PlaceFaults([]topology.Fault{{Problem: problem}})[0].Problem)
			if !strings.Contains(shown, `declare.sites["idc"]`) {
				t.Errorf("%s has no declare", shown)
			}
		})
	}
}
