package allocate_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// testdata/cases.yaml holds worked plans that platforms publish, or that follow from a published
// rule, each with its verdict and figures.

// notShipped are the cases whose profile, by name, is not among the data yet.
var notShipped = map[string]string{
	"W04": "ack-terway", "W05": "ack-terway", "W15": "ack-terway",
	"W17": "cce-overlay", "W19": "cce-overlay", "W21": "cce-overlay",
	"W26": "cce-turbo", "W27": "cce-turbo", "W31": "cce-turbo", "W32": "cce-turbo",
	"W34": "tke-global-router", "W35": "tke-global-router", "W36": "tke-global-router", "W37": "tke-global-router",
	"W38": "tke-global-router", "W39": "tke-global-router", "W40": "tke-global-router", "W43": "tke-global-router",
	"W41": "tke-vpc-cni",
	"W44": "ccse-calico", "W45": "ccse-cubecni",
	"W52": "eks",
}

// waiting are the cases that fail for want of something else. They are tried all the same, so
// that the one who adds it learns that the case can be run.
var waiting = map[string]string{
	"W24":  "Pod ranges cannot be appended to those that a cluster holds yet; and CCE advises /19 or shorter, so its /24s are a warning",
	"W25":  "Pod ranges cannot be appended to those that a cluster holds yet",
	"W29":  "there are no rules for the blocks of VPCs yet",
	"W42a": "a CCN compares subnets; hubs compare blocks",
}

// links are cases of two VPCs without clusters, with their platform.
var links = map[string]string{"huawei_vpc_peering": "huaweicloud", "tencent_peering": "tencentcloud", "tencent_ccn": "tencentcloud"}

// published is a case.
type published struct {
	ID, Profile, Kind         string
	VPC, Nodes, Peers, Routes []netip.Prefix
	Pod, Svc, Svc6            []netip.Prefix
	SameVPCClusters           []neighbour `yaml:"same_vpc_clusters"`
	PeerClusters              []neighbour `yaml:"peer_clusters"`
	Third                     map[string][]netip.Prefix
	Neighbours                []neighbour
	NodeMask                  int    `yaml:"node_mask"`
	NodesWanted               int64  `yaml:"nodes_wanted"`
	PodAddresses              int64  `yaml:"pod_addresses"`
	MaxNodesByCIDR            int64  `yaml:"max_nodes_by_cidr"`
	UsablePodsPerNode         int64  `yaml:"usable_pods_per_node"`
	PodOld                    string `yaml:"pod_old"`
	PodNew                    string `yaml:"pod_new"`
	Expect, Code              string
	// SvcIsDefault says that svc is what the platform takes when it is given none; we always give one.
	SvcIsDefault bool `yaml:"svc_is_default"`
	// Rest is what only cases have that are not run.
	Rest map[string]any `yaml:",inline"`
}

// neighbour is another cluster, with its VPC where it stands in one of its own.
type neighbour struct {
	Profile       string
	VPC, Pod, Svc []netip.Prefix
}

