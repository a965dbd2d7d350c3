package manifests

import (
	"strings"
	"testing"
)

// kubespray sets 110 Pods on a node by itself, which a /25 has the addresses for, and a /26 has not.
func TestKubesprayHasNoMorePodsOnANodeThanAddresses(t *testing.T) {
	for mask, want := range map[int]string{
		24: "", 25: "", 26: "kubelet_max_pods: 62", 27: "kubelet_max_pods: 30", 30: "kubelet_max_pods: 2",
	} {
		a := ipv4Only
		a.IPv4.NodeMask = mask
		text, problem := Write("kubespray", a, Options{})
		if problem != nil {
			t.Fatal(problem)
		}
		if got := strings.Contains(text, "kubelet_max_pods"); got != (want != "") || !strings.Contains(text, want) {
			t.Errorf("/%d: got\n%s\nwant %q", mask, text, want)
		}
	}
}
