package statefile

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Planner is what a state says of a cidrplan_allocator or cidrplan_blocks.
type Planner struct {
	Object
	// Name is the name of the planner, OfBlocks says that it is a cidrplan_blocks.
	Name     string
	OfBlocks bool
	// Supernets are all ranges that it allocates from, those for Services and pools among them.
	Supernets []netip.Prefix
	// Held are the ranges of clusters or blocks by name, Released those that are reserved, by key.
	Held, Released map[string]Ranges
	// Existing are ranges of clusters or blocks that the planner received and does not manage, Reserved those that it never allocates.
	Existing, Reserved map[string]Ranges
	// Foreign are the claims of other workspaces that the planner received, by key.
	Foreign map[string]topology.Foreign
	// VRFs are those that the planner allocates in, sorted.
	VRFs []string
	// LedgerSerial is that of the last apply which the shared ledger has, 0 without a ledger.
	LedgerSerial int64
	// LedgerToken is the token by which the ledger knows the state, "" where the file does not have it. It is shown to nobody.
	LedgerToken string
}

// LedgerTokenKey is the key of the token in the private data of a planner.
const LedgerTokenKey = "ledger_token"

// ledgerToken reads the token from private data, which a state has as base64 of a JSON object of base64 texts.
func ledgerToken(private string) string {
	packed, err := base64.StdEncoding.DecodeString(private)
	if err != nil {
		return ""
	}
	var data map[string][]byte
	if json.Unmarshal(packed, &data) != nil {
		return ""
	}
	return string(data[LedgerTokenKey])
}

// Ranges are those of one cluster or block.
type Ranges struct {
	// Owner is the cluster or block.
	Owner                         string
	Pods                          []netip.Prefix
	Service, PodIPv6, ServiceIPv6 netip.Prefix
	Aggregate                     netip.Prefix
	Further                       profile.Further
	// Profile, VPC and Meshes are what the planner was given for the cluster, "" where it is not known.
	Profile, VPC string
	Meshes       []string
	// Others are the ranges that the cluster uses beside Pods and Services, by the names of their uses.
	Others map[string][]netip.Prefix
	// Hubs, Peers and VRF are those of the VPC.
	Hubs, Peers []string
	VRF         string
}

// Used are all ranges in use but the growth reserve.
func (r Ranges) Used() []netip.Prefix {
	return slices.DeleteFunc(
		append(append(slices.Clone(r.Pods), r.Service, r.PodIPv6, r.ServiceIPv6), r.Further.All()...),
		func(p netip.Prefix) bool { return !p.IsValid() },
	)
}

// Planners are the planners among the resources of this provider.
func Planners(own []Object) []Planner {
	var all []Planner
	for _, o := range own {
		if blocks := o.Type == ownTypes+"blocks"; blocks || o.Type == ownTypes+"allocator" {
			all = append(all, planner(o, blocks))
		}
	}
	return all
}

func planner(o Object, blocks bool) Planner {
	p := Planner{
		Object: o, Name: textOf(o.Value, "name"), OfBlocks: blocks, VRFs: vrfs(o.Value),
		LedgerToken: ledgerToken(o.private),
		Supernets:   slices.Concat(prefixes(o.Value, "supernets"), prefixes(o.Value, "service_supernets")),
		Held:        map[string]Ranges{}, Released: map[string]Ranges{},
	}
	p.LedgerSerial, _ = strconv.ParseInt(textOf(o.Value, "ledger_serial"), 10, 64) // "" is 0
	for _, pool := range members(member(o.Value, "pools")) {
		p.Supernets = slices.Concat(p.Supernets, prefixes(pool, "supernets"), prefixes(pool, "service_supernets"))
	}
	p.Supernets = distinct(p.Supernets)
	if blocks {
		for name, block := range members(member(o.Value, "cidrs")) {
			if r, fault := cidr.Parse(block.Text()); fault == nil {
				p.Held[name] = Ranges{Owner: name, Pods: []netip.Prefix{r}}
			}
		}
	}
	for name, allocation := range members(member(o.Value, "allocations")) {
		if r := ranges(allocation); !blocks {
			r.Owner = name
			r.addCluster(o.Value, member(member(o.Value, "clusters"), name))
			p.Held[name] = r
		}
	}
	for key, released := range members(member(o.Value, "released")) {
		r := ranges(released)
		if r.Owner = textOf(released, "cluster"); blocks {
			r.Owner, r.Pods = textOf(released, "block"), prefixes(released, "cidr")
		}
		p.Released[key] = r
	}
	p.addReceived()
	return p
}

