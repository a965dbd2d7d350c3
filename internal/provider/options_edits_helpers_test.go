package provider

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// follow makes the edits of an option in a world in which a resource reports, one world for each value that the option offers.
func (w world) follow(by topology.Origin, o topology.Option) []world {
	worlds := []world{w}
	for _, e := range o.Edits {
		var next []world
		for _, in := range worlds {
			next = append(next, in.edited(by, e)...)
		}
		worlds = next
	}
	return worlds
}

// edited makes one edit.
func (w world) edited(by topology.Origin, e topology.Edit) []world {
	if e.In.OtherWorkspace {
		return []world{w.with(by, editedElsewhere(w.config[by], e))}
	}
	if e.In.Name != "" {
		by = e.In.Origin
	}
	if do, ok := e.Do.(topology.Renaming); ok && e.At[0].Attr == "name" {
		return []world{w.renamed(by, do.To)}
	}
	var worlds []world
	for _, config := range editedConfigs(w.config[by], e) {
		worlds = append(worlds, w.with(by, config))
	}
	return worlds
}

// editedConfigs are the configurations that one edit of a configuration offers.
func editedConfigs(config given, e topology.Edit) []given {
	list, _ := valueAt(config, e.At).([]string)
	switch do := e.Do.(type) {
	case topology.Setting:
		var configs []given
		for _, value := range valuesToSet(config, e.At, do.Value) {
			configs = append(configs, changedAt(config, e.At, value).(given))
		}
		return configs
	case topology.Adding:
		if of, is := do.Value.(topology.ClaimsOf); is {
			known, _ := valueAt(config, e.At).(given)
			return []given{changedAt(config, e.At, withClaims{known, topology.Origin(of)}).(given)}
		}
		return []given{changedAt(config, e.At, append(slices.Clone(list), do.Value.(string))).(given)}
	case topology.RemovingFrom:
		rest := slices.DeleteFunc(slices.Clone(list), func(name string) bool { return name == do.Value })
		if len(rest) == len(list) {
			panic(fmt.Sprintf("%q is not in %s = %v", do.Value, e.At, list))
		}
		return []given{changedAt(config, e.At, rest).(given)}
	case topology.Removing:
		return []given{removedAt(config, e.At)}
	case topology.Renaming:
		return []given{renamedAt(config, e.At, do.To)}
	}
	panic(fmt.Sprintf("nothing is known of edits of type %T", e.Do))
}

// valuesToSet are the values that an edit offers for an argument.
func valuesToSet(config given, at topology.Path, value any) []any {
	switch v := value.(type) {
	case topology.FirstOf:
		var values []any
		for _, one := range v {
			values = append(values, one)
		}
		return values
	case topology.BackTo:
		return []any{v.Was}
	case topology.AtMost:
		if v > 1 {
			return []any{int64(v), int64(v) - 1}
		}
		return []any{int64(v)}
	case topology.AtLeast:
		return []any{int64(v), 2 * int64(v)}
	case topology.PartInUse:
		return []any{restOf(valueAt(config, at).(string), v.Without)}
	case topology.OutsideOf:
		return []any{elsewhereOf(v, valueAt(config, at))}
	case topology.UserValue:
		if v == topology.NewToken {
			return []any{"a new one"}
		}
		return []any{allowedInsteadOf(valueAt(config, at).(string))}
	}
	return []any{asWritten(at, value)}
}

// allowedInsteadOf is a value that a platform allows in place of one that it does not.
func allowedInsteadOf(value string) string {
	allowed := allowedInstead[value]
	if allowed == "" {
		panic(fmt.Sprintf("no value is known that is allowed in place of %v", value))
	}
	return allowed
}

// asWritten is the value of an edit as a configuration has it.
func asWritten(at topology.Path, value any) any {
	entry, is := value.(topology.Entry)
	if !is {
		return value
	}
	if at[0].Attr == "accepted_conflicts" { // a reason is asked for
		return given{"reason": "known"}
	}
	return given{entry.Attr: entry.Value}
}

