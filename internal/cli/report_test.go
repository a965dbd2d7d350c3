package cli

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// inventoryOf has an object at each place, named after it.
func inventoryOf(places ...topology.Path) *inventory {
	in := &inventory{declaredBy: map[string]statefile.Object{}}
	for _, at := range places {
		in.declaredBy[at.String()] = statefile.Object{Type: "t", Name: at.String()}
	}
	return in
}

// place is that of an object of an argument in an inventory.
func place(argument clouds.Argument, name string) topology.Path {
	return topology.Path{}.Attr(string(argument)).Key(name)
}

func TestResourceThatAPartyIsFrom(t *testing.T) {
	vpc, site := topology.Path{}.Attr("vpcs").Key("prod"), topology.Path{}.Attr("sites").Key("idc")
	claim := topology.Path{}.Attr("foreign_claims")
	in := inventoryOf(
		place(clouds.VPCs, "prod"), place(clouds.Subnets, "pods"), place(clouds.Routes, "vpn"), place(clouds.RouteTables, "table"),
		place(clouds.Connections, "idc"), place(clouds.HubRoutes, "idc2"), place(clouds.Gateways, "cen"), place(clouds.Clusters, "shop"),
	)
	in.planners = []statefile.Planner{
		{Name: "k8s", Object: statefile.Object{Name: "allocator"}},
		{Name: "k8s", OfBlocks: true, Object: statefile.Object{Name: "blocks"}},
		{Name: "lock", Object: statefile.Object{Name: "lock"}},
	}
	at := func(at topology.Path) messages.AuditParty { return messages.AuditParty{At: at} }
	for name, test := range map[string]struct {
		party messages.AuditParty
		want  string // the name of the object; "" for none
	}{
		"a VPC":                             {at(vpc), `vpcs["prod"]`},
		"a block of a VPC":                  {at(vpc.Attr("cidr_blocks").At(0)), `vpcs["prod"]`},
		"a subnet":                          {at(vpc.Attr("subnets").Key("pods")), `subnets["pods"]`},
		"a subnet that is no resource":      {at(vpc.Attr("subnets").Key("own")), `vpcs["prod"]`},
		"all subnets, of which one is it":   {messages.AuditParty{At: vpc.Attr("subnets"), Part: "pods"}, `subnets["pods"]`},
		"a route":                           {at(vpc.Attr("routes").Key("vpn")), `routes["vpn"]`},
		"a route of a route table":          {at(vpc.Attr("routes").Key("table/10.0.0.0/8")), `route_tables["table"]`},
		"all routes, of which one is it":    {messages.AuditParty{At: vpc.Attr("routes"), Part: "vpn"}, `routes["vpn"]`},
		"a site":                            {at(site), `connections["idc"]`},
		"a site of a route of a hub":        {at(topology.Path{}.Attr("sites").Key("idc2/10.0.0.0/8")), `hub_routes["idc2"]`},
		"the addresses of a hub itself":     {at(topology.Path{}.Attr("sites").Key("cen/own")), `gateways["cen"]`},
		"a hub":                             {at(topology.Path{}.Attr("hubs").Key("cen")), `gateways["cen"]`},
		"a cluster":                         {at(topology.Path{}.Attr("clusters").Key("shop")), `clusters["shop"]`},
		"ranges of a cluster":               {at(topology.Path{}.Attr("existing").Key("shop").Attr("pod_cidrs").At(0)), `clusters["shop"]`},
		"an object that is not there":       {at(topology.Path{}.Attr("clusters").Key("web")), ""},
		"no place":                          {messages.AuditParty{}, ""},
		"all VPCs":                          {at(topology.Path{}.Attr("vpcs")), ""},
		"a range of an allocator":           {messages.AuditParty{Allocator: "k8s", At: vpc}, "allocator"},
		"a range of blocks":                 {messages.AuditParty{Allocator: topology.OfBlocks("k8s"), At: vpc}, "blocks"},
		"a range of other blocks":           {messages.AuditParty{Allocator: topology.OfBlocks("net"), At: vpc}, ""},
		"a range of an unknown allocator":   {messages.AuditParty{Allocator: "web", At: vpc}, ""},
		"a claim of nobody":                 {at(claim.Key("vpcs")), ""},
		"a claim with the name of a VPC":    {at(claim.Key("prod")), ""},
		"a claim of a lock, by its holder":  {messages.AuditParty{Allocator: "lock", At: claim.Key("x")}, "lock"},
		"a place of a VPC without its name": {at(topology.Path{}.Attr("vpcs").At(0)), ""},
	} {
		o, is := in.source(test.party)
		if is != (test.want != "") || o.Name != test.want {
			t.Errorf("%s: got %q, %t, want %q", name, o.Name, is, test.want)
		}
	}
}

func TestKeysThatANameMayComeFrom(t *testing.T) {
	for name, want := range map[string][]string{
		"a": {"a"}, "a+": {"a"}, "a/10.0.0.0/8": {"a/10.0.0.0/8", "a/10.0.0.0", "a"}, "/a": {"/a", ""}, "": {""},
	} {
		if got := keysOf(name); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