// vrfs are those of the networks of a planner; that of its blocks where it has no networks.
func vrfs(planner clouds.Value) []string {
	all := map[string]bool{}
	for _, argument := range []string{"vpcs", "sites"} {
		for _, network := range members(member(planner, argument)) {
			all[textOf(network, "vrf")] = true
		}
	}
	if len(all) == 0 {
		return []string{textOf(planner, "vrf")}
	}
	return slices.Sorted(maps.Keys(all))
}

// addCluster adds what the planner was given for the cluster and its network.
func (r *Ranges) addCluster(planner, cluster clouds.Value) {
	r.Profile, r.VPC, r.Meshes = textOf(cluster, "profile"), textOf(cluster, "vpc"), texts(cluster, "meshes")
	r.Others = otherRanges(cluster)
	for _, argument := range []string{"vpcs", "sites"} {
		if network := member(member(planner, argument), r.VPC); network != nil {
			r.Hubs, r.Peers, r.VRF = texts(network, "hubs"), texts(network, "peers"), textOf(network, "vrf")
		}
	}
}

func ranges(v clouds.Value) Ranges {
	r := Ranges{Pods: prefixes(v, "pod_cidrs"), Profile: textOf(v, "profile")}
	for name, to := range map[string]*netip.Prefix{
		"service_cidr": &r.Service, "pod_ipv6_cidr": &r.PodIPv6, "service_ipv6_cidr": &r.ServiceIPv6, "pod_aggregate": &r.Aggregate,
	} {
		if one := prefixes(v, name); len(one) > 0 {
			*to = one[0]
		}
	}
	for _, list := range r.Further.Lists() {
		*list.Ranges = prefixes(v, list.Attr)
	}
	return r
}

// held are the ranges as a planner has them.
func (r Ranges) held() profile.Ranges {
	return profile.Ranges{
		Pods: r.Pods, Service: r.Service, PodIPv6: r.PodIPv6, ServiceIPv6: r.ServiceIPv6, Aggregate: r.Aggregate, Further: r.Further,
	}
}

// AllServices are the Service ranges of both families.
func (r Ranges) AllServices() []netip.Prefix { return r.held().AllServices() }

// AllPods are the Pod ranges of both families, those of IPv4 first.
func (r Ranges) AllPods() []netip.Prefix { return append(slices.Clone(r.Pods), r.held().PodsIPv6()...) }

// member is a member of an object, nil where there is none.
func member(v clouds.Value, name string) clouds.Value {
	if v == nil || v.Kind() != clouds.Map {
		return nil
	}
	return v.Members()[name]
}

// members are the members of an object by name, in no order.
func members(v clouds.Value) map[string]clouds.Value {
	if v == nil || v.Kind() != clouds.Map {
		return nil
	}
	return v.Members()
}

// textOf is a text of an object, "" where it has none or is not known yet.
func textOf(v clouds.Value, name string) string {
	m := member(v, name)
	if m == nil || m.Kind() != clouds.Text {
		return ""
	}
	return m.Text()
}

func texts(v clouds.Value, name string) []string {
	m := member(v, name)
	if m == nil || m.Kind() != clouds.List {
		return nil
	}
	var all []string
	for _, e := range m.Elements() {
		if e.Kind() == clouds.Text {
			all = append(all, e.Text())
		}
	}
	return all
}

// prefixes are the ranges of a list, or a single one.
func prefixes(v clouds.Value, name string) []netip.Prefix {
	list := texts(v, name)
	if one := textOf(v, name); one != "" {
		list = []string{one}
	}
	var all []netip.Prefix
	for _, text := range list {
		if p, fault := cidr.Parse(strings.TrimSpace(text)); fault == nil {
			all = append(all, p)
		}
	}
	return all
}

func distinct(all []netip.Prefix) []netip.Prefix {
	seen := map[netip.Prefix]bool{}
	for _, p := range all {
		seen[p] = true
	}
	return slices.SortedFunc(maps.Keys(seen), netip.Prefix.Compare)
}
