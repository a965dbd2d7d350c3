package provider_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// expr is an expression of Terraform's language; other values are written as literals.
type expr string

// asHCL is a value in Terraform's language.
func asHCL(v any) string {
	switch v := v.(type) {
	case expr:
		return string(v)
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, asHCL(e))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case map[string]any:
		var all []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			all = append(all, fmt.Sprintf("%q = %s", key, asHCL(v[key])))
		}
		return "{ " + strings.Join(all, ", ") + " }"
	}
	literal, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(literal)
}

// member is a cluster or a block of a planner.
type member struct {
	profile, vpc, previous string
	nodes, perNode, length int
	// services is how many Services are asked for, beside those of before.
	services     int
	dual, pinned bool
}

// planner is an allocator, or a cidrplan_blocks, that is edited at random.
type planner struct {
	*rand.Rand
	name, kind string
	// base is the start of the blocks of its VPCs, and life is the number of its life.
	base, life          int
	supernets, services []any
	// claims is the expression for its foreign claims.
	claims  expr
	members map[string]*member
	// vpcs are the names of its VPCs by what they are, renamed is the one that has another name since this edit.
	vpcs     map[string]string
	renamed  [2]string
	former   []string
	tokens   map[string]any
	reclaim  []any
	reserved string
	route    int
	// unknown are the places that are given through the output of a terraform_data, which is unknown whenever
	// its inputs or token change. inputs are what it was given last.
	unknown map[string]bool
	token   int
	inputs  map[string]any
	// held and released are what the state has, upstream is the planner whose outputs this one is given.
	held, released map[string]any
	upstream       *planner
}

func (p *planner) address() string { return "cidrplan_" + p.kind + "." + p.name }

func (p *planner) ofBlocks() bool { return p.kind == "blocks" }

// platforms are those of the VPCs of an allocator, by what they are.
var platforms = map[string]string{"ali": "alicloud", "hw": "huaweicloud", "own": "generic", "more": "generic"}

// homes are the VPCs that clusters of a profile can be in.
var homes = map[string][]string{
	"ack-flannel": {"ali"}, "ack-terway": {"ali"}, "cce-vpc-router": {"hw"}, "cce-turbo": {"hw"},
	"kubernetes-routed": {"own", "more"}, "kubernetes-overlay": {"own", "more"},
}

// through is a value at a place, given directly or through an output.
func (p *planner) through(place string, v any) any {
	if !p.unknown[place] {
		return v
	}
	p.inputs[place] = v
	return expr(fmt.Sprintf("terraform_data.%s.output[%q]", p.name, place))
}

// config is the planner in Terraform's language.
func (p *planner) config() string {
	p.inputs = map[string]any{}
	body := map[string]any{
		"name": p.name, "supernets": p.supernets, "renumber": p.tokens, "reclaim": p.reclaim,
		"foreign_claims": p.through("claims", p.claims),
	}
	if p.reserved != "" {
		body["reserved"] = map[string]any{"later": map[string]any{"cidr": p.through("reserved", p.reserved)}}
	}
	members := map[string]any{}
	for name, m := range p.members {
		members[name] = p.declared(name, m)
	}
	if p.ofBlocks() {
		body["blocks"] = members
	} else {
		body["clusters"], body["service_supernets"] = members, p.services
		body["hubs"] = map[string]any{fmt.Sprint("h", p.life): map[string]any{"kind": "cen"}}
		body["sites"] = map[string]any{fmt.Sprint("idc", p.life): map[string]any{
			"cidr_blocks": []any{p.through("site", fmt.Sprintf("192.168.%d.0/24", p.life))}, "hubs": []any{fmt.Sprint("h", p.life)},
		}}
		body["vpcs"] = p.networks()
	}
	var out strings.Builder
	if len(p.inputs) > 0 {
		fmt.Fprintf(&out, "resource \"terraform_data\" %q {\n  input = %s\n  triggers_replace = %d\n}\n", p.name, asHCL(p.inputs), p.token)
	}
	fmt.Fprintf(&out, "resource \"cidrplan_%s\" %q {\n", p.kind, p.name)
	for _, name := range slices.Sorted(maps.Keys(body)) {
		fmt.Fprintf(&out, "  %s = %s\n", name, asHCL(body[name]))
	}
	return out.String() + "}\n"
}

