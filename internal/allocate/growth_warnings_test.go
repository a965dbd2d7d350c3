package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A mirror cluster that holds the ranges of another one grows with it. Ranges that have no room in the growth reserve are named.
func TestWhatIsSaidOfAppendedRanges(t *testing.T) {
	mirror := func(r *Request) {
		r.Facts.VPCs["dr"] = topology.VPC{VRF: "dr", CIDRBlocks: prefixes("192.168.2.0/24")}
		r.Facts.Clusters["t"] = topology.Cluster{VPC: "dr", Profile: "kubernetes-overlay", SameAs: "a"}
	}
	reserves := func(n int64) func(*Request) {
		return overlay("a", n, func(cl *topology.Cluster) { cl.ReserveLength, cl.AppendRanges = 20, []string{"pods"} })
	}
	for name, test := range map[string]struct {
		nodes int64
		want  string
	}{
		"in the reserve":       {16, "a [10.0.8.0/21]  10.0.0.0/20 [], t [10.0.8.0/21] a 10.0.0.0/20 []"},
		"outside of it":        {24, "a [10.0.16.0/20]  10.0.0.0/20 [10.0.16.0/20], t [10.0.16.0/20] a 10.0.0.0/20 [10.0.16.0/20]"},
		"as many as it serves": {8, ""},
	} {
		r := edited(applied(t, request(reserves(8), mirror)), reserves(test.nodes))
		var got []string
		for _, f := range pick[Appended](planned(t, r)) {
			for _, c := range f.Problem.(Appended).Clusters {
				got = append(got, fmt.Sprint(c.Cluster, " ", c.Added, " ", c.SameAs, " ", c.Reserve, " ", c.Outside))
			}
		}
		if text := strings.Join(got, ", "); text != test.want {
			t.Errorf("%s: got %q, want %q", name, text, test.want)
		}
	}
}

// grows says what is appended to whom, one cluster a line, in the order of the warning.
func grows(t *testing.T, r Result) []string {
	t.Helper()
	var lines []string
	found := pick[Appended](r)
	if len(found) > 1 {
		t.Errorf("%d warnings, want one for all clusters", len(found))
	}
	for _, f := range found {
		if !f.Warn || f.At.String() != "clusters" {
			t.Errorf("reported at %v, warn %t", f.At, f.Warn)
		}
		for _, c := range f.Problem.(Appended).Clusters {
			lines = append(
				lines,
				fmt.Sprintf(
					"%s: %s behind %s for %d nodes, more than %d, pinned %t", c.Cluster, list(c.Added), list(c.Held), c.Wanted, c.Serves,
					c.Pinned,
				),
			)
		}
	}
	return lines
}