func TestPublishedCases(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range readCases(t) {
		if seen[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		seen[c.ID] = true
		t.Run(c.ID, func(t *testing.T) {
			missing := c.unshipped()
			switch {
			case notShipped[c.ID] != "" && waiting[c.ID] != "":
				t.Error("the case is listed twice")
			case notShipped[c.ID] != "":
				if missing != notShipped[c.ID] {
					t.Errorf("listed as waiting for profile %s, waits for %q: where it is shipped, take the case off the list", notShipped[c.ID], missing)
				}
			case missing != "":
				t.Errorf("profile %s is not shipped: list the case", missing)
			case waiting[c.ID] != "":
				if faults := c.check(); len(faults) == 0 {
					t.Errorf("the case holds now: take it off the list of those that wait because %s", waiting[c.ID])
				}
			default:
				for _, fault := range c.check() {
					t.Error(fault)
				}
			}
		})
	}
	for _, list := range []map[string]string{notShipped, waiting} {
		for id := range list {
			if !seen[id] {
				t.Errorf("%s is listed, but no case", id)
			}
		}
	}
	if len(seen) != 58 {
		t.Errorf("%d cases, want 58", len(seen))
	}
}

func readCases(t *testing.T) []published {
	t.Helper()
	text, err := os.ReadFile("testdata/cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []published }
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

// unshipped is a profile that the case needs and the data lacks, "" when all are there.
func (c published) unshipped() string {
	names := []string{c.Profile}
	for _, n := range slices.Concat(c.SameVPCClusters, c.PeerClusters, c.Neighbours) {
		names = append(names, n.Profile)
	}
	for _, name := range names {
		if _, ok := profile.Default().Profile(name); !ok && name != "" && links[name] == "" {
			return name
		}
	}
	return ""
}

// check answers a case and says what is not as published.
func (c published) check() (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for key := range c.Rest {
		wrong("nothing here looks at %s", key)
	}
	var result allocate.Result
	if len(c.Svc6) > 0 {
		result.Findings = c.service6()
	} else {
		result = c.plan()
	}
	for _, fault := range result.Faults {
		wrong("fault: %v", fault)
	}
	told := map[profile.Level][]string{}
	for _, f := range result.Findings {
		told[f.Level()] = append(told[f.Level()], f.Code)
		if f.Rule.Text == "" || f.Rule.Level > profile.Allow && profile.Default().Cite(f.Rule) == "" {
			wrong("%s cites nothing: %+v", f.Code, f.Rule)
		}
	}
	errors, warnings := told[profile.Error], told[profile.Warn]
	switch c.Expect {
	case "ok":
		if len(errors)+len(warnings) > 0 {
			wrong("want ok, got errors %v and warnings %v", errors, warnings)
		}
	case "warn":
		if len(errors) > 0 || !slices.Equal(warnings, []string{c.Code}) {
			wrong("want the warning %s, got errors %v and warnings %v", c.Code, errors, warnings)
		}
	case "error":
		if !slices.Contains(errors, c.Code) {
			wrong("want the error %s, got errors %v and warnings %v", c.Code, errors, warnings)
		}
	default:
		wrong("the case expects %q", c.Expect)
	}
	if _, planned := result.Allocations["cluster"]; !planned && c.Expect != "error" && len(c.Pod) > 0 {
		wrong("the cluster has no allocation")
	}
	a := result.Allocations["cluster"]
	var addresses int64
	for _, pods := range a.Pods {
		addresses += 1 << (32 - pods.Bits())
	}
	for _, figure := range []struct {
		name      string
		got, want int64
	}{
		{"pod_addresses", addresses, c.PodAddresses},
		{"max_nodes_by_cidr", a.Usable.Nodes, c.MaxNodesByCIDR},
		{"usable_pods_per_node", a.Usable.PodsPerNode, c.UsablePodsPerNode},
	} {
		if figure.want != 0 && figure.got != figure.want {
			wrong("%s: got %d, want %d", figure.name, figure.got, figure.want)
		}
	}
	return faults
}

// service6 judges IPv6 Service ranges, which clusters cannot pin yet.
func (c published) service6() []conflict.Finding {
	p, _ := profile.Default().Profile(c.Profile)
	var claims []conflict.Claim
	for _, given := range c.Svc6 {
		claims = append(claims, conflict.Claim{Owner: "cluster", Kind: conflict.Service, Range: given, Profile: p})
	}
	return conflict.Ranges(claims)
}

// plan makes a request of a case and plans it; where Pod ranges were others before, twice.
func (c published) plan() allocate.Result {
	r := c.request()
	if c.PodOld == "" {
		return allocate.Plan(r, profile.Default())
	}
	pin := func(r *allocate.Request, text string) {
		cl := r.Facts.Clusters["cluster"]
		cl.PodCIDRs = nil
		for _, one := range strings.Split(text, ",") {
			cl.PodCIDRs = append(cl.PodCIDRs, netip.MustParsePrefix(one))
		}
		r.Facts.Clusters["cluster"] = cl
	}
	before := c.request()
	pin(&before, c.PodOld)
	pin(&r, c.PodNew)
	r.Prior = &allocate.Prior{Facts: before.Facts, Allocations: allocate.Plan(before, profile.Default()).Allocations}
	return allocate.Plan(r, profile.Default())
}

// request declares what a case tells: one cluster in its network, and others around it. What is
// not pinned comes from supernets that no case uses.
func (c published) request() allocate.Request {
	b := builder{topology.Facts{VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{}, Clusters: map[string]topology.Cluster{}}}
	switch {
	case c.Kind == "ambiguous_at_third":
		b.third(c)
	case len(c.VPC) == 0:
		b.facts.Sites["hosts"] = topology.Site{CIDRBlocks: c.Nodes}
		b.cluster("cluster", "hosts", c.cluster())
	default:
		b.vpc("vpc", c.Profile, c.VPC)
		vpc := b.facts.VPCs["vpc"]
		vpc.Subnets, vpc.Routes = map[string]netip.Prefix{}, map[string]topology.Route{}
		for i, subnet := range c.Nodes {
			vpc.Subnets[fmt.Sprint("nodes-", i)] = subnet
		}
		for i, route := range c.Routes {
			vpc.Routes[fmt.Sprint("route-", i)] = topology.Route{Destination: route, NextHop: "idc"}
		}
		for i, blocks := range c.Peers {
			vpc.Peers = append(vpc.Peers, fmt.Sprint("peer-", i))
			b.vpc(vpc.Peers[i], c.Profile, []netip.Prefix{blocks})
		}
		b.facts.VPCs["vpc"] = vpc
		if links[c.Profile] == "" {
			b.cluster("cluster", "vpc", c.cluster())
		}
		for i, n := range c.SameVPCClusters {
			b.cluster(fmt.Sprint("neighbour-", i), "vpc", n.cluster())
		}
		for i, n := range c.PeerClusters {
			b.cluster(fmt.Sprint("neighbour-", i), "peer-0", n.cluster())
		}
	}
	return allocate.Request{
		Name: "case", Facts: b.facts,
		Supernets:        []netip.Prefix{netip.MustParsePrefix("10.192.0.0/11")},
		ServiceSupernets: []netip.Prefix{netip.MustParsePrefix("172.28.0.0/14")},
	}
}

func (c published) cluster() topology.Cluster {
	cl := neighbour{Profile: c.Profile, Pod: c.Pod, Svc: c.Svc}.cluster()
	cl.Need = profile.Need{NodeMask: c.NodeMask, MaxNodes: c.NodesWanted}
	return cl
}

func (n neighbour) cluster() topology.Cluster {
	cl := topology.Cluster{Profile: n.Profile, PodCIDRs: n.Pod}
	if len(n.Svc) > 0 {
		cl.ServiceCIDR = n.Svc[0]
	}
	if len(n.Pod) == 0 {
		cl.Need.MaxNodes = 10
	}
	return cl
}

type builder struct{ facts topology.Facts }

// vpc declares a VPC of the platform of a profile or link.
func (b builder) vpc(name, of string, blocks []netip.Prefix) {
	platform := links[of]
	if p, ok := profile.Default().Profile(of); ok {
		platform = p.Platform
	}
	b.facts.VPCs[name] = topology.VPC{Platform: platform, CIDRBlocks: blocks}
}

func (b builder) cluster(name, network string, cl topology.Cluster) {
	cl.VPC = network
	b.facts.Clusters[name] = cl
}

// third declares a network that reaches all neighbours, which do not reach each other.
func (b builder) third(c published) {
	var names []string
	for i, n := range c.Neighbours {
		names = append(names, fmt.Sprint("vpc-", i))
		b.vpc(names[i], n.Profile, n.VPC)
		if n.Profile != "" {
			b.cluster(fmt.Sprint("cluster-", i), names[i], n.cluster())
		}
	}
	if blocks, isVPC := c.Third["vpc"]; isVPC {
		b.facts.VPCs["third"] = topology.VPC{CIDRBlocks: blocks, Peers: names}
	} else {
		b.facts.Sites["third"] = topology.Site{CIDRBlocks: c.Third["site"], Peers: names}
	}
}
