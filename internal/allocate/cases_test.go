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
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// testdata/cases.yaml holds worked plans that platforms publish, or that follow from a published
// rule, each with its verdict and figures.

// links are cases of two VPCs without clusters, with their platform.
var links = map[string]string{"huawei_vpc_peering": "huaweicloud", "tencent_peering": "tencentcloud", "tencent_ccn": "tencentcloud"}

// published is a case.
type published struct {
	ID, Profile, Kind         string
	VPC, Nodes, Peers, Routes []netip.Prefix
	PodSubnets                []netip.Prefix `yaml:"pod_subnets"`
	OtherSubnets              []netip.Prefix `yaml:"other_subnets"`
	Subnets                   []netip.Prefix
	PeerSubnets               []netip.Prefix `yaml:"peer_subnets"`
	Pod, Svc, Svc6            []netip.Prefix
	ClusterCIDR               netip.Prefix `yaml:"cluster_cidr"`
	SameVPCClusters           []neighbour  `yaml:"same_vpc_clusters"`
	PeerClusters              []neighbour  `yaml:"peer_clusters"`
	Third                     map[string][]netip.Prefix
	Neighbours                []neighbour
	NodeMask                  int          `yaml:"node_mask"`
	NodesWanted               int64        `yaml:"nodes_wanted"`
	MaxPods                   int64        `yaml:"max_pods"`
	MaxServices               int64        `yaml:"max_services"`
	PodAddresses              int64        `yaml:"pod_addresses"`
	MaxNodesByCIDR            int64        `yaml:"max_nodes_by_cidr"`
	NodesMax                  int64        `yaml:"nodes_max"`
	UsablePodsPerNode         int64        `yaml:"usable_pods_per_node"`
	ServiceRange              netip.Prefix `yaml:"service_range"`
	Svc6Addresses             int64        `yaml:"svc6_addresses"`
	PodOld                    string       `yaml:"pod_old"`
	PodNew                    string       `yaml:"pod_new"`
	Expect, Code              string
	// SvcIsDefault says that svc is what the platform takes when it is given none.
	SvcIsDefault bool `yaml:"svc_is_default"`
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
			for _, fault := range c.check() {
				t.Error(fault)
			}
		})
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

