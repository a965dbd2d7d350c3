package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// appending names the ranges that may be appended to a cluster.
func appending(ranges ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.AppendRanges = ranges }
}

// selfManaged is a cluster of 254 Pods a node, so that each node takes a /24.
func selfManaged(n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster("a", "kubernetes-overlay", profile.Need{MaxNodes: n, PodsPerNode: 200, MaxServices: 200}, edits...)
}

// A self-managed cluster gets further Pod ranges where its plug-in can use them, which the configuration says.
func TestSelfManagedClustersGrowWhereTheConfigurationSaysSo(t *testing.T) {
	r := applied(t, request(selfManaged(8)))
	const first = "10.0.0.0/21"
	pods := appending("pods")
	unknownWhether := func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"append_ranges"} }
	tests := map[string]struct {
		edit func(*Request)
		pods string
		want any
	}{
		"without saying so":          {selfManaged(9), first, Outgrown{}},
		"for other ranges":           {selfManaged(9, appending("services")), first, Outgrown{}},
		"one node more":              {selfManaged(9, pods), first + ", 10.0.8.0/24", nil},
		"as many again":              {selfManaged(16, pods), first + ", 10.0.8.0/21", nil},
		"the same number":            {selfManaged(8, pods), first, nil},
		"pins that serve it":         {selfManaged(9, pods, pins("", first, "10.0.64.0/24")), first + ", 10.0.64.0/24", nil},
		"pins without saying so":     {selfManaged(9, pins("", first, "10.0.64.0/24")), "", topology.TooMany{}},
		"pins that begin otherwise":  {selfManaged(9, pods, pins("", "10.0.64.0/24", first)), "", NotAppended{}},
		"a word that is none":        {selfManaged(8, appending("nodes")), "", topology.NotOneOf{}},
		"whether it can is unknown":  {selfManaged(9, unknownWhether), first, nil},
		"pins and it is unknown yet": {selfManaged(9, pins("", first, "10.0.64.0/24"), unknownWhether), first, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(r, test.edit), profile.Default())
			errors := slices.DeleteFunc(slices.Clone(result.Faults), func(f topology.Fault) bool { return f.Warn })
			if test.want == nil && len(errors) > 0 ||
				test.want != nil && (len(errors) != 1 || reflect.TypeOf(errors[0].Problem) != reflect.TypeOf(test.want)) {
				t.Fatalf("faults %v, want one of %T", errors, test.want)
			}
			if got := list(result.Allocations["a"].Pods); test.want == nil && got != test.pods {
				t.Errorf("got %s, want %s", got, test.pods)
			}
			unknown := edited(r, test.edit).Facts.Clusters["a"].Unknown.Has("append_ranges")
			if result.Allocations["a"].PodsUnknown != unknown {
				t.Errorf("Pod ranges unknown: %t, want %t", result.Allocations["a"].PodsUnknown, unknown)
			}
		})
	}
}

// The problem of a need that outgrew the Pod range says what the cluster requires to get a further one, and following it resolves it.
func TestOutgrownPodRangesOfferToAppend(t *testing.T) {
	r := applied(t, request(selfManaged(8)))
	for name, more := range map[string]func(*Request){
		"more nodes":     selfManaged(9),
		"a second range": selfManaged(8, pins("", "10.0.0.0/21", "10.0.64.0/24")),
	} {
		result := Plan(edited(r, more), profile.Default())
		option := result.Faults[0].Options[0]
		want := topology.OptionWhen(
			topology.MeetsRequirement, topology.Set(topology.Path{}.Attr("clusters").Key("a").Attr("append_ranges"), []string{"pods"}),
		)
		want.Subject = shipped(t, "kubernetes-overlay").Growth.Requires.Text
		if !reflect.DeepEqual(option, want) {
			t.Errorf("%s: got %+v, want %+v", name, option, want)
		}
		resolved := Plan(edited(r, more, func(r *Request) {
			cl := r.Facts.Clusters["a"]
			appending("pods")(&cl)
			r.Facts.Clusters["a"] = cl
		}), profile.Default())
		if resolved.Failed() {
			t.Errorf("%s: %v", name, resolved.Faults)
		}
	}
}

// What was appended stays when the configuration no longer says that ranges may be appended; only further growth ends.
func TestAppendedPodRangesStayWithoutTheArgument(t *testing.T) {
	r := applied(t, request(selfManaged(8)), selfManaged(9, appending("pods")))
	if got := planned(t, edited(r, selfManaged(9))); !reflect.DeepEqual(got.Allocations, r.Prior.Allocations) {
		t.Errorf("got %+v, want %+v", got.Allocations, r.Prior.Allocations)
	}
	if result := Plan(edited(r, selfManaged(10)), profile.Default()); len(pick[Outgrown](result)) != 1 {
		t.Error(allReports(result))
	}
}

// A mirror cluster has the further Pod ranges of its original, and names no ranges to append by itself.
func TestMirrorsFollowAppendedPodRanges(t *testing.T) {
	mirror := func(edits ...func(*topology.Cluster)) func(*Request) {
		same := func(cl *topology.Cluster) { cl.SameAs = "a" }
		return in("blue", "m", "kubernetes-overlay", profile.Need{}, append(edits, same)...)
	}
	r := applied(t, request(selfManaged(8), blue(), mirror()))
	got := planned(t, edited(r, selfManaged(9, appending("pods"))))
	if a, m := got.Allocations["a"], got.Allocations["m"]; len(a.Pods) != 2 || !reflect.DeepEqual(a.Ranges, m.Ranges) {
		t.Errorf("original %v, mirror %v", a.Pods, m.Pods)
	}
	refused := Plan(edited(r, mirror(appending("pods"))), profile.Default())
	if len(pick[topology.NotAccepted](refused)) != 1 {
		t.Error(allReports(refused))
	}
}
