package manifests

import (
	"strings"
	"testing"
)

// Each further Service range has an object of its own, behind the policy and its binding.
func TestFurtherServiceRanges(t *testing.T) {
	documents := parsed(t, written(t, "servicecidr", dualStack, Options{Services: prefixes("10.97.0.0/16", "fd00:97::/112")}))
	if len(documents) != 4 {
		t.Fatalf("%v", documents)
	}
	for i, want := range []string{"ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"} {
		if got := documents[i]["kind"]; got != want {
			t.Errorf("document %d is a %v, want %s", i, got, want)
		}
	}
	if got, want := at(documents[1], "spec|policyName"), at(documents[0], "metadata|name"); got != want {
		t.Errorf("the binding is to %v, and the policy is %v", got, want)
	}
	for i, want := range []struct{ name, cidr string }{
		{"services-10-97-0-0-16", "10.97.0.0/16"}, {"services-fd00-97---112", "fd00:97::/112"},
	} {
		got := documents[2+i]
		if got["kind"] != "ServiceCIDR" || at(got, "metadata|name") != want.name || list(at(got, "spec|cidrs"))[0] != want.cidr {
			t.Errorf("%v, want %v", got, want)
		}
	}
	planned := readers["servicecidr"](documents).services
	if want := []string{"10.65.0.0/20", "fd00:10:65::/112", "10.97.0.0/16", "fd00:97::/112"}; len(planned) != 4 || planned[3] != want[3] {
		t.Errorf("the policy allows %v", planned)
	}
}

// Service ranges that were appended are written as those of the option, before them. They may contain the first one, and no Pods.
func TestAppendedServiceRanges(t *testing.T) {
	held := dualStack
	held.IPv4.Further, held.IPv6.Further = prefixes("10.65.128.0/17", "10.65.0.0/16"), prefixes("fd00:98::/112")
	documents := parsed(t, written(t, "servicecidr", held, Options{Services: prefixes("10.97.0.0/16")}))
	var got []string
	for _, d := range documents[2:] {
		got = append(got, list(at(d, "spec|cidrs"))...)
	}
	if want := "10.65.128.0/17 10.65.0.0/16 fd00:98::/112 10.97.0.0/16"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	planned := readers["servicecidr"](documents).services
	if want := "10.65.0.0/20 fd00:10:65::/112 10.65.128.0/17 10.65.0.0/16 fd00:98::/112 10.97.0.0/16"; strings.Join(planned, " ") != want {
		t.Errorf("the policy allows %v, want %s", planned, want)
	}
	if other := written(t, "kubeadm", held, Options{}); other != written(t, "kubeadm", dualStack, Options{}) {
		t.Errorf("kubeadm, which has the first Service range only:\n%s", other)
	}
	held.IPv4.Further = prefixes("10.64.0.0/20")
	failsWith[OwnOverlap](t, "servicecidr", held, Options{})
}
