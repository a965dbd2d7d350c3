package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// partyOf is a claim to 10.0.0.0/20.
func partyOf(kind conflict.Kind, owner string, edits ...func(*conflict.Claim)) conflict.Claim {
	c := conflict.Claim{Kind: kind, Owner: owner, Range: prefix("10.0.0.0/20"), At: topology.Path{}.Attr("clusters").Key(owner).Attr("x")}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

// inPart gives a claim the name of a subnet or route.
func inPart(name string) func(*conflict.Claim) { return func(c *conflict.Claim) { c.Part = name } }

func seenOutside(c *conflict.Claim) { c.Visibility = conflict.SeenOutside }

func TestNamesOfParties(t *testing.T) {
	described := func(c *conflict.Claim) { c.Description = "for later" }
	ofBlock := func(c *conflict.Claim) { c.OwnerKind = conflict.BlockOwner }
	for want, c := range map[string]conflict.Claim{
		`Pod range 10.0.0.0/20 of cluster "a"`:                              partyOf(conflict.Pod, "a"),
		`Pod range 10.0.0.0/20 of cluster "a" (for later)`:                  partyOf(conflict.Pod, "a", described),
		`subnet "p" (10.0.0.0/20) of cluster "a"`:                           partyOf(conflict.Pod, "a", inPart("p")),
		`Service range 10.0.0.0/20 of cluster "a"`:                          partyOf(conflict.Service, "a"),
		`Service range 10.0.0.0/20 (the platform's default) of cluster "a"`: partyOf(conflict.Service, "a", assumedClaim),
		`subnet "p" (10.0.0.0/20) of VPC "a"`:                               partyOf(conflict.Subnet, "a", inPart("p")),
		`block "a" (10.0.0.0/20)`:                                           partyOf(conflict.Block, "a"),
		`block 10.0.0.0/20 of VPC "a"`:                                      partyOf(conflict.VPC, "a"),
		`range 10.0.0.0/20 that VPC "a" advertises`:                         partyOf(conflict.VPC, "a", seenOutside),
		`block 10.0.0.0/20 of site "a"`:                                     partyOf(conflict.Site, "a"),
		`range 10.0.0.0/20 that site "a" advertises (for later)`:            partyOf(conflict.Site, "a", seenOutside, described),
		`route "r" to 10.0.0.0/20 of VPC "a"`:                               partyOf(conflict.Route, "a", inPart("r")),
		`range 10.0.0.0/20 reserved for growth of cluster "a"`:              partyOf(conflict.GrowthReserve, "a", described),
		`released range 10.0.0.0/20 of cluster "a"`:                         partyOf(conflict.Released, "a"),
		`released range 10.0.0.0/20 of block "a"`:                           partyOf(conflict.Released, "a", ofBlock),
		`range 10.0.0.0/20 of existing cluster "a" (not declared here)`:     partyOf(conflict.Existing, "a"),
		`reserved range 10.0.0.0/20 "a" (for later)`:                        partyOf(conflict.Reserved, "a", described),
		`supernet 10.0.0.0/20 of "a" (this workspace)`:                      partyOf(conflict.Supernet, "a"),
	} {
		if got := Party(c); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func assumedClaim(c *conflict.Claim) { c.Source = conflict.Assumed }

// of is a finding of Pods of cluster a, and of another party if there is one.
func of(code string, level profile.Level, b *conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
	f := conflict.Finding{
		Code: code, Rule: profile.Rule{Level: level, Text: "no overlap"},
		A: partyOf(conflict.Pod, "a"), B: b, Shared: prefix("10.0.0.0/24"),
	}
	for _, edit := range edits {
		edit(&f)
	}
	return f
}

func TestWhatOneFindingSays(t *testing.T) {
	flannel := shipped(t, "ack-flannel")
	with := func(c conflict.Claim) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.A = c }
	}
	ofProfile := func(f *conflict.Finding) { f.A.Profile = flannel }
	ofVPC := func(f *conflict.Finding) { f.VPCPlatform = "Alibaba Cloud"; f.A = partyOf(conflict.VPC, "prod") }
	web := partyOf(conflict.Pod, "web")
	web.At = topology.Path{}.Attr("clusters").Key("web").Attr("pod_subnets").At(0)
	nodes := web
	nodes.At = topology.Path{}.Attr("clusters").Key("web").Attr("node_subnets").At(0)
	for want, f := range map[string]conflict.Finding{
		`Block 10.0.0.0/20 of VPC "prod" is a secondary block, and VPC "prod" has peers.`: of(
			"vpc_secondary_peered", profile.Error, nil, ofVPC,
		),
		`Block "lb" (10.0.0.0/20) contains addresses that no network can use.`: of(
			"block_in_forbidden_range", profile.Error, nil, with(partyOf(conflict.Block, "lb")),
		),
		`Block 10.0.0.0/20 of VPC "prod" contains addresses that no network can use.`: of(
			"vpc_in_forbidden_range", profile.Error, nil, ofVPC, func(f *conflict.Finding) { f.A.Platform = profile.Generic },
		),
		`Block 10.0.0.0/20 of VPC "prod" is not accepted by Alibaba Cloud.`: of("vpc_in_forbidden_range", profile.Error, nil, ofVPC),
		`Pod range 10.0.0.0/20 of cluster "a" is not accepted by ` + flannel.Title + `.`: of(
			"pod_in_forbidden_range", profile.Error, nil, ofProfile,
		),
		`Pod range 10.0.0.0/20 of cluster "a" is not recommended on ` + flannel.Title + `.`: of(
			"pod_in_forbidden_range", profile.Warn, nil, ofProfile,
		),
		`Pod range 10.0.0.0/20 of cluster "a" is accepted by ` + flannel.Title + `, with a note.`: of(
			"pod_in_forbidden_range", profile.Allow, nil, ofProfile,
		),
		`Subnet "p" (10.0.0.0/20) is used by Pods of cluster "a" and by Pods of cluster "web".`: of(
			"pod_subnet_shared", profile.Error, &web, with(partyOf(conflict.Pod, "a", inPart("p"))),
		),
		`Subnet "p" (10.0.0.0/20) is used by Pods of cluster "a" and by nodes of cluster "web".`: of(
			"pod_subnet_shared", profile.Error, &nodes, with(partyOf(conflict.Pod, "a", inPart("p"))),
		),
		`Pod range 10.0.0.0/20 of cluster "a" and Pod range 10.0.0.0/20 of cluster "web" share 10.0.0.0/24.`: of("x", profile.Error, &web),
		`Route "r" to 10.0.0.0/20 of VPC "prod" and Pod range 10.0.0.0/20 of cluster "web" share 10.0.0.0/24.`: of(
			"x", profile.Error, &web, with(partyOf(conflict.Route, "prod", inPart("r"))),
		),
	} {
		if got := single(f); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestWhatAFindingOnANumberSays(t *testing.T) {
	flannel := shipped(t, "ack-flannel")
	counting := func(unit conflict.Unit, level profile.Level) conflict.Finding {
		return of("nodes_over_cap", level, nil, func(f *conflict.Finding) {
			f.A.Profile, f.A.Network, f.VPCPlatform = flannel, "prod", "Alibaba Cloud"
			f.Number, f.Limit = conflict.Figure{Unit: unit, Value: 9}, conflict.Figure{Unit: unit, Value: 5}
			f.Terms = []conflict.Term{{Of: conflict.NodesOfCluster, Cluster: "a", Value: 9}}
		})
	}
	for want, f := range map[string]conflict.Finding{
		`The node blocks of cluster "a" are 9 bits longer than its Pod range 10.0.0.0/20; on ` + flannel.Title +
			` they may be at most 5 bits longer.`: counting(conflict.MaskBits, profile.Error),
		`VPC "prod" needs routes for the nodes of its clusters and its declared routes: 9 routes (nodes of "a"). The limit of its route ` +
			`table is 5.`: counting(conflict.Routes, profile.Error),
		`VPC "a" has 9 secondary blocks, and Alibaba Cloud accepts at most 5.`: counting(conflict.VPCBlocks, profile.Error),
		`VPC "a" has 9 secondary blocks, and Alibaba Cloud advises at most 5.`: counting(conflict.VPCBlocks, profile.Warn),
		`The clusters in these subnets of VPC "prod" need 9 addresses (nodes of "a"). The subnets have 5, without addresses that the ` +
			`platform reserves and those in reserved.`: counting(conflict.Addresses, profile.Error),
		`Cluster "a" on ` + flannel.Title + ` requests 9 nodes. The limit is 5 nodes.`: counting(conflict.Nodes, profile.Error),
		`Cluster "a" on ` + flannel.Title + ` requests 9 nodes. More than 5 nodes are not recommended, or require a ` +
			`higher quota.`: counting(conflict.Nodes, profile.Warn),
	} {
		if got := single(f); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestHowTheNetworksOfPartiesAreConnected(t *testing.T) {
	b := func(network string) *conflict.Claim {
		c := partyOf(conflict.Pod, "b", func(c *conflict.Claim) { c.Network = network })
		return &c
	}
	supernet := partyOf(conflict.Supernet, "k8s")
	unplaced := partyOf(conflict.Pod, "b", func(c *conflict.Claim) { c.Unplaced = true })
	between := func(a string, other *conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		return of("x", profile.Error, other, append(edits, func(f *conflict.Finding) { f.A.Network = a })...)
	}
	inMesh := func(f *conflict.Finding) { f.Mesh, f.Hub = "m", "cen" }
	onHub := func(f *conflict.Finding) { f.Hub = "cen" }
	byThird := func(f *conflict.Finding) { f.Third, f.Hub = "mid", "cen" }
	for name, test := range map[string]struct {
		finding conflict.Finding
		want    string
	}{
		"members of a mesh":               {between("x", b("y"), inMesh), `; both clusters are members of mesh "m"`},
		"a supernet":                      {between("x", &supernet, onHub), ""},
		"the other one is somewhere":      {between("x", &unplaced, onHub), ""},
		"the first one is somewhere":      {between("x", b("y"), onHub, func(f *conflict.Finding) { f.A.Unplaced = true }), ""},
		"a third network reaches both":    {between("x", b("y"), byThird), `; "mid" is connected to both and can reach only one`},
		"on a hub":                        {between("x", b("y"), onHub), `; both networks are attached to hub "cen"`},
		"peers":                           {between("x", b("y")), `; networks "x" and "y" are peers`},
		"one network":                     {between("x", b("x")), ""},
		"the first one is in no network":  {between("", b("y")), ""},
		"the other one is in no network":  {between("x", b("")), ""},
		"neither of both is in a network": {between("", b("")), ""},
	} {
		if got := meeting(test.finding); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestLinesOnARule(t *testing.T) {
	p := Writer{Catalog: profile.Default()}
	rule := profile.Rule{Level: profile.Warn, Text: "no overlap"}
	refused := rule
	refused.ErrorCode, refused.Override = "InvalidCidr", "skip_check"
	sourced := shipped(t, "ack-flannel").RuleFor(profile.PodRoute, nil)
	for name, test := range map[string]struct {
		rule  profile.Rule
		parts []string
	}{
		"no source":       {rule, []string{"Rule: x (warn). No overlap.", "!Source", "!Error code", "!does not check"}},
		"with a source":   {sourced, []string{"Rule: x (error). ", "\nSource: "}},
		"of the platform": {refused, []string{"Error code of the platform: InvalidCidr", "does not check this with skip_check = true"}},
	} {
		var lines string
		for _, line := range p.rule("x", test.rule) {
			lines += line + "\n"
		}
		wantParts(t, name, lines, test.parts...)
	}
}

func TestPlacesHaveLabels(t *testing.T) {
	c := partyOf(conflict.Pod, "a")
	if got, want := place(c), `clusters["a"].x`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c.Labels = map[string]string{"owner": "net", "env": "lab"}
	if got, want := place(c), `clusters["a"].x (env = lab, owner = net)`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A sentence begins with a capital letter, and names keep their spelling.
func TestSentencesKeepTheSpellingOfNames(t *testing.T) {
	for text, want := range map[string]string{
		"no route":                "No route",
		"each VPC":                "Each VPC",
		"fe80::/10 is link-local": "fe80::/10 is link-local",
		"::/8 holds loopback":     "::/8 holds loopback",
		"kube-apiserver accepts":  "kube-apiserver accepts",
		"kubeadm requires":        "kubeadm requires",
		"kOps accepts":            "kOps accepts",
		"Übergang":                "Übergang",
		"":                        "",
	} {
		if got := Capital(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
