package upstream

import (
	"net"
	"strings"
	"testing"

	"k8s.io/klog/v2"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/config"
	"k8s.io/kubernetes/pkg/controller/nodeipam/ipam/cidrset"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
)

// validated is the answer of "kubeadm config validate", nil where it accepts the file.
func validated(text string) error {
	klog.LogToStderr(false)
	return config.ValidateConfig([]byte(text), false, false)
}

func TestKubeadmAcceptsTheFile(t *testing.T) {
	for name, a := range map[string]manifests.Allocation{
		"IPv4": ipv4Only, "IPv6": ipv6Only, "both families": dualStack, "a Pod range smaller than a default node block": smallPods,
	} {
		if err := validated(written(t, "kubeadm", a, manifests.Options{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if text := written(t, "kubeadm", anyAllocation(t), manifests.Options{}); validated(text) != nil {
			t.Fatalf("%v in\n%s", validated(text), text)
		}
	})
}

func TestKubeadmRefusesWrongValues(t *testing.T) {
	good := written(t, "kubeadm", dualStack, manifests.Options{})
	for name, c := range map[string]struct{ from, to, because string }{
		"a field that does not exist":      {"podSubnet:", "podSubnets:", "podSubnets"},
		"arguments as a map":               {"- name: node-cidr-mask-size-ipv4", "node-cidr-mask-size-ipv4: \"25\"\n    - name: x", ""},
		"two ranges of one family":         {"fd00:10:64::/56", "10.80.0.0/18", "podSubnet"},
		"a Pod range that is no CIDR":      {"podSubnet: 10.64.0.0/18", "podSubnet: 10.64.0.0/33", "podSubnet"},
		"a node mask that is too long":     {`value: "64"`, `value: "80"`, "greater than 16"},
		"a node mask that is too short":    {`value: "25"`, `value: "17"`, "smaller than the size of node subnet"},
		"a Service range that is too big":  {"serviceSubnet: 10.65.0.0/20", "serviceSubnet: 10.0.0.0/8", "serviceSubnet"},
		"too few Pods":                     {"podSubnet: 10.64.0.0/18", "podSubnet: 10.64.0.0/29", "the minimum is 14"},
		"too few Services":                 {"serviceSubnet: 10.65.0.0/20", "serviceSubnet: 10.65.0.0/29", "the minimum is 10"},
		"a DNS address that is no list":    {"clusterDNS:\n  - 10.65.0.10", "clusterDNS: 10.65.0.10", "clusterDNS"},
		"a field kube-proxy does not have": {"clusterCIDR:", "clusterCIDRs:", "clusterCIDRs"},
		"a Pod range in the Services":      {"serviceSubnet: 10.65.0.0/20,", "serviceSubnet: 10.64.0.0/20;", "serviceSubnet"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Errorf("%s: %q is not in the file", name, c.from)
		}
		if err := validated(bad); err == nil || !strings.Contains(err.Error(), c.because) {
			t.Errorf("%s: kubeadm answers %v", name, err)
		}
	}
}

// The node IPAM controller can divide each Pod range into the blocks of nodes.
func TestTheNodeIPAMControllerDividesThePodRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAllocation(t)
		written(t, "flags", a, manifests.Options{})
		for _, f := range []manifests.Family{a.IPv4, a.IPv6} {
			if len(f.Pods) == 0 {
				continue
			}
			_, pods, err := net.ParseCIDR(f.Pods[0].String())
			if err != nil {
				t.Fatal(err)
			}
			set, err := cidrset.NewCIDRSet(pods, f.NodeMask)
			if err != nil {
				t.Fatalf("%s with /%d: %v", pods, f.NodeMask, err)
			}
			if block, err := set.AllocateNext(); err != nil || !pods.Contains(block.IP) {
				t.Fatalf("%s with /%d: %v, %v", pods, f.NodeMask, block, err)
			}
		}
	})
}