// A need that outgrows what a cluster holds appends a range that nobody takes back: the plan says so once, of
// all clusters together, and the next plan says nothing.
func TestAppendedPodRangesAreReported(t *testing.T) {
	cce := func(name string, nodes int64, edits ...func(*topology.Cluster)) func(*Request) {
		return cluster(name, "cce-vpc-router", profile.Need{MaxNodes: nodes, PodsPerNode: 61, MaxServices: 200}, edits...)
	}
	pinned := func(texts ...string) func(*Request) {
		return cluster("c", "cce-vpc-router", profile.Need{PodsPerNode: 61}, func(cl *topology.Cluster) {
			cl.PodCIDRs, cl.ServiceCIDR = prefixes(texts...), prefix("172.20.200.0/24")
		})
	}
	flannel := cluster("f", "ack-flannel", profile.Need{MaxNodes: 20})
	first := request(supernets("10.0.0.0/16"), cce("a", 20), cce("b", 16), cce("back", 16), pinned("10.1.0.0/24"), flannel)
	held := applied(t, first, withoutClusters("back"))
	mirror := func(r *Request) {
		r.Facts.VPCs["dr"] = topology.VPC{Platform: "huaweicloud", VRF: "dr", CIDRBlocks: prefixes("192.168.1.0/24")}
		r.Facts.Clusters["t"] = topology.Cluster{VPC: "dr", Profile: "cce-vpc-router", SameAs: "a"}
	}
	exists := existing("old", Existing{PodCIDRs: prefixes("10.2.0.0/24"), ServiceCIDR: prefix("172.20.210.0/24"), NodeMask: 26})
	for name, test := range map[string]struct {
		edits []func(*Request)
		want  []string
	}{
		"the same again":                {nil, nil},
		"as many as its range serves":   {[]func(*Request){cce("a", 128)}, nil},
		"20 nodes mistyped as 300":      {[]func(*Request){cce("a", 300)}, []string{"a"}},
		"two clusters":                  {[]func(*Request){cce("b", 200), cce("a", 300)}, []string{"a", "b"}},
		"a pin behind those it has":     {[]func(*Request){pinned("10.1.0.0/24", "10.1.1.0/24")}, []string{"c"}},
		"a cluster and its mirror":      {[]func(*Request){mirror, cce("a", 300)}, []string{"a"}},
		"a cluster that existing names": {[]func(*Request){exists, cce("old", 20)}, []string{"old"}},
		"a new cluster of many nodes":   {[]func(*Request){cce("new", 300)}, nil},
		"a cluster that cannot grow": {
			[]func(*Request){cluster("f", "ack-flannel", profile.Need{MaxNodes: 20, MaxServices: 100})}, nil,
		},
		"a cluster that is renumbered":         {[]func(*Request){cce("a", 300), renumber("a", "1")}, nil},
		"a cluster that takes its ranges back": {[]func(*Request){cce("back", 300)}, []string{"back"}},
		"a cluster under its other name":       {[]func(*Request){withoutClusters("a"), cce("n", 300, previously("a"))}, []string{"n"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(held, test.edits...)
			result := planned(t, r)
			got := grows(t, result)
			var names []string
			for _, line := range got {
				name, _, _ := strings.Cut(line, ":")
				names = append(names, name)
			}
			if !reflect.DeepEqual(names, test.want) {
				t.Errorf("reported %q, want %v", got, test.want)
			}
			if again := grows(t, planned(t, after(r, result))); len(again) > 0 {
				t.Errorf("then %q", again)
			}
		})
	}
	t.Run("says what and why", func(t *testing.T) {
		result := planned(t, edited(held, cce("a", 300)))
		was, now := held.Prior.Allocations["a"], result.Allocations["a"]
		want := fmt.Sprintf(
			"a: %s behind %s for 300 nodes, more than %d, pinned false", list(now.Pods[1:]), list(was.Pods), was.Usable.Nodes,
		)
		if got := grows(t, result); len(got) != 1 || got[0] != want || was.Usable.Nodes < 20 || was.Usable.Nodes >= 300 {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// A mirror that holds its ranges grows with its first, and the warning names both.
func TestAMirrorThatGrowsIsReported(t *testing.T) {
	r := applied(t, request(cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 16, PodsPerNode: 61}), func(r *Request) {
		r.Facts.VPCs["dr"] = topology.VPC{Platform: "huaweicloud", VRF: "dr", CIDRBlocks: prefixes("192.168.1.0/24")}
		r.Facts.Clusters["t"] = topology.Cluster{VPC: "dr", Profile: "cce-vpc-router", SameAs: "a"}
	}))
	got := grows(t, planned(t, edited(r, cluster("a", "cce-vpc-router", profile.Need{MaxNodes: 300, PodsPerNode: 61}))))
	if len(got) != 2 || !strings.HasPrefix(got[0], "a:") || !strings.HasPrefix(got[1], "t:") {
		t.Errorf("reported %q", got)
	}
}

// Of every profile with Pods in subnets: what it holds stays, and another subnet is added only where the
// platform adds one to a cluster that exists.
func TestPodSubnetsOfEveryProfile(t *testing.T) {
	growing := map[string]bool{
		"ack-terway": true, "ack-serverless": false, "aks-node-subnet": true, "aks-pod-subnet": true,
		"aks-pod-subnet-static": true, "eks-prefix-delegation": true, "baidu-cce-vpc-eni": true,
		"cce-autopilot": true, "cce-turbo": true, "tke-vpc-cni": true, "ccse-cubecni": false, "eks": true, "vke-vpc-cni": true,
	}
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		if p.Pods.From != profile.Subnets {
			continue
		}
		grows, listed := growing[name]
		if !listed {
			t.Errorf("%s: nothing is said of it here", name)
			continue
		}
		subnets := func(edits ...func(map[string]netip.Prefix)) func(*Request) {
			return func(r *Request) {
				all := map[string]netip.Prefix{"pods": prefix("10.9.0.0/19"), "more": prefix("10.9.32.0/19")}
				for _, edit := range edits {
					edit(all)
				}
				r.Facts.VPCs["net"] = topology.VPC{Platform: p.Platform, CIDRBlocks: prefixes("10.9.0.0/16"), Subnets: all}
			}
		}
		in := func(names ...string) func(*Request) {
			return func(r *Request) {
				r.Facts.Clusters["a"] = topology.Cluster{
					VPC:        "net",
					Profile:    name,
					PodSubnets: names,
					Need:       profile.Need{MaxNodes: 4, PodsPerNode: 10},
				}
			}
		}
		none := func(names ...string) Request { return applied(t, request(subnets(), in(names...))) }
		forgot := none("pods") // as a state of an earlier version has it
		without := forgot.Prior.Allocations["a"]
		without.PodSubnets = nil
		forgot.Prior.Allocations["a"] = without
		moved := subnets(func(all map[string]netip.Prefix) { all["pods"] = prefix("10.9.64.0/19") })
		for what, test := range map[string]struct {
			held Request
			edit func(*Request)
			ok   bool
			why  profile.Outcome
		}{
			"the same again":                       {none("pods"), in("pods"), true, profile.Outcome{}},
			"the other order":                      {none("pods", "more"), in("more", "pods"), true, profile.Outcome{}},
			"one more behind":                      {none("pods"), in("pods", "more"), grows, p.Change.SubnetAdded},
			"one more in front":                    {none("pods"), in("more", "pods"), grows, p.Change.SubnetAdded},
			"one less":                             {none("pods", "more"), in("pods"), false, p.Change.SubnetRemoved},
			"another one":                          {none("pods"), in("more"), false, p.Change.SubnetRemoved},
			"the same name with another range":     {none("pods"), moved, false, p.Change.SubnetRemoved},
			"the first where none was said so far": {forgot, in("pods"), true, profile.Outcome{}},
		} {
			t.Run(name+": "+what, func(t *testing.T) {
				result := Plan(edited(test.held, test.edit), profile.Default())
				found := pick[Changed](result)
				if test.ok {
					ignored := test.why.Does == profile.Ignores // the platform adds a subnet, the provider of the cloud does not
					if len(found) > 0 || faulty(result) || ignored != (len(pick[SubnetsIgnored](result)) > 0) {
						t.Errorf("refused:\n%s", allReports(result))
					}
					return
				}
				if len(found) != 1 || found[0].At.String() != `clusters["a"].pod_subnets` || found[0].Warn ||
					!reflect.DeepEqual(found[0].Problem.(Changed).Outcome, test.why) {
					t.Errorf("got\n%s", allReports(result))
				}
			})
		}
	}
}

// A renumbered cluster of each profile: what becomes of each argument that changes.
func TestAMoveSaysWhatBecomesOfEachArgument(t *testing.T) {
	for name, want := range map[string]string{
		"ack-flannel":       "alicloud_cs_managed_kubernetes alicloud_cs_kubernetes: pod_cidr replaces, service_cidr replaces",
		"ack-edge-flannel":  "alicloud_cs_edge_kubernetes: pod_cidr ignores, service_cidr ignores",
		"cce-vpc-router":    "huaweicloud_cce_cluster: container_network_cidr refuses, service_network_cidr replaces",
		"cce-autopilot":     "huaweicloud_cce_autopilot_cluster: ipv4_cidr fails",
		"tke-global-router": "tencentcloud_kubernetes_cluster: cluster_cidr replaces",
		"tsf":               "tencentcloud_tsf_cluster: cluster_cidr refuses",
		"kubernetes-routed": ": cluster_dns -, kubernetes_service_ip -, pod_subnet -, service_subnet -",
	} {
		t.Run(name, func(t *testing.T) {
			r := applied(t, request(func(r *Request) {
				p := shipped(t, name)
				r.Facts.VPCs["net"] = topology.VPC{Platform: p.Platform, CIDRBlocks: prefixes("10.9.0.0/16")}
				r.Facts.Clusters["a"] = topology.Cluster{VPC: "net", Profile: name, Need: profile.Need{MaxNodes: 20, PodsPerNode: 60}}
			}))
			found := pick[Moved](planned(t, edited(r, renumber("a", "1"))))
			if len(found) != 1 {
				t.Fatalf("reported %d times", len(found))
			}
			moved := found[0].Problem.(Moved)
			var arguments []string
			for _, a := range moved.Arguments {
				does := string(a.Outcome.Does)
				if does == "" {
					does = "-"
				}
				arguments = append(arguments, a.Name+" "+does)
			}
			if got := strings.Join(moved.Resources, " ") + ": " + strings.Join(arguments, ", "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
