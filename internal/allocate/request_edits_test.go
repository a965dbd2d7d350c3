package allocate

import (
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Edits of options are made in a copy of the request, as far as they are known.
func TestRequestWithTheEditsOfAnOption(t *testing.T) {
	of := func(attr string) topology.Path { return topology.Path{}.Attr("clusters").Key("a").Attr(attr) }
	block := topology.Path{}.Attr("blocks").Key("lb")
	ranges := prefixes("10.9.0.0/24")
	base := func() Request {
		r := request(overlay("a", 8), existing("a", Existing{}), func(r *Request) { r.PreventRelease = []string{"a", "b"} })
		r.Facts.Blocks = map[string]topology.Block{"lb": {PrefixLength: 24}}
		return r
	}
	editing := func(edit func(*topology.Cluster)) func(*Request) {
		return func(r *Request) {
			cl := r.Facts.Clusters["a"]
			edit(&cl)
			r.Facts.Clusters["a"] = cl
		}
	}
	blockOf := func(b topology.Block) func(*Request) { return func(r *Request) { r.Facts.Blocks["lb"] = b } }
	for name, test := range map[string]struct {
		edit topology.Edit
		want func(*Request)
	}{
		"a token": {topology.Set(renumberAt("a"), "1"), func(r *Request) { r.Renumber = map[string]string{"a": "1"} }},
		"a guard": {
			topology.RemoveFrom(topology.Path{}.Attr("prevent_release"), "a"), func(r *Request) { r.PreventRelease = []string{"b"} },
		},
		"an entry of existing": {topology.Remove(topology.Path{}.Attr("existing").Key("a")), func(r *Request) { delete(r.Existing, "a") }},
		"a second cluster": {
			topology.Copy(of("")[:2], topology.Path{}.Attr("clusters").Key("a-2")),
			func(r *Request) { r.Facts.Clusters["a-2"] = r.Facts.Clusters["a"] },
		},
		"a second block": {
			topology.Copy(block, topology.Path{}.Attr("blocks").Key("lb-2")),
			func(r *Request) { r.Facts.Blocks["lb-2"] = r.Facts.Blocks["lb"] },
		},
		"nodes": {
			topology.Set(of("max_nodes"), topology.AtMost(7)), editing(func(cl *topology.Cluster) { cl.Need.MaxNodes = 7 }),
		},
		"no nodes":         {topology.Remove(of("max_nodes")), editing(func(cl *topology.Cluster) { cl.Need.MaxNodes = 0 })},
		"Services":         {topology.Set(of("max_services"), int64(7)), editing(func(cl *topology.Cluster) { cl.Need.MaxServices = 7 })},
		"Pods of a node":   {topology.Set(of("pods_per_node"), 7), editing(func(cl *topology.Cluster) { cl.Need.PodsPerNode = 7 })},
		"nodes of a surge": {topology.Set(of("surge_nodes"), 7), editing(func(cl *topology.Cluster) { cl.Need.SurgeNodes = 7 })},
		"a Pod length": {
			topology.Set(of("pod_prefix_length"), topology.AtLeast(20)), editing(func(cl *topology.Cluster) { cl.Need.PodLength = 20 }),
		},
		"a Service length": {
			topology.Set(of("service_prefix_length"), 20), editing(func(cl *topology.Cluster) { cl.Need.ServiceLength = 20 }),
		},
		"a mask": {topology.Set(of("node_cidr_mask"), 25), editing(func(cl *topology.Cluster) { cl.Need.NodeMask = 25 })},
		"an IPv6 mask": {
			topology.Set(of("node_ipv6_cidr_mask"), 64), editing(func(cl *topology.Cluster) { cl.Need.NodeIPv6Mask = 64 }),
		},
		"a growth reserve": {topology.Set(of("reserve_prefix_length"), 18), editing(func(cl *topology.Cluster) { cl.ReserveLength = 18 })},
		"ranges to append": {
			topology.Set(of("append_ranges"), []string{"pods"}), editing(func(cl *topology.Cluster) { cl.AppendRanges = []string{"pods"} }),
		},
		"families": {
			topology.Set(of("ip_families"), []string{"ipv4"}), editing(func(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4"} }),
		},
		"earlier names": {topology.Remove(of("previous_names")), editing(func(cl *topology.Cluster) { cl.PreviousNames = nil })},
		"a profile":     {topology.Set(of("profile"), "cilium"), editing(func(cl *topology.Cluster) { cl.Profile = "cilium" })},
		"a VPC":         {topology.Set(of("vpc"), "ali"), editing(func(cl *topology.Cluster) { cl.VPC = "ali" })},
		"Pod ranges":    {topology.Set(of("pod_cidrs"), ranges), editing(func(cl *topology.Cluster) { cl.PodCIDRs = ranges })},
		"further ranges": {
			topology.Set(of("further_service_cidrs"), ranges), editing(func(cl *topology.Cluster) { cl.Further.Services = ranges }),
		},
		"a Service range": {
			topology.Set(of("service_cidr"), ranges[0]), editing(func(cl *topology.Cluster) { cl.ServiceCIDR = ranges[0] }),
		},
		"no IPv6 range": {
			topology.Remove(of("pod_ipv6_cidr")), editing(func(cl *topology.Cluster) { cl.PodIPv6CIDR = netip.Prefix{} }),
		},
		"the length of a block": {
			topology.Set(block.Attr("prefix_length"), topology.AtLeast(25)), blockOf(topology.Block{PrefixLength: 25}),
		},
		"the addresses of a block": {
			topology.Set(block.Attr("addresses"), int64(9)), blockOf(topology.Block{PrefixLength: 24, Addresses: 9}),
		},
		"the range of a block": {
			topology.Set(block.Attr("cidr"), ranges[0]), blockOf(topology.Block{PrefixLength: 24, CIDR: ranges[0]}),
		},
		"no range of a block":          {topology.Remove(block.Attr("cidr")), blockOf(topology.Block{PrefixLength: 24})},
		"the earlier names of a block": {topology.Remove(block.Attr("previous_names")), blockOf(topology.Block{PrefixLength: 24})},
	} {
		r, want := base(), base()
		test.want(&want)
		if want.Renumber == nil {
			want.Renumber = map[string]string{}
		}
		got, names, ok := r.following([]topology.Edit{test.edit})
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %t and\n%+v, want\n%+v", name, ok, got, want)
		}
		if at := test.edit.At; (len(at) > 1 && at[0].Attr != "existing") != slices.Contains(names, at[len(at[:min(len(at), 2)])-1].Key) {
			t.Errorf("%s: it is about %v", name, names)
		}
		if !reflect.DeepEqual(r, base()) {
			t.Errorf("%s: the request was changed", name)
		}
	}
	for name, edit := range map[string]topology.Edit{
		"another list":                    topology.RemoveFrom(topology.Path{}.Attr("supernets"), "a"),
		"a range that is added":           topology.Add(topology.Path{}.Attr("prevent_release"), "a"),
		"another map":                     topology.Remove(topology.Path{}.Attr("vpcs").Key("own")),
		"a token of another kind":         topology.Set(renumberAt("a"), topology.FreshToken),
		"a cluster that is not declared":  topology.Set(topology.Path{}.Attr("clusters").Key("b").Attr("max_nodes"), 1),
		"a block that is not declared":    topology.Set(topology.Path{}.Attr("blocks").Key("b").Attr("prefix_length"), 1),
		"a copy of what is not declared":  topology.Copy(of("")[:2].Sibling("b"), of("")[:2].Sibling("c")),
		"an argument that is not of size": topology.Set(of("pool"), "p"),
		"words in place of a number":      topology.Set(of("max_nodes"), topology.MostNodes),
		"words in place of a range":       topology.Set(of("pod_cidrs"), topology.PodRangesIfAny),
		"words in place of one range":     topology.Set(of("service_cidr"), topology.PodRangesIfAny),
		"words in place of a profile":     topology.Set(of("profile"), topology.PriorProfile),
		"a list that is added to":         topology.Add(of("pod_cidrs"), ranges[0]),
		"another argument of a block":     topology.Set(block.Attr("pool"), "p"),
		"a name":                          topology.Rename(of("")[:2], "b"),
		"another resource": topology.Set(of("max_nodes"), 1).Within(
			topology.Resource{Origin: topology.Origin{Kind: "allocator", Name: "x"}},
		),
	} {
		if _, _, ok := base().following([]topology.Edit{edit}); ok {
			t.Errorf("%s is followed", name)
		}
	}
}
