package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAdopt(t *testing.T) {
	r := run(t, append([]string{"adopt"}, fixtures...)...)
	if r.exit != OK || r.err != "" {
		t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
	}
	wantGolden(t, "adopt", r.out)
}

// What no plan accepts is a comment with its reason: a VPC without blocks and what refers to it, a subnet outside of its VPC, a cluster
// whose Pods are in subnets that the state does not name. Names of users are text, never configuration.
func TestAdoptOfWhatCannotBeDeclared(t *testing.T) {
	r := run(t, "adopt", "hard.tfstate")
	if r.exit != OK || r.err != "" || strings.Contains(r.out, "To correct first:") {
		t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
	}
	wantGolden(t, "adopt.hard", r.out)
}

// Each site names the object that it is from: a connection, a route of a hub, an entry of its prefix list, or the hub with addresses of its
// own. A VPN connection to which the hub has a route is not among what is missing.
func TestAdoptNamesTheObjectOfEachSite(t *testing.T) {
	r := run(t, "adopt", "aws.tfstate")
	if r.exit != OK || r.err != "" || strings.Contains(r.out, "Not among what is declared") || strings.Contains(r.out, "S3CRET") {
		t.Errorf("exit code %d, on standard error %q\n%s", r.exit, r.err, r.out)
	}
	for site, object := range map[string]string{
		"192.168.0.0/16": "aws_ec2_transit_gateway_route.office", "10.200.0.0/16": "aws_ec2_transit_gateway_prefix_list_reference.lan",
		"10.254.0.0/24": "aws_ec2_transit_gateway.prod", "172.20.0.0/22": "aws_ec2_client_vpn_endpoint.clients",
	} {
		_, before, _ := strings.Cut(r.out, "# "+object+" (aws.tfstate)\nresource \"cidrplan_site\"")
		if block, _, _ := strings.Cut(before, "\n}"); !strings.Contains(block, `cidr_blocks = ["`+site+`"]`) {
			t.Errorf("%s: not below %s in\n%s", site, object, r.out)
		}
	}
}

func TestAdoptWritesANewFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cidrplan.tf")
	args := append([]string{"adopt", "--name", "prod", "--supernet", "10.64.0.0/10,172.20.0.0/14", "--output", file}, fixtures...)
	if r := run(t, args...); r.exit != OK || r.out != "" {
		t.Fatalf("exit code %d\n%s%s", r.exit, r.out, r.err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`resource "cidrplan_allocator" "prod" {`, `supernets = ["10.64.0.0/10", "172.20.0.0/14"]`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file lacks %s:\n%s", want, text)
		}
	}
	if r := run(t, args...); r.exit != Error || !strings.Contains(r.err, file) {
		t.Errorf("an existing file: exit code %d, on standard error %q", r.exit, r.err)
	}
}

func TestAdoptRefusesWrongFlags(t *testing.T) {
	for _, args := range [][]string{{"--name", "a b"}, {"--name", ""}, {"--supernet", "10.0.0.1/8"}} {
		if r := run(t, append(append([]string{"adopt"}, args...), fixtures...)...); r.exit != Error || r.out != "" {
			t.Errorf("%q: exit code %d", args, r.exit)
		}
	}
}

func TestIdentifiersAreUnique(t *testing.T) {
	taken := map[string]bool{}
	for _, test := range []struct{ name, want string }{
		{"prod", "prod"}, {"prod.eu", "prod_eu"}, {"prod/eu", "prod_eu_2"}, {"0a", "_0a"}, {"-", "_-"}, {"数据", "__"}, {"", "_"},
		{"prod eu", "prod_eu_3"}, {"9a", "_9a"}, {"Az-Z9_", "Az-Z9_"}, {"a\xffb", "a_b"},
	} {
		if got := identifier(test.name, taken); got != test.want {
			t.Errorf("%q: %q, want %q", test.name, got, test.want)
		}
	}
}

// What resources of this provider declare is written again, because another configuration needs it as well. Nothing of it is lost.
func TestAdoptOfWhatResourcesOfThisProviderDeclare(t *testing.T) {
	state := stateOf(
		[3]string{"cidrplan_hub", "cen", `{"name": "cen", "kind": "cen", "vrf": "blue",
			"accepted_conflicts": {"vpc_overlaps_peer|10.0.0.0/16|lab+prod": {"reason": "a merger", "until": "2027-06-30"}}}`},
		[3]string{
			"cidrplan_site",
			"idc",
			`{"name": "idc", "cidr_blocks": ["172.31.0.0/16"], "advertised_cidrs": ["10.9.0.0/16"], "vrf": "blue"}`,
		},
		[3]string{
			"cidrplan_vpc",
			"prod",
			`{"name": "prod", "cidr_blocks": ["10.0.0.0/16"], "hubs": ["cen"], "vrf": "blue", "route_quota": 99}`,
		},
		[3]string{"cidrplan_vpc", "lab", `{"name": "lab", "cidr_blocks": ["10.0.0.0/16"], "hubs": ["cen"], "vrf": "blue"}`},
		clusterOf("10.64.0.0/18", "prod"),
	)
	r := runWith(t, IO{In: strings.NewReader(state)}, "adopt", "-")
	for _, want := range []string{
		"# cidrplan_vpc.prod (stdin) declares it already. In that configuration, use it instead of this block.",
		"  kind = \"cen\"\n  vrf  = \"blue\"\n", "  route_quota = 99\n", "advertised_cidrs = [\"10.9.0.0/16\"]\n",
		`"vpc_overlaps_peer|10.0.0.0/16|lab+prod" = { reason = "a merger", until = "2027-06-30" }`,
		`shop = { vpc = "prod", profile = "ack-flannel" }`, `pod_cidrs      = ["10.64.0.0/18"]`,
	} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the configuration lacks %s:\n%s%s", want, r.out, r.err)
		}
	}
	if strings.Contains(r.out, "found by cidrplan") {
		t.Errorf("an accepted conflict is written as a new one:\n%s", r.out)
	}
}
