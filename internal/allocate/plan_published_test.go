package allocate_test

import (
	"bytes"
	"cmp"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// testdata/cases.yaml and cases_2.yaml hold worked plans that platforms publish, or that follow from a
// published rule, each with its verdict and figures.

// links are cases of VPCs without clusters, with their platform.
var links = map[string]string{
	"huawei_vpc_peering": "huaweicloud", "tencent_peering": "tencentcloud", "tencent_ccn": "tencentcloud", "aws_vpc": "aws",
}

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
	further      `yaml:",inline"`
}

// neighbour is another cluster, with its VPC if it is in one of its own.
type neighbour struct {
	Profile       string
	VPC, Pod, Svc []netip.Prefix
}

func TestPublishedCases(t *testing.T) {
	seen := map[string]bool{}
	for file, count := range map[string]int{"cases.yaml": 58, "cases_2.yaml": 116} {
		cases := readCases(t, file)
		if len(cases) != count {
			t.Errorf("%s has %d cases, want %d", file, len(cases), count)
		}
		for _, c := range cases {
			if seen[c.ID] {
				t.Errorf("%s is there twice", c.ID)
			}
			seen[c.ID] = true
			t.Run(c.ID, func(t *testing.T) { c.compare(t) })
		}
	}
	for id := range withoutVerdict {
		if !seen[id] {
			t.Errorf("withoutVerdict names %s, which is no case", id)
		}
	}
}

// compare fails where a case is not as published, and where one that withoutVerdict lists is.
func (c published) compare(t *testing.T) {
	t.Helper()
	faults := c.check()
	missing, listed := withoutVerdict[c.ID]
	switch {
	case !listed:
		for _, fault := range faults {
			t.Error(fault)
		}
	case len(faults) == 0:
		t.Errorf("the case is as published, so withoutVerdict must not list it (%s)", missing)
	}
}

func readCases(t *testing.T, name string) []published {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
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
	if c.PodText != "" {
		c.checkText(wrong)
		return faults
	}
	if missing := c.missingProfiles(); len(missing) > 0 {
		return append(faults, fmt.Sprintf("no profile %s", missing))
	}
	c.checkInternal(wrong)
	c = c.fill()
	result := c.plan(wrong)
	codes := map[profile.Level][]string{}
	c.readFaults(result.Faults, codes, wrong)
	c.readFindings(result.Findings, codes, wrong)
	c.checkNeeded(result.Findings, wrong)
	c.checkVerdict(codes[profile.Error], codes[profile.Warn], wrong)
	a, planned := result.Allocations["cluster"]
	if clustered := links[c.Profile] == "" && c.Kind == ""; clustered && !planned && c.Expect != "error" && !c.audited() {
		wrong("the cluster has no allocation")
	}
	c.checkFigures(a, wrong)
	return faults
}

// readFaults adds the codes of faults, without those that no verdict of a platform is about.
func (c published) readFaults(faults []topology.Fault, codes map[profile.Level][]string, wrong func(string, ...any)) {
	for _, f := range faults {
		level := profile.Error
		if f.Warn {
			level = profile.Warn
		}
		code := codeOf(f)
		if code == "" {
			wrong("a fault without a code: %v", f)
		}
		beside := code == assumed && c.SvcIsDefault || (code == appended || code == extended) && c.PodOld != "" || code == unset
		if !beside {
			codes[level] = append(codes[level], code)
		}
	}
}

// readFindings adds the codes of findings.
func (c published) readFindings(findings []conflict.Finding, codes map[profile.Level][]string, wrong func(string, ...any)) {
	for _, f := range findings {
		f.Code = cmp.Or(renamedCodes[f.Code], f.Code)
		if f.Code == c.Code && f.Rule.ErrorCode != c.ErrorCode && c.ErrorCode != "" {
			wrong("%s has the platform's code %q, want %q", f.Code, f.Rule.ErrorCode, c.ErrorCode)
		}
		codes[f.Rule.Level] = append(codes[f.Rule.Level], f.Code) // also between networks alone, which stops no allocator
		if f.Rule.Text == "" || f.Rule.Level > profile.Allow && profile.Default().Cite(f.Rule) == "" {
			wrong("%s cites nothing: %+v", f.Code, f.Rule)
		}
	}
}

