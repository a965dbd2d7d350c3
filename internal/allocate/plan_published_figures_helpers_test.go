package allocate_test

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// checkFigures compares an allocation with the figures that are published.
func (c published) checkFigures(a allocate.Allocation, wrong func(string, ...any)) {
	var addresses int64
	for _, pods := range a.Pods {
		addresses += 1 << (32 - pods.Bits())
	}
	for _, subnet := range a.PodSubnets {
		addresses += 1 << (32 - subnet.CIDR.Bits())
	}
	var addresses6 int64
	if a.ServiceIPv6.IsValid() {
		addresses6 = cidr.Count(a.ServiceIPv6).Int64()
	}
	for _, figure := range []struct {
		name      string
		got, want int64
	}{
		{"pod_addresses", addresses, c.PodAddresses},
		{"max_nodes_by_cidr", a.Usable.Nodes, c.MaxNodesByCIDR},
		{"nodes_max", a.Usable.Nodes, c.NodesMax},
		{"usable_pods_per_node", a.Usable.PodsPerNode, c.UsablePodsPerNode},
		{"svc6_addresses", addresses6, c.Svc6Addresses},
		{"usable_services", a.Usable.Services, c.UsableServices},
		{"node_mask", int64(a.NodeMask), int64(c.figuredMask())},
		{"usable", c.usable(), c.Usable},
		{"usable_prefixes", c.inPrefixes() / 16, c.UsablePrefixes},
		{"usable_pod_addresses", c.inPrefixes(), c.UsablePodAddresses},
	} {
		if figure.want != 0 && figure.got != figure.want && c.Expect != "error" {
			wrong("%s: got %d, want %d", figure.name, figure.got, figure.want)
		}
	}
	if c.ServiceRange.IsValid() && a.Service != c.ServiceRange {
		wrong("service_range: got %v, want %v", a.Service, c.ServiceRange)
	}
}
