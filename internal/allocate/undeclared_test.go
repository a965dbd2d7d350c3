package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// One warning lists all clusters that are gone and all that are new, and which may be which.
func TestReleasesAreReportedTogether(t *testing.T) {
	hua := func(name string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, "cce-vpc-router", profile.Need{MaxNodes: 3}, edits...)
	}
	three := lived(t, request(shop(), web(), hua("cce")))
	names := func(names ...string) []string { return names }
	pair := func(gone, new string) LikelyRename {
		return LikelyRename{Former: names(gone), New: names(new), SameSizes: true}
	}
	for name, test := range map[string]struct {
		r      Request
		edits  []func(*Request)
		gone   []string
		new    []string
		likely []LikelyRename
	}{
		"nothing is new": {three, []func(*Request){gone("web")}, names("web"), nil, nil},
		"all are gone":   {three, []func(*Request){gone("web", "shop", "cce")}, names("cce", "shop", "web"), nil, nil},
		"one is new": {
			three, []func(*Request){gone("web"), nodes("www", 16)}, names("web"), names("www"), []LikelyRename{pair("web", "www")},
		},
		"one is new, of another size": {
			three, []func(*Request){gone("web"), nodes("www", 15)}, names("web"), names("www"),
			[]LikelyRename{{Former: names("web"), New: names("www")}},
		},
		"two are gone and one of them new": {
			three, []func(*Request){gone("web", "shop"), nodes("www", 16)}, names("shop", "web"), names("www"),
			[]LikelyRename{pair("web", "www")},
		},
		"two that could be the new one": {
			lived(t, request(nodes("a", 16), nodes("b", 16))), []func(*Request){gone("a", "b"), nodes("c", 16)}, names("a", "b"),
			names("c"), []LikelyRename{{names("a", "b"), names("c"), true}},
		},
		"two of which neither is the same": {
			lived(t, request(nodes("a", 16), nodes("b", 20))), []func(*Request){gone("a", "b"), nodes("c", 90)}, names("a", "b"),
			names("c"), []LikelyRename{{names("a", "b"), names("c"), false}},
		},
		"two new ones that could be it": {
			three, []func(*Request){gone("web"), nodes("www", 16), nodes("w3", 16)}, names("web"), names("w3", "www"),
			[]LikelyRename{{names("web"), names("w3", "www"), true}},
		},
		"two renames": {
			three, []func(*Request){gone("web", "cce"), nodes("www", 16), hua("turbo")}, names("cce", "web"), names("turbo", "www"),
			[]LikelyRename{pair("cce", "turbo"), pair("web", "www")},
		},
		"two renames of one kind": {
			lived(t, request(nodes("a", 16), nodes("b", 16))), []func(*Request){gone("a", "b"), nodes("c", 16), nodes("d", 16)},
			names("a", "b"), names("c", "d"), []LikelyRename{{names("a", "b"), names("c", "d"), true}},
		},
		"one is new, in another VPC": {three, []func(*Request){gone("web"), hua("www")}, names("web"), names("www"), nil},
		"one is new, with another profile": {
			three, []func(*Request){gone("web"), nodes("www", 16, func(cl *topology.Cluster) { cl.Profile = "ack-edge-flannel" })},
			names("web"), names("www"), nil,
		},
		"another is renumbered": {three, []func(*Request){gone("web"), renumber("shop", "1")}, names("web"), nil, nil},
		"one exists already": {
			lived(t, request(shop(), web())),
			[]func(*Request){gone("web"), nodes("www", 16), existing("www", Existing{PodCIDRs: prefixes("10.0.64.0/22"), NodeMask: 26})},
			names("web"), nil, nil,
		},
		"one says that it was the old one": {three, []func(*Request){gone("web"), nodes("www", 16, previously("web"))}, nil, nil, nil},
		"one comes back":                   {lived(t, three, gone("web")), []func(*Request){gone("shop"), web()}, names("shop"), nil, nil},
		"one whose profile is not known": {
			three,
			[]func(*Request){
				gone("web"), nodes("www", 16, func(cl *topology.Cluster) { cl.Profile, cl.Unknown = "", topology.Unknown{"profile"} }),
			},
			names("web"), names("www"), nil,
		},
		"one whose VPC was renamed with it": {
			three, []func(*Request){renamedVPC("ali"), gone("web"), shop(inVPC("bj")), nodes("www", 16, inVPC("bj"))}, names("web"),
			names("www"), []LikelyRename{pair("web", "www")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := pick[NoLongerDeclared](planned(t, edited(test.r, test.edits...)))
			if test.gone == nil {
				wantFaults(t, found)
				return
			}
			want := NoLongerDeclared{By: "k8s", New: test.new, Likely: test.likely}
			for _, name := range test.gone {
				want.Former = append(want.Former, FormerCluster{name, test.r.Prior.Allocations[name].Ranges})
			}
			wantFaults(t, found, problem{"clusters", want, true})
		})
	}
	t.Run("23 clusters are one warning", func(t *testing.T) {
		r := request()
		for i := range 23 {
			nodes(fmt.Sprintf("c%02d", i), 4)(&r)
		}
		r = lived(t, r)
		found := pick[NoLongerDeclared](planned(t, edited(r, func(r *Request) { r.Facts.Clusters = map[string]topology.Cluster{} })))
		if len(found) != 1 || len(found[0].Problem.(NoLongerDeclared).Former) != 23 {
			t.Errorf("got %v", found)
		}
	})
	t.Run("a guarded cluster that may be renamed", func(t *testing.T) {
		result := Plan(edited(three, preventing(everyone), gone("web"), nodes("www", 16)), profile.Default())
		wantFaults(
			t,
			onlyErrors(result),
			problem{
				At:      "prevent_release",
				Problem: ReleasePrevented{Cluster: "web", Held: three.Prior.Allocations["web"].Ranges, MayBe: names("www")},
			},
		)
	})
}