// checkVerdict compares the codes of errors and warnings with the verdict that is published.
func (c published) checkVerdict(errors, warnings []string, wrong func(string, ...any)) {
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
}

// assumed is the code of a Service range that the platform takes by itself.
const (
	assumed  = "service_default_assumed"
	appended = "pod_cidrs_appended"
	extended = "pod_cidr_extended"
	unset    = "service_ipv6_unset_by_terraform"
)

// The codes of the cases for faults that name an argument or a list.
var (
	changedCodes  = map[string]string{"pod_cidrs": "pod_cidr_fixed", "pod_subnets": "pod_subnet_removed"}
	unservedCodes = map[string]string{
		"pods_per_node": "pods_per_node_over_block", "max_nodes": "too_many_nodes", "node_cidr_mask": "node_mask_too_long",
	}
	contradictedCodes = map[string]string{"max_nodes": "too_many_nodes"}
	// renamedCodes are those of rules that the cases name otherwise.
	renamedCodes = map[string]string{"nodes_over_cap": "too_many_nodes"}
	tooManyCodes = map[topology.Listed]string{topology.ListedSubnets: "too_many_pod_subnets", topology.ListedRanges: "pod_cidr_fixed"}
)

// codeOf is the code of a fault that a case may expect.
func codeOf(f topology.Fault) string {
	switch e := f.Problem.(type) {
	case topology.Refused:
		return e.Code
	case allocate.NoNodes:
		return "no_node_capacity"
	case allocate.Changed:
		return changedCodes[e.Argument]
	case allocate.NeedNotServed:
		return unservedCodes[e.SizeError.Argument]
	case topology.Contradicting:
		return contradictedCodes[f.At[len(f.At)-1].Attr]
	case topology.TooMany:
		return tooManyCodes[e.Of]
	case allocate.NotSuperset:
		return "pod_cidr_not_superset"
	case allocate.BaseChanged:
		return "pod_cidr_base_changed"
	case allocate.ExtendedPods:
		if e.Clusters[0].Profile.Change.Pods.Does == profile.Replaces {
			return "pod_change_replaces_cluster"
		}
		return extended
	case topology.NotAccepted:
		if f.At[len(f.At)-1].Attr == "further_service_cidrs" {
			return "service_two_of_one_family"
		}
	case allocate.NotAppended:
		return "pod_cidr_not_append_only"
	case allocate.DNSAddress:
		return e.Code
	case allocate.AssumedRanges:
		return assumed
	case allocate.Appended:
		return appended
	case topology.UnsetByTerraform:
		return unset
	}
	return ""
}

// plan makes a request of a case and plans it; where ranges or subnets were others before, twice. It compares how many nodes were served
// then.
func (c published) plan(wrong func(string, ...any)) allocate.Result {
	now, before := c.request(), c.request()
	switch {
	case c.PodOld != "":
		pinPods(before, c.PodOld)
		pinPods(now, c.PodNew)
	case c.SubnetRemoved:
		cl := now.Facts.Clusters["cluster"]
		cl.PodSubnets = cl.PodSubnets[:1]
		now.Facts.Clusters["cluster"] = cl
	case c.audited():
		found := allocate.Audit(now, topology.WhatIf{}, profile.Default())
		return allocate.Result{Findings: found.Findings, Faults: found.Faults}
	default:
		return allocate.Plan(now, profile.Default())
	}
	was := allocate.Plan(before, profile.Default()).Allocations
	if served := was["cluster"].Usable.Nodes; c.NodesBefore != 0 && served != c.NodesBefore {
		wrong("%d nodes were served, want %d", served, c.NodesBefore)
	}
	now.Prior = &allocate.Prior{Facts: before.Facts, Allocations: was}
	return allocate.Plan(now, profile.Default())
}