func (p *planner) networks() map[string]any {
	vpcs, third := map[string]any{}, 0
	for _, what := range slices.Sorted(maps.Keys(p.vpcs)) {
		name := p.vpcs[what]
		block := fmt.Sprintf("172.%d.%d.0/18", p.base, 64*third)
		v := map[string]any{
			"platform": platforms[what], "cidr_blocks": []any{p.through("block/"+what, block)}, "hubs": []any{fmt.Sprint("h", p.life)},
			"route_quota": 4000,
		}
		if platforms[what] == "generic" {
			v["routes"] = map[string]any{
				"vpn": map[string]any{
					"destination": p.through("route/"+what, fmt.Sprintf("192.168.%d.0/24", 100+p.route)),
					"next_hop":    "vpn",
				},
			}
		} else {
			v["subnets"] = map[string]any{"pods": p.through("subnet/"+what, strings.Replace(block, "/18", "/19", 1))}
		}
		if name == p.renamed[0] {
			v["previous_names"] = []any{p.renamed[1]}
		}
		vpcs[name] = v
		third++
	}
	return vpcs
}

// declared is a cluster or block as it is given.
func (p *planner) declared(name string, m *member) map[string]any {
	out := map[string]any{}
	if m.previous != "" {
		out["previous_names"] = []any{p.through("previous/"+name, m.previous)}
	}
	if p.ofBlocks() {
		if held, _ := p.held[cmp.Or(m.previous, name)].(string); m.pinned && held != "" {
			out["cidr"] = held
			return out
		}
		out["prefix_length"] = p.through("length/"+name, m.length)
		return out
	}
	out["vpc"], out["profile"] = p.vpcs[m.vpc], p.through("profile/"+name, m.profile)
	out["max_nodes"], out["max_services"] = p.through("nodes/"+name, m.nodes), p.through("services/"+name, 100+m.services)
	if m.appends() {
		out["append_ranges"] = []any{"pods", "services"}
	}
	if m.perNode != 0 {
		out["pods_per_node"] = p.through("perNode/"+name, m.perNode)
	}
	if m.dual {
		out["ip_families"] = []any{"ipv4", "ipv6"}
	}
	if podsInSubnets(m.profile) {
		out["pod_subnets"] = []any{"pods"}
	}
	if held, _ := p.held[cmp.Or(m.previous, name)].(map[string]any); m.pinned && held != nil {
		if !podsInSubnets(m.profile) {
			out["pod_cidrs"] = held["pod_cidrs"]
			delete(out, "max_nodes")
		}
		out["service_cidr"] = held["service_cidr"]
		for _, further := range furtherLists {
			if held[further] != nil {
				out[further] = held[further]
			}
		}
	}
	return out
}

// furtherLists are the attributes of ranges that were appended, beside Pod ranges of IPv4.
var furtherLists = []string{"further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs"}

// appends says whether the platform of a cluster appends Service ranges, and Pod ranges of both families.
func (m *member) appends() bool { return strings.HasPrefix(m.profile, "kubernetes-") }

func podsInSubnets(profile string) bool { return profile == "ack-terway" || profile == "cce-turbo" }

// places are all that can be given through an output, as the planner is now.
func (p *planner) places() []string {
	all := []string{"claims", "reserved"}
	for name := range p.members {
		all = append(all, "previous/"+name)
		if p.ofBlocks() {
			all = append(all, "length/"+name)
		} else {
			all = append(all, "profile/"+name, "nodes/"+name, "services/"+name, "perNode/"+name)
		}
	}
	if !p.ofBlocks() {
		all = append(all, "site")
		for what := range p.vpcs {
			all = append(all, "block/"+what, "subnet/"+what, "route/"+what)
		}
	}
	slices.Sort(all)
	return all
}
