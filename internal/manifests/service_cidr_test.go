package manifests

import "testing"

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
