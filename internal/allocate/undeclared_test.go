package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// One warning lists all clusters that are gone and all that are new, and which may be which.
func TestReleasesAreReportedTogether(t *testing.T) {
	hua := func(name string, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, "cce-vpc-router", profile.Need{MaxNodes: 3}, edits...)
	}
	three := applied(t, request(shop(), web(), hua("cce")))
	names := func(names ...string) []string { return names }
	pair := func(former, new string) LikelyRename {
		return LikelyRename{Former: names(former), New: names(new), SameSizes: true}
	}
	for name, test := range map[string]struct {
		r          Request
		edits      []func(*Request)
		undeclared []string
		new        []string
		likely     []LikelyRename
	}{
		"nothing is new":     {three, []func(*Request){withoutClusters("web")}, names("web"), nil, nil},
		"all are undeclared": {three, []func(*Request){withoutClusters("web", "shop", "cce")}, names("cce", "shop", "web"), nil, nil},
		"one is new": {
			three, []func(*Request){withoutClusters("web"), nodes("www", 16)}, names("web"), names("www"),
			[]LikelyRename{pair("web", "www")},
		},
		"one is new, of another size": {
			three, []func(*Request){withoutClusters("web"), nodes("www", 15)}, names("web"), names("www"),
			[]LikelyRename{{Former: names("web"), New: names("www")}},
		},
		"two are undeclared and one of them new": {
			three, []func(*Request){withoutClusters("web", "shop"), nodes("www", 16)}, names("shop", "web"), names("www"),
			[]LikelyRename{pair("web", "www")},
		},
		"two that could be the new one": {
			applied(t, request(nodes("a", 16), nodes("b", 16))), []func(*Request){withoutClusters("a", "b"), nodes("c", 16)},
			names("a", "b"),
			names("c"), []LikelyRename{{names("a", "b"), names("c"), true}},
		},
		"two of which neither is the same": {
			applied(t, request(nodes("a", 16), nodes("b", 20))), []func(*Request){withoutClusters("a", "b"), nodes("c", 90)},
			names("a", "b"),
			names("c"), []LikelyRename{{names("a", "b"), names("c"), false}},
		},
		"two new ones that could be it": {
			three, []func(*Request){withoutClusters("web"), nodes("www", 16), nodes("w3", 16)}, names("web"), names("w3", "www"),
			[]LikelyRename{{names("web"), names("w3", "www"), true}},
		},
		"two renames": {
			three, []func(*Request){withoutClusters("web", "cce"), nodes("www", 16), hua("turbo")}, names("cce", "web"),
			names("turbo", "www"),
			[]LikelyRename{pair("cce", "turbo"), pair("web", "www")},
		},
		"two renames of one kind": {
			applied(t, request(nodes("a", 16), nodes("b", 16))),
			[]func(*Request){withoutClusters("a", "b"), nodes("c", 16), nodes("d", 16)},
			names("a", "b"), names("c", "d"), []LikelyRename{{names("a", "b"), names("c", "d"), true}},
		},
		"one is new, in another VPC": {three, []func(*Request){withoutClusters("web"), hua("www")}, names("web"), names("www"), nil},
		"one is new, with another profile": {
			three,
			[]func(*Request){withoutClusters("web"), nodes("www", 16, func(cl *topology.Cluster) { cl.Profile = "ack-edge-flannel" })},
			names("web"), names("www"), nil,
		},
		"another is renumbered": {three, []func(*Request){withoutClusters("web"), renumber("shop", "1")}, names("web"), nil, nil},
		"one exists already": {
			applied(t, request(shop(), web())),
			[]func(*Request){
				withoutClusters("web"), nodes("www", 16), existing("www", Existing{PodCIDRs: prefixes("10.0.64.0/22"), NodeMask: 26}),
			},
			names("web"), nil, nil,
		},
		"one says that it was the old one": {
			three, []func(*Request){withoutClusters("web"), nodes("www", 16, previously("web"))}, nil, nil, nil,
		},
		"one comes back": {
			applied(t, three, withoutClusters("web")), []func(*Request){withoutClusters("shop"), web()}, names("shop"), nil, nil,
		},
		"one whose profile is not known": {
			three,
			[]func(*Request){
				withoutClusters("web"),
				nodes("www", 16, func(cl *topology.Cluster) { cl.Profile, cl.Unknown = "", topology.Unknown{"profile"} }),
			},
			names("web"), names("www"), nil,
		},
		"one whose VPC was renamed with it": {
			three, []func(*Request){renamedVPC("ali"), withoutClusters("web"), shop(inVPC("bj")), nodes("www", 16, inVPC("bj"))},
			names("web"),
			names("www"), []LikelyRename{pair("web", "www")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := pick[NoLongerDeclared](planned(t, edited(test.r, test.edits...)))
			if test.undeclared == nil {
				wantFaults(t, found)
				return
			}
			want := NoLongerDeclared{By: "k8s", New: test.new, Likely: test.likely}
			for _, name := range test.undeclared {
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
		r = applied(t, r)
		found := pick[NoLongerDeclared](planned(t, edited(r, func(r *Request) { r.Facts.Clusters = map[string]topology.Cluster{} })))
		if len(found) != 1 || len(found[0].Problem.(NoLongerDeclared).Former) != 23 {
			t.Errorf("got %v", found)
		}
	})
	t.Run("a guarded cluster that may be renamed", func(t *testing.T) {
		result := Plan(edited(three, preventing(everyone), withoutClusters("web"), nodes("www", 16)), profile.Default())
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

// A cluster that must not release what it holds is reported beside one that may.
func TestGuardedClustersAreReportedBesideOthers(t *testing.T) {
	both := applied(t, request(shop(), web()))
	result := Plan(edited(both, preventing("shop"), withoutClusters("shop", "web")), profile.Default())
	if guarded, free := pick[ReleasePrevented](result), pick[NoLongerDeclared](result); len(guarded) != 1 || len(free) != 1 {
		t.Errorf("got\n%s", allReports(result))
	}
}

func TestOptionsOfAGuardedCluster(t *testing.T) {
	const restore, rename = `restore clusters["web"]`, `set clusters["%s"].previous_names [web]`
	for name, test := range map[string]struct {
		guards     []string
		mayBe      []string
		renumbered bool
		want       []string
	}{
		"by its name":      {[]string{"web"}, nil, false, []string{restore, `remove from prevent_release web`}},
		"with all":         {[]string{everyone, "shop"}, nil, false, []string{restore, `remove from prevent_release *`}},
		"by a former name": {[]string{"www"}, nil, false, []string{restore, `remove prevent_release`}},
		"one that may be another": {
			[]string{"web"}, []string{"a"}, false, []string{restore, fmt.Sprintf(rename, "a"), `remove from prevent_release web`},
		},
		"one that may be four others": {
			[]string{"web"}, []string{"a", "b", "c", "d"}, false,
			[]string{
				restore, fmt.Sprintf(rename, "a"), fmt.Sprintf(rename, "b"), fmt.Sprintf(rename, "c"), `remove from prevent_release web`,
			},
		},
		"one that is renumbered": {[]string{"web"}, nil, true, []string{`remove renumber["web"]`, `remove from prevent_release web`}},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(preventing(test.guards...), nodes("a", 1), nodes("b", 1), nodes("c", 1), nodes("d", 1))
			problem := ReleasePrevented{Cluster: "web", Renumbered: test.renumbered, MayBe: test.mayBe}
			if got := optionTexts(situationOf(r).guardedOptions(problem)...); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A new name is an option where it is clear whose it is.
func TestOptionsOfARename(t *testing.T) {
	rename := func(former, new []string) LikelyRename { return LikelyRename{Former: former, New: new} }
	one, two := []string{"a"}, []string{"a", "b"}
	r := request(nodes("a", 1, previously("z")), nodes("b", 1))
	for name, test := range map[string]struct {
		likely []LikelyRename
		want   []string
	}{
		"one for one": {[]LikelyRename{rename([]string{"x"}, one)}, []string{`set clusters["a"].previous_names [z x]`}},
		"one for two": {[]LikelyRename{rename([]string{"x", "y"}, one)}, nil},
		"two for one": {[]LikelyRename{rename([]string{"x"}, two)}, nil},
		"two for two": {[]LikelyRename{rename([]string{"x", "y"}, two)}, nil},
		"none":        {nil, nil},
		"twice one for one": {
			[]LikelyRename{rename([]string{"x"}, one), rename([]string{"y"}, []string{"b"})},
			[]string{`set clusters["a"].previous_names [z x]`, `set clusters["b"].previous_names [y]`},
		},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, situationOf(r).renamedOptions(test.likely), test.want) })
	}
}
