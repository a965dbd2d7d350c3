package provider

import (
	"net/netip"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// allocationsValue is the value of allocations. Of deferred clusters what follows from their profile is
// known.
func allocationsValue(catalog *profile.Catalog, request allocate.Request, result allocate.Result) any {
	all := map[string]any{}
	for name, a := range result.Allocations {
		all[name] = allocationValues(catalog, a)
	}
	for _, name := range result.Deferred {
		all[name] = values.EachKnownAfterApply{}
		if pending, known := request.Pending(name, catalog); known {
			all[name] = pendingValues(catalog, pending)
		}
	}
	return all
}

// pendingValues are those of a deferred cluster. The object of its platform is known and the others are null,
// so that a for_each can select clusters by platform.
func pendingValues(catalog *profile.Catalog, pending allocate.Pending) map[string]any {
	out := map[string]any{}
	for name, f := range allocationFields(catalog) {
		out[name] = values.KnownAfterApply{}
		if f.Shape == values.Object {
			out[name] = values.EachKnownAfterApply{}
		}
	}
	for name, output := range catalog.Outputs() {
		out[name] = nil
		if name == pending.Output {
			out[name] = pendingArguments(output, pending.Values)
		}
	}
	out["pod_subnets"] = subnetValues(pending.PodSubnets, pending.SubnetsUnknown)
	if pending.NoPodRanges {
		out["pod_cidr"], out["pod_cidrs"], out["pod_aggregate"] = nil, nil, nil
	}
	return out
}

func pendingArguments(output profile.Output, known map[string]string) map[string]any {
	out := map[string]any{}
	for name, attribute := range output.Attributes {
		out[name] = values.KnownAfterApply{}
		if text, is := known[name]; is {
			out[name] = argument(attribute, text)
		}
	}
	return out
}

func allocationValues(catalog *profile.Catalog, a allocate.Allocation) map[string]any {
	out := rangeValues(a.Ranges)
	out["usable"] = map[string]any{
		"nodes":         orNull(a.Usable.Nodes),
		"pods_per_node": orNull(a.Usable.PodsPerNode),
		"services":      a.Usable.Services,
	}
	if len(a.Pods) > 0 {
		out["pod_cidr"] = a.Pods[0].String()
	}
	out["pod_subnets"] = subnetValues(a.PodSubnets, a.SubnetsUnknown)
	arguments := map[string]any{}
	for name, attribute := range catalog.Outputs()[a.Output].Attributes {
		arguments[name] = argument(attribute, a.Values[name])
		if a.PodsUnknown && attribute.Grows() || a.ExtensionUnknown && attribute.OfFirstPods() ||
			a.OthersUnknown && attribute.OfOtherRange() {
			arguments[name] = values.KnownAfterApply{}
		}
	}
	out[a.Output] = arguments
	usable := out["usable"].(map[string]any)
	if a.PodsUnknown {
		out["pod_cidrs"], usable["nodes"] = values.KnownAfterApply{}, values.KnownAfterApply{}
		if a.PodIPv6.IsValid() {
			out["further_pod_ipv6_cidrs"] = values.KnownAfterApply{}
		}
	}
	if a.ExtensionUnknown {
		out["pod_cidr"], out["pod_cidrs"], usable["nodes"] = values.KnownAfterApply{}, values.KnownAfterApply{}, values.KnownAfterApply{}
	}
	if a.ServicesUnknown {
		out["further_service_cidrs"], usable["services"] = values.KnownAfterApply{}, values.KnownAfterApply{}
		if a.ServiceIPv6.IsValid() {
			out["further_service_ipv6_cidrs"] = values.KnownAfterApply{}
		}
	}
	return out
}

// subnetValues makes the value of pod_subnets, null where there are none. A CIDR that is not known yet is
// unknown beside the name.
func subnetValues(subnets []allocate.Subnet, unknown bool) any {
	if unknown {
		return values.KnownAfterApply{}
	}
	if len(subnets) == 0 {
		return nil
	}
	var out []map[string]any
	for _, s := range subnets {
		contents := map[string]any{"name": s.Name, "cidr": values.KnownAfterApply{}}
		if s.CIDR.IsValid() {
			contents["cidr"] = s.CIDR.String()
		}
		out = append(out, contents)
	}
	return out
}

// readSubnets reads pod_subnets of a state.
func readSubnets(n *values.Node) []allocate.Subnet {
	var out []allocate.Subnet
	for _, s := range n.List("pod_subnets") {
		out = append(out, allocate.Subnet{Name: s.Text("name"), CIDR: s.Prefix("cidr")})
	}
	return out
}

// orNull is a count, or null for none.
func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func rangeOrNull(p netip.Prefix) any {
	if !p.IsValid() {
		return nil
	}
	return p.String()
}

// argument gives a value the type of the cloud resource's argument; an empty one is null.
func argument(attribute profile.OutputAttribute, value string) any {
	if value == "" {
		return nil
	}
	switch attribute.Type {
	case "bool":
		return value == "true"
	case "number":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			panic(err) // the profile's data says that it is a number
		}
		return n
	case "list":
		return listArgument(attribute, value)
	}
	return value
}

// listArgument is the value of a list of texts or of objects.
func listArgument(attribute profile.OutputAttribute, value string) any {
	var texts []string
	var objects []map[string]any
	for _, element := range attribute.Elements(value) {
		texts = append(texts, element[""])
		object := map[string]any{}
		for field, text := range element {
			object[field] = text
		}
		objects = append(objects, object)
	}
	if attribute.Fields == nil {
		return texts
	}
	return objects
}

// readAllocations reads what a state holds, every output as it is there.
func readAllocations(catalog *profile.Catalog, state *values.Node) map[string]allocate.Allocation {
	return values.Each(state, "allocations", func(n *values.Node) allocate.Allocation {
		a := allocate.Allocation{
			Ranges:     readRanges(n),
			PodSubnets: readSubnets(n),
		}
		if usable := n.Child("usable"); usable != nil {
			a.Usable = profile.Usable{
				Nodes:       usable.Number("nodes"),
				PodsPerNode: usable.Number("pods_per_node"),
				Services:    usable.Number("services"),
			}
		}
		for name, output := range catalog.Outputs() {
			if held := n.Child(name); held != nil {
				a.Output, a.Values = name, heldArguments(output, held)
			}
		}
		return a
	})
}

func heldArguments(output profile.Output, held *values.Node) map[string]string {
	out := map[string]string{}
	for name, attribute := range output.Attributes {
		text := ""
		switch attribute.Type {
		case "number":
			if n := held.Number(name); n != 0 {
				text = strconv.FormatInt(n, 10)
			}
		case "bool":
			if on := held.Flag(name); on != nil {
				text = strconv.FormatBool(*on)
			}
		case "list":
			text = attribute.Joined(heldElements(attribute, held, name))
		default:
			text = held.Text(name)
		}
		if text != "" {
			out[name] = text
		}
	}
	return out
}

// heldElements reads a list of texts or of objects.
func heldElements(attribute profile.OutputAttribute, held *values.Node, name string) []map[string]string {
	var out []map[string]string
	if attribute.Fields == nil {
		for _, text := range held.Texts(name) {
			out = append(out, map[string]string{"": text})
		}
		return out
	}
	for _, n := range held.List(name) {
		element := map[string]string{}
		for _, field := range attribute.Fields {
			element[field] = n.Text(field)
		}
		out = append(out, element)
	}
	return out
}

// holds says whether an allocation in a state is one: an import leaves none.
func holds(allocations map[string]allocate.Allocation) bool {
	for _, a := range allocations {
		if a.Held() {
			return true
		}
	}
	return false
}
