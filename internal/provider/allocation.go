package provider

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// encodeAllocations makes the value of allocations. Deferred clusters are unknown.
func encodeAllocations(catalog *profile.Catalog, result allocate.Result) attr.Value {
	all := map[string]any{}
	for name, a := range result.Allocations {
		all[name] = allocationValues(catalog, a)
	}
	for _, name := range result.Deferred {
		all[name] = nil
	}
	return encode(allocatorResults(catalog)["allocations"], all)
}

func allocationValues(catalog *profile.Catalog, a allocate.Allocation) map[string]any {
	var pods []string
	for _, p := range a.Pods {
		pods = append(pods, p.String())
	}
	out := map[string]any{
		"pod_cidr": pods[0], "pod_cidrs": pods, "service_cidr": a.Service.String(), "node_cidr_mask": int64(a.NodeMask),
		"usable": map[string]any{"nodes": a.Usable.Nodes, "pods_per_node": a.Usable.PodsPerNode, "services": a.Usable.Services},
	}
	arguments := map[string]any{}
	for name, attribute := range catalog.Outputs()[a.Output].Attributes {
		arguments[name] = argument(attribute, a.Values[name])
	}
	out[a.Output] = arguments
	return out
}

// argument gives a value the type of the cloud resource's argument; an empty one is null.
func argument(attribute profile.OutputAttribute, value string) any {
	if value == "" {
		return nil
	}
	if attribute.Type == "number" {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			panic(err) // the profile's data says that it is a number
		}
		return n
	}
	return value
}

// readAllocations reads what a state holds, every output as it stands there.
func readAllocations(catalog *profile.Catalog, state types.Object) map[string]allocate.Allocation {
	r := &reader{}
	return each(r.root(state, nil), "allocations", func(n *node) allocate.Allocation {
		a := allocate.Allocation{Ranges: profile.Ranges{Pods: n.prefixes("pod_cidrs"), Service: n.prefix("service_cidr"), NodeMask: int(n.number("node_cidr_mask"))}}
		if usable := n.child("usable"); usable != nil {
			a.Usable = profile.Usable{Nodes: usable.number("nodes"), PodsPerNode: usable.number("pods_per_node"), Services: usable.number("services")}
		}
		for name, output := range catalog.Outputs() {
			if held := n.child(name); held != nil {
				a.Output, a.Values = name, heldArguments(output, held)
			}
		}
		return a
	})
}

func heldArguments(output profile.Output, held *node) map[string]string {
	out := map[string]string{}
	for name, attribute := range output.Attributes {
		if attribute.Type == "number" {
			if n := held.number(name); n != 0 {
				out[name] = strconv.FormatInt(n, 10)
			}
		} else if s := held.text(name); s != "" {
			out[name] = s
		}
	}
	return out
}

// holds says whether an allocation in a state is one: an import leaves none.
func holds(allocations map[string]allocate.Allocation) bool {
	for _, a := range allocations {
		if len(a.Pods) > 0 && a.Pods[0].IsValid() {
			return true
		}
	}
	return false
}