// editedElsewhere is a configuration with the claims of another workspace after an edit there.
func editedElsewhere(config given, e topology.Edit) given {
	claims, all := config["foreign_claims"].(given), given{}
	holder := e.In.Name
	if e.In.Kind == conflict.Blocks {
		holder = topology.OfBlocks(e.In.Name)
	}
	for key, c := range claims {
		claim := c.(given)
		named, _ := claim["allocator"].(string)
		kind := claim["kind"].(string)
		if named != holder {
			all[key] = claim
			continue
		}
		switch do := e.Do.(type) {
		case topology.Adding:
			if kind == "released" && claim["owner"] == do.Value {
				continue
			}
		case topology.Removing:
			if claim["owner"] == e.At[1].Key && (kind == "reserved" || kind == "existing") {
				continue
			}
		case topology.Setting:
			if ranges, is := do.Value.(topology.OutsideOf); is && (kind == "supernet" || kind == "other") {
				claim = having(claim, "cidr", elsewhereOf(ranges, claim["cidr"]))
			}
			if do.Value == topology.NewToken && claim["owner"] == e.At[1].Key {
				claim = having(claim, "cidr", elsewhereOf([]netip.Prefix{netip.MustParsePrefix(claim["cidr"].(string))}, claim["cidr"]))
			}
		}
		all[key] = claim
	}
	if set, is := e.Do.(topology.Setting); is {
		switch value := set.Value.(type) {
		case topology.Entry:
			all["more"] = given{"owner": e.At[1].Key, "kind": "reserved", "cidr": value.Value, "allocator": holder}
		case []string:
			all["more"] = given{"owner": holder, "kind": "supernet", "cidr": value[0], "allocator": holder}
		}
	}
	return having(config, "foreign_claims", all)
}

// valueAt is the value at a place of a configuration, nil where there is none.
func valueAt(whole any, at topology.Path) any {
	if len(at) == 0 {
		return whole
	}
	if list, is := whole.([]string); is && at[0].Index > 0 && at[0].Index <= len(list) {
		return list[at[0].Index-1]
	}
	inner, _ := whole.(given)
	return valueAt(inner[at[0].Attr+at[0].Key], at[1:])
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

// removedAt is a configuration without an argument or entry, which is there.
func removedAt(config given, at topology.Path) given {
	last := at[len(at)-1]
	inner, _ := valueAt(config, at[:len(at)-1]).(given)
	if _, there := inner[last.Attr+last.Key]; !there {
		panic(fmt.Sprintf("there is no %s", at))
	}
	rest := maps.Clone(inner)
	delete(rest, last.Attr+last.Key)
	return changedAt(config, at[:len(at)-1], rest).(given)
}

// renamedAt is a configuration in which an entry has another name, also where networks are named by it.
func renamedAt(config given, at topology.Path, to string) given {
	last := at[len(at)-1]
	value := valueAt(config, at)
	config = changedAt(removedAt(config, at), append(at[:len(at)-1:len(at)-1], topology.Step{Key: to}), value).(given)
	clusters, _ := config["clusters"].(given)
	for name, c := range clusters {
		if c.(given)["vpc"] == last.Key && last.Key != "" && at[0].Attr != "existing" {
			config = changedAt(config, clusterAt(name).Attr("vpc"), to).(given)
		}
	}
	return config
}

// renamed is the world in which a declaration has another name.
func (w world) renamed(by topology.Origin, to string) world {
	now := topology.Origin{Kind: by.Kind, Name: to}
	all, order := maps.Clone(w.config), slices.Clone(w.order)
	all[now] = all[by]
	delete(all, by)
	order[slices.Index(order, by)] = now
	return world{order, all}
}

func clusterAt(name string) topology.Path { return topology.Path{}.Attr("clusters").Key(name) }

// having is a copy of a map with another value.
func having(m given, name string, value any) given {
	out := maps.Clone(m)
	if out == nil {
		out = given{}
	}
	out[name] = value
	return out
}

// restOf is the largest part of a range without others.
func restOf(text string, without []netip.Prefix) string {
	rest := cidr.NewSet(netip.MustParsePrefix(text)).Minus(cidr.NewSet(without...)).Prefixes()
	if len(rest) == 0 {
		panic(fmt.Sprintf("nothing is left of %s without %v", text, without))
	}
	return slices.MinFunc(rest, func(a, b netip.Prefix) int { return a.Bits() - b.Bits() }).String()
}

// elsewhereOf is a value of the same kind and size that shares no address with ranges, nor with anything that stories have.
func elsewhereOf(ranges []netip.Prefix, was any) any {
	if list, is := was.([]string); is {
		var out []string
		for range list {
			out = append(out, elsewhereOf(ranges, "10.240.0.0/12").(string))
		}
		return out
	}
	text, _ := was.(string)
	if text == "" {
		text = ranges[0].String()
	}
	r := netip.MustParsePrefix(text)
	for _, at := range []string{"10.72.0.0", "10.208.0.0", "10.224.0.0", "10.240.0.0", "10.128.0.0", "172.28.0.0", "fd77::", "fc77::"} {
		if from := netip.MustParseAddr(at); from.Is4() == r.Addr().Is4() {
			other := netip.PrefixFrom(from, r.Bits()).Masked()
			if other.Addr() == from && !slices.ContainsFunc(ranges, other.Overlaps) {
				return other.String()
			}
		}
	}
	panic(fmt.Sprintf("no range in place of %s: %s", text, strings.Trim(fmt.Sprint(ranges), "[]")))
}
