package clouds

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// nimbus is the catalog of a fictitious cloud.
func nimbus() *Catalog {
	p := &Platform{Name: "nimbus", Types: map[string]*Type{
		"nimbus_vpc": {Argument: VPCs}, "data.nimbus_vpcs": {Argument: VPCs}, "nimbus_block": {Argument: VPCBlocks},
		"nimbus_subnet": {Argument: Subnets}, "nimbus_hub": {Argument: Gateways, HubKind: "generic"},
		"nimbus_attachment": {Argument: Attachments}, "nimbus_peering": {Argument: Peerings},
		"nimbus_table": {Argument: RouteTables, RoutesIn: "routes"}, "nimbus_route": {Argument: Routes},
		"nimbus_hub_route": {Argument: HubRoutes}, "nimbus_list": {Argument: PrefixLists},
		"nimbus_gateway": {Argument: SiteGateways}, "nimbus_line": {Argument: Connections},
		"nimbus_cluster": {Argument: Clusters},
	}}
	for name, t := range p.Types {
		t.Name = name
	}
	return &Catalog{platforms: map[string]*Platform{"nimbus": p}}
}

// typeOf is the resource type of an argument of nimbus.
func typeOf(argument Argument) *Type {
	return nimbus().Platform("nimbus").Of(argument)[0]
}

// notYet stands for a value that is known only after apply.
const notYet = "(known after apply)"

// text is a text, or one that is known only after apply.
func text(s string) Known[string] {
	if s == notYet {
		return afterApply[string]()
	}
	return known(s)
}

// texts are a list, known only after apply where one of its elements is.
func texts(all ...string) Known[[]string] {
	for _, s := range all {
		if s == notYet {
			return afterApply[[]string]()
		}
	}
	return known(all)
}

func refs(ids ...string) Refs {
	var out Refs
	for _, id := range ids {
		out = append(out, text(id))
	}
	return out
}

// world is the objects of nimbus, which edits make.
type world struct{ given Given }

// add adds an object.
func (w world) add(argument Argument, key string, object Object) world {
	object.Type = typeOf(argument)
	return w.addOf(argument, key, object)
}

func (w world) addOf(argument Argument, key string, object Object) world {
	object.Counts = known(true)
	if w.given[argument].Of == nil {
		w.given[argument] = Objects{Of: map[string]Object{}, At: topology.Path{}.Attr("nimbus").Attr(string(argument))}
	}
	w.given[argument].Of[key] = object
	return w
}

func newWorld() world { return world{Given{}} }

// joined are the facts of the objects, which have no faults.
func (w world) joined(t *testing.T) Facts {
	t.Helper()
	facts, faults := nimbus().Join(map[string]Given{"nimbus": w.given})
	if len(faults) > 0 {
		t.Fatalf("got %v", faults)
	}
	return facts
}

// vpc is a VPC, subnet a subnet.
func vpc(id string, blocks ...string) Object { return Object{IDs: refs(id), CIDRs: texts(blocks...)} }

func subnet(vpcID, block string) Object { return Object{VPC: refs(vpcID), CIDRs: texts(block)} }

// otherPaths are the paths of the ranges that a cluster of a type uses beside Pods and Services.
func otherPaths(typ *Type) []string {
	var out []string
	for _, use := range sortedKeys(typ.OtherRanges) {
		out = append(out, typ.OtherRanges[use]...)
	}
	return out
}

// shownText, shownList and shownMap write values as one line; "?" is known after apply.
func shownText(s Known[string]) string {
	if s.AfterApply {
		return "?"
	}
	return s.Value
}

func shownList(list Known[[]string]) string {
	if list.AfterApply {
		return "?"
	}
	return strings.Join(list.Value, ",")
}

func shownMap[T any](m Known[map[string]T], show func(T) string) string {
	if m.AfterApply {
		return "?"
	}
	var all []string
	for _, key := range sortedKeys(m.Value) {
		all = append(all, key+"="+show(m.Value[key]))
	}
	return strings.Join(all, " ")
}

// ofVPCs is one attribute of all VPCs: prod=… test=….
func ofVPCs(facts Facts, attribute func(VPC) string) string {
	return shownMap(facts.VPCs, func(v VPC) string { return "{" + attribute(v) + "}" })
}

// wantUnplaced checks which objects are unplaced: their places, or "?".
func wantUnplaced(t *testing.T, facts Facts, want string) {
	t.Helper()
	got := "?"
	if !facts.Unplaced.AfterApply {
		got = strings.Join(sortedKeys(facts.Unplaced.Value), " ")
	}
	if got != want {
		t.Errorf("unplaced: got %s, want %s", got, want)
	}
}
