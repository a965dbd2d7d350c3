package manifests

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each Pod range is a Subnet, or each pair of both families. The first one is the default Subnet that Kube-OVN creates itself.
func TestSubnetsOfKubeOVN(t *testing.T) {
	grown := withPods(dualStack, "10.80.0.0/18")
	grown.IPv6.Pods = append([]netip.Prefix{grown.IPv6.Pods[0]}, prefixes("fd00:10:80::/56")...)
	subnet := func(name, block, gateway, protocol string, further ...string) map[string]any {
		spec := map[string]any{"cidrBlock": block, "gateway": gateway, "protocol": protocol, "natOutgoing": len(further) == 0}
		if name == "ovn-default" {
			spec["default"] = true
		}
		return map[string]any{"apiVersion": "kubeovn.io/v1", "kind": "Subnet", "metadata": map[string]any{"name": name}, "spec": spec}
	}
	const both, second = "10.64.0.0/18,fd00:10:64::/56", "10.80.0.0/18,fd00:10:80::/56"
	for name, c := range map[string]struct {
		a    Allocation
		o    Options
		want []map[string]any
	}{
		"IPv4": {ipv4Only, Options{}, []map[string]any{subnet("ovn-default", "10.64.0.0/18", "10.64.0.1", "IPv4")}},
		"IPv6": {ipv6Only, Options{}, []map[string]any{subnet("ovn-default", "fd00:10:64::/56", "fd00:10:64::1", "IPv6")}},
		"further ranges": {withPods(ipv4Only, "10.80.0.0/18", "10.70.0.0/30"), Options{}, []map[string]any{
			subnet("ovn-default", "10.64.0.0/18", "10.64.0.1", "IPv4"), subnet("ovn-default-2", "10.80.0.0/18", "10.80.0.1", "IPv4"),
			subnet("ovn-default-3", "10.70.0.0/30", "10.70.0.1", "IPv4"),
		}},
		"both families": {grown, Options{}, []map[string]any{
			subnet("ovn-default", both, "10.64.0.1,fd00:10:64::1", "Dual"),
			subnet("ovn-default-2", second, "10.80.0.1,fd00:10:80::1", "Dual"),
		}},
		"Pods that the network routes": {dualStack, Options{Routed: true}, []map[string]any{
			subnet("ovn-default", both, "10.64.0.1,fd00:10:64::1", "Dual", "routed"),
		}},
	} {
		a := c.a
		a.IPv4.NodeMask, a.IPv6.NodeMask = 0, 0 // Subnets have no blocks for nodes
		if diff := cmp.Diff(c.want, parsed(t, written(t, "kube-ovn-subnets", a, c.o))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The default Subnet of the objects is the one that Kube-OVN creates from the Helm values.
func TestTheDefaultSubnetHasTheRangesOfTheValues(t *testing.T) {
	for stack, a := range map[string]Allocation{"ipv4": ipv4Only, "ipv6": ipv6Only, "dual_stack": dualStack} {
		subnet, values := parsed(t, written(t, "kube-ovn-subnets", a, Options{}))[0], parsed(t, written(t, "kube-ovn", a, Options{}))[0]
		for field, value := range map[string]string{"cidrBlock": "POD_CIDR", "gateway": "POD_GATEWAY"} {
			if got, want := at(subnet, "spec|"+field), at(values, stack+"|"+value); got != want || got == nil {
				t.Errorf("%s: %s is %v, and %s is %v", stack, field, got, value, want)
			}
		}
	}
}
