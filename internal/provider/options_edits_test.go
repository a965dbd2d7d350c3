package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func parsed(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func clusterAt(name string) topology.Path { return topology.Path{}.Attr("clusters").Key(name) }

// elsewhereOf is a range of the same size that no story uses.
func elsewhereOf(r netip.Prefix) string {
	at := map[bool]string{true: "10.72.0.0", false: "fd77::"}[r.Addr().Is4()]
	if r.Addr().Is4() && netip.MustParsePrefix("172.16.0.0/12").Overlaps(r) {
		at = "172.23.0.0"
	}
	if r.Addr().Is4() && r.Bits() < 16 {
		return r.String()
	}
	return fmt.Sprintf("%s/%d", at, r.Bits())
}

// partyOf is the claim of one of the two parties.
func (f followed) partyOf(owner string) conflict.Claim {
	if f.finding.B != nil && f.finding.B.Owner == owner && f.finding.A.Owner != owner {
		return *f.finding.B
	}
	return f.finding.A
}

// route is the place of the route that takes part.
func (f followed) route() topology.Path { return f.finding.B.At[:len(f.finding.B.At)-1] }

// with is the story with a value at a place.
func (f followed) with(at topology.Path, value any) given {
	return changedAt(f.story, at, value).(given)
}

// changedAt is a value with another one at a place inside of it; what is not there is added.
func changedAt(whole any, at topology.Path, value any) any {
	if len(at) == 0 {
		return value
	}
	switch step := at[0]; {
	case step.Index > 0:
		list := slices.Clone(whole.([]string))
		list[step.Index-1] = value.(string)
		return list
	default:
		inner, _ := whole.(given)
		return having(inner, step.Attr+step.Key, changedAt(inner[step.Attr+step.Key], at[1:], value))
	}
}

// having is a copy of a map with another value.
func having(m given, name string, value any) given {
	out := maps.Clone(m)
	if out == nil {
		out = given{}
	}
	out[name] = value
	return out
}

// without is the story without an entry of a map.
func (f followed) without(attr, name string) given {
	rest := maps.Clone(f.story[attr].(given))
	delete(rest, name)
	return having(f.story, attr, rest)
}

// claimed is the story with one more claim of another workspace.
func (f followed) claimed(claim given) given {
	return having(f.story, "foreign_claims", having(f.story["foreign_claims"].(given), "more", claim))
}

// accept pastes the argument of an acceptance, with a reason and a larger number.
func (f followed) accept() []given {
	accepted := given{}
	for _, entry := range regexp.MustCompile(`"([^"]*)" = \{ reason = "<why>" \}`).FindAllStringSubmatch(f.match[1], -1) {
		key := regexp.MustCompile(`=(\d+)\|`).ReplaceAllStringFunc(entry[1], func(n string) string { return strings.Replace(n, "=", "=1", 1) })
		accepted[key] = given{"reason": "known"}
	}
	return []given{having(f.story, "accepted_conflicts", accepted)}
}

// narrow halves a block of a network, away from the other party.
func (f followed) narrow(c conflict.Claim) given {
	if c.Kind == conflict.Subnet { // which stays in its VPC
		return f.with(c.At, "10.0.200.0/24")
	}
	other := f.finding.A.Range
	if c.ID() == f.finding.A.ID() {
		other = f.finding.B.Range
	}
	for _, at := range []string{"192.168.240.0/24", "172.30.240.0/24", "10.9.240.0/24", "10.0.64.0/24"} {
		if part := netip.MustParsePrefix(at); c.Range.Overlaps(part) && !other.Overlaps(part) {
			return f.with(c.At, at)
		}
	}
	return f.with(c.At, elsewhereOf(netip.PrefixFrom(c.Range.Addr(), 24)))
}

// detach takes the two networks from what joins them, one at a time.
func (f followed) detach() []given {
	var all []given
	for _, c := range []conflict.Claim{f.finding.A, *f.finding.B} {
		for _, attr := range []string{"vpcs", "sites"} {
			networks, _ := f.story[attr].(given)
			network, here := networks[c.Network].(given)
			if !here {
				continue
			}
			apart := having(having(network, "hubs", []string{}), "peers", []string{})
			all = append(all, having(f.story, attr, having(networks, c.Network, apart)))
		}
	}
	return all
}

// ownSubnet adds a subnet to the VPC and names it for the cluster.
func (f followed) ownSubnet(attr string, names []string) given {
	f.story = f.with(topology.Path{}.Attr("vpcs").Key("prod").Attr("subnets").Key("own"), "192.168.128.0/18")
	return f.with(clusterAt(f.finding.A.Owner).Attr(attr), names)
}

// choose is a range that its platform accepts in place of one that it does not.
func (f followed) choose() []given {
	allowed := map[string]string{
		"pod_prefix_out_of_range": "10.72.0.0/20", "service_prefix_out_of_range": "172.23.0.0/20", "pod6_in_forbidden_range": "fd77::/56",
		"pod6_prefix_out_of_range": "fd77::/112", "service6_in_forbidden_range": "fd77::/112", "service6_prefix_out_of_range": "fd77::/112",
		"service6_out_of_allowed_range": "fc77::/112",
	}
	if allowed[f.finding.Code] == "" {
		f.t.Errorf("%s: no range is chosen", f.finding.Code)
		return nil
	}
	if f.story["existing"] != nil { // what the cluster is said to hold changes with it
		f.story = f.without("existing", f.finding.A.Owner)
	}
	return []given{f.with(f.finding.A.At, allowed[f.finding.Code])}
}