// check answers a case and says what is not as published.
func (c published) check() (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	result := c.plan()
	told := map[profile.Level][]string{}
	for _, f := range result.Faults {
		level := profile.Error
		if f.Warn {
			level = profile.Warn
		}
		code := codeOf(f)
		if code == "" {
			wrong("a fault without a code: %v", f)
		}
		beside := code == assumed && c.SvcIsDefault || code == appended && c.PodOld != "" || code == unset
		if !beside { // what no verdict of a platform is about
			told[level] = append(told[level], code)
		}
	}
	for _, f := range result.Findings {
		told[f.Rule.Level] = append(told[f.Rule.Level], f.Code) // also between networks alone, which stops no allocator
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
	a, planned := result.Allocations["cluster"]
	if clustered := links[c.Profile] == "" && c.Kind == ""; clustered && !planned && c.Expect != "error" {
		wrong("the cluster has no allocation")
	}
	var addresses int64
	for _, pods := range a.Pods {
		addresses += 1 << (32 - pods.Bits())
	}
	for _, subnet := range a.PodSubnets {
		addresses += 1 << (32 - subnet.CIDR.Bits())
	}
	var addresses6 int64
	if a.ServiceIPv6.IsValid() {
		addresses6 = cidr.Count(a.ServiceIPv6).Int64()
	}
	for _, figure := range []struct {
		name      string
		got, want int64
	}{
		{"pod_addresses", addresses, c.PodAddresses},
		{"max_nodes_by_cidr", a.Usable.Nodes, c.MaxNodesByCIDR},
		{"nodes_max", a.Usable.Nodes, c.NodesMax},
		{"usable_pods_per_node", a.Usable.PodsPerNode, c.UsablePodsPerNode},
		{"svc6_addresses", addresses6, c.Svc6Addresses},
	} {
		if figure.want != 0 && figure.got != figure.want {
			wrong("%s: got %d, want %d", figure.name, figure.got, figure.want)
		}
	}
	if c.ServiceRange.IsValid() && a.Service != c.ServiceRange {
		wrong("service_range: got %v, want %v", a.Service, c.ServiceRange)
	}
	return faults
}

// assumed is the code of a Service range that the platform takes by itself.
const (
	assumed  = "service_default_assumed"
	appended = "pod_cidrs_appended"
	unset    = "service_ipv6_unset_by_terraform"
)

// codeOf is the code of a fault that a case may expect.
func codeOf(f topology.Fault) string {
	switch e := f.Problem.(type) {
	case topology.Refused:
		return e.Code
	case allocate.NoNodes:
		return "no_node_capacity"
	case allocate.NotAppended:
		return "pod_cidr_not_append_only"
	case allocate.AssumedServiceRange:
		return assumed
	case allocate.Appended:
		return appended
	case topology.UnsetByTerraform:
		return unset
	}
	return ""
}

// plan makes a request of a case and plans it; where Pod ranges were others before, twice.
func (c published) plan() allocate.Result {
	r := c.request()
	if c.PodOld == "" {
		return allocate.Plan(r, profile.Default())
	}
	pin := func(r *allocate.Request, text string) {
		cl := r.Facts.Clusters["cluster"]
		cl.PodCIDRs, cl.Need.MaxNodes = nil, 0
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
	b := builder{topology.Facts{
		Hubs: map[string]topology.Hub{}, VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{}, Clusters: map[string]topology.Cluster{},
	}}
	switch {
	case c.Kind == "ambiguous_at_third":
		b.third(c)
	case len(c.VPC) == 0 && len(c.Nodes) > 0:
		b.facts.Sites["hosts"] = topology.Site{CIDRBlocks: c.Nodes}
		b.cluster("cluster", "hosts", c.cluster())
	default:
		if len(c.VPC) == 0 {
			c.VPC = []netip.Prefix{netip.MustParsePrefix("192.168.0.0/16")}
		}
		b.around(c)
	}
	return allocate.Request{
		Name: "case", Facts: b.facts,
		Supernets:        []netip.Prefix{netip.MustParsePrefix("10.192.0.0/11"), netip.MustParsePrefix("fd12::/40")},
		ServiceSupernets: []netip.Prefix{netip.MustParsePrefix("172.28.0.0/14"), netip.MustParsePrefix("fc00:ffff::/96")},
	}
}

// subnet names a subnet by its range, so that one which is given twice is one.
func subnet(p netip.Prefix) string { return "subnet-" + p.String() }

func subnets(lists ...[]netip.Prefix) map[string]netip.Prefix {
	named := map[string]netip.Prefix{}
	for _, p := range slices.Concat(lists...) {
		named[subnet(p)] = p
	}
	return named
}

// around declares the VPC of a case with its routes, peers and clusters.
func (b builder) around(c published) {
	b.vpc("vpc", c.Profile, c.VPC)
	vpc := b.facts.VPCs["vpc"]
	vpc.Subnets, vpc.Routes = subnets(c.Nodes, c.PodSubnets, c.OtherSubnets, c.Subnets), map[string]topology.Route{}
	for i, route := range c.Routes {
		vpc.Routes[fmt.Sprint("route-", i)] = topology.Route{Destination: route, NextHop: "idc"}
	}
	for i, blocks := range c.Peers {
		peer := fmt.Sprint("peer-", i)
		b.vpc(peer, c.Profile, []netip.Prefix{blocks})
		other := b.facts.VPCs[peer]
		other.Subnets = subnets(c.PeerSubnets)
		if c.Profile == "tencent_ccn" {
			b.facts.Hubs["ccn"] = topology.Hub{Kind: "ccn"}
			vpc.Hubs, other.Hubs = []string{"ccn"}, []string{"ccn"}
		} else {
			vpc.Peers = append(vpc.Peers, peer)
		}
		b.facts.VPCs[peer] = other
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

func (c published) cluster() topology.Cluster {
	if c.ClusterCIDR.IsValid() {
		c.Pod = []netip.Prefix{c.ClusterCIDR}
	}
	if c.SvcIsDefault {
		c.Svc = nil
	}
	cl := neighbour{Profile: c.Profile, Pod: c.Pod, Svc: c.Svc}.cluster()
	cl.Need = profile.Need{
		NodeMask:    c.NodeMask,
		MaxNodes:    max(c.NodesWanted, cl.Need.MaxNodes),
		PodsPerNode: c.MaxPods,
		MaxServices: c.MaxServices,
	}
	for _, p := range c.PodSubnets {
		cl.PodSubnets = append(cl.PodSubnets, subnet(p))
	}
	if len(cl.PodSubnets) == 0 { // the case says nothing of them
		cl.Unknown = append(cl.Unknown, "pod_subnets")
	}
	if len(c.VPC) > 0 {
		for _, p := range c.Nodes {
			cl.NodeSubnets = append(cl.NodeSubnets, subnet(p))
		}
	}
	if len(c.Svc6) > 0 {
		cl.IPFamilies, cl.ServiceIPv6CIDR = topology.Families, c.Svc6[0]
	}
	return cl
}

func (n neighbour) cluster() topology.Cluster {
	cl := topology.Cluster{Profile: n.Profile, PodCIDRs: n.Pod}
	if len(n.Svc) > 0 {
		cl.ServiceCIDR = n.Svc[0]
	}
	p, _ := profile.Default().Profile(n.Profile)
	if len(n.Pod) == 0 && p.Pods.From != profile.Subnets {
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
