package allocate

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Of four claims whose names have slashes, none hides another one.
func TestClaimsWhoseNamesHaveSlashesStayApart(t *testing.T) {
	odd := "reserved/10.0.0.0/16"
	r := request(func(r *Request) {
		r.Facts.VPCs = map[string]topology.VPC{
			"a": {CIDRBlocks: prefixes("192.168.0.0/24")}, "b": {CIDRBlocks: prefixes("192.168.0.0/24"), VRF: odd},
		}
	}, reserved("x", "10.0.0.0/16"), reserved("x/"+odd, "10.0.0.0/16"))
	var keys []string
	for key, c := range r.OutgoingClaims(nil, nil, profile.Default()) {
		if c.Kind == topology.ForeignReserved {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if want := []string{
		"x%2Freserved%2F10.0.0.0%2F16/reserved/10.0.0.0/16", "x%2Freserved%2F10.0.0.0%2F16/reserved/10.0.0.0/16/reserved%2F10.0.0.0%2F16",
		"x/reserved/10.0.0.0/16", "x/reserved/10.0.0.0/16/reserved%2F10.0.0.0%2F16",
	}; !slices.Equal(keys, want) {
		t.Errorf("got %q, want %q", keys, want)
	}
}

// Names of any script do wherever a name does, and routes have any text as a key.
func TestNamesInChinese(t *testing.T) {
	const net = "生产网络"
	in := func(name string) string { return net + "-" + name }
	r := request(func(r *Request) {
		r.Name = in("分配器")
		r.Pools[in("池")] = Pool{Supernets: prefixes("10.0.0.0/17"), ServiceSupernets: prefixes("172.20.0.0/17")}
		r.Facts.Hubs[in("枢纽")] = topology.Hub{VRF: in("域")}
		r.Facts.Sites[in("机房")] = topology.Site{CIDRBlocks: prefixes("10.64.0.0/16"), Hubs: []string{in("枢纽")}, VRF: in("域")}
		r.Facts.VPCs = map[string]topology.VPC{net: {
			Platform: "alicloud", CIDRBlocks: prefixes("192.168.0.0/16"), Hubs: []string{in("枢纽")}, VRF: in("域"),
			Subnets: map[string]netip.Prefix{in("子网"): prefix("192.168.0.0/20")},
			Routes: map[string]topology.Route{
				"::/0": {
					Destination: prefix("::/0"),
				}, "10.0.0.0/18": {Destination: prefix("10.0.0.0/18"), NextHop: "vpn"},
				"经 VPN（备）": {Destination: prefix("10.65.0.0/16"), NextHop: "vpn"},
			},
		}}
	}, reserved(in("保留"), "10.0.64.0/20"), cluster(net, "ack-flannel", lengths(20, 22, 26), func(cl *topology.Cluster) {
		cl.VPC, cl.Pool, cl.Meshes, cl.NodeSubnets, cl.PreviousNames = net, in(
			"池",
		), []string{
			in("网格"),
		}, []string{
			in("子网"),
		}, []string{
			in("旧"),
		}
	}))
	result := planned(t, r)
	if got := list(result.Allocations[net].Pods); got != "10.0.80.0/20" {
		t.Errorf("the cluster has Pods %s", got)
	}
	claims := r.OutgoingClaims(result.Allocations, result.Released, profile.Default())
	if c, ok := claims[net+"/pod/10.0.80.0/20"]; !ok || c.VRF != in("域") {
		t.Errorf("the claims are %v", claims)
	}
	second := request(func(r *Request) { r.Facts.Foreign = claims }, shopOf)
	planned(t, second)

	pinned := edited(r, func(r *Request) {
		cl := r.Facts.Clusters[net]
		cl.PodCIDRs, cl.Need.PodLength = prefixes("10.0.0.0/20"), 0
		r.Facts.Clusters[net] = cl
	})
	refused := Plan(pinned, profile.Default())
	key := "pod_overlaps_route|10.0.0.0/20|" + net + "+" + net + ":10.0.0.0/18"
	if !slices.ContainsFunc(
		refused.Findings,
		func(f conflict.Finding) bool { return f.Key().String() == key && f.Level() == profile.Error },
	) {
		t.Errorf("no finding has the key %s: %s", key, allReports(refused))
	}
	pinned.Settings.Accepted = map[string]topology.Acceptance{key: {Reason: "测试"}}
	planned(t, pinned)

	odd := blocks(ofLength(net, 20), func(r *Request) { r.Name, r.Facts.VRF = in("地址块"), in("域") })
	if got := planned(t, odd); !got.Allocations[net].Block.IsValid() || strings.Contains(allReports(got), "BadName") {
		t.Errorf("blocks: %v %s", got.Allocations, allReports(got))
	}
}
