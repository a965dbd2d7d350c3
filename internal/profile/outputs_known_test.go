package profile_test

import (
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestArgumentsThatFollowFromTheProfile(t *testing.T) {
	output := profile.Output{Attributes: map[string]profile.OutputAttribute{
		"mode": {Value: "word"}, "first": {Value: "pod_cidr"}, "all": {Value: "pod_cidrs_comma"}, "services": {Value: "service_cidr"},
		"both": {Value: "dual_flag"}, "mixed": {Value: "pod_cidrs_dual"},
	}}
	for name, want := range map[string]map[string]string{
		"fictitious-shared":  {"mode": "shared"},
		"fictitious-dynamic": {"mode": "dynamic"},
		"fictitious-subnets": {"mode": "subnets", "first": "", "all": ""},
	} {
		if got := output.Known(fictitiousMany(t, name)); !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// What is known beforehand is what a cluster of the profile has in the end.
func TestKnownArgumentsHaveTheirFinalValues(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		held := profile.Filled{Ranges: profile.Ranges{Service: prefix("172.16.0.0/20"), NodeMask: 24}}
		if p.Pods.From != profile.Subnets {
			held.Pods = prefixes("10.0.0.0/16")
		}
		output := profile.Default().Output(p)
		values := output.Values(p, held)
		for argument, text := range output.Known(p) {
			if values[argument] != text {
				t.Errorf("%s is known as %q and becomes %q", argument, text, values[argument])
			}
		}
	})
}
