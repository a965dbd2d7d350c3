package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestExistingIsWhatWasReleased(t *testing.T) {
	was := profile.Ranges{
		Pods: prefixes("10.0.0.0/20"), Service: prefix("172.20.0.0/22"), NodeMask: 26, PodIPv6: prefix("fd00::/56"), NodeIPv6Mask: 80,
		ServiceIPv6: prefix("fd01::/112"), Aggregate: prefix("10.0.0.0/18"),
	}
	for name, test := range map[string]struct {
		edit func(*profile.Ranges)
		want bool
	}{
		"all of it":                  {func(*profile.Ranges) {}, true},
		"nothing but Pods":           {func(given *profile.Ranges) { *given = profile.Ranges{Pods: was.Pods} }, true},
		"nothing but Services":       {func(given *profile.Ranges) { *given = profile.Ranges{Service: was.Service} }, true},
		"other Pod ranges":           {func(given *profile.Ranges) { given.Pods = prefixes("10.0.0.0/21") }, false},
		"another Service range":      {func(given *profile.Ranges) { given.Service = prefix("172.20.0.0/23") }, false},
		"another mask":               {func(given *profile.Ranges) { given.NodeMask = 25 }, false},
		"another IPv6 mask":          {func(given *profile.Ranges) { given.NodeIPv6Mask = 96 }, false},
		"another IPv6 range":         {func(given *profile.Ranges) { given.PodIPv6 = prefix("fd00::/57") }, false},
		"another IPv6 Service range": {func(given *profile.Ranges) { given.ServiceIPv6 = prefix("fd01::/113") }, false},
		"another growth reserve":     {func(given *profile.Ranges) { given.Aggregate = prefix("10.0.0.0/19") }, false},
	} {
		given := was
		test.edit(&given)
		s := &situation{inputs: *newInputs(request(shopOf), profile.Default())}
		s.released = map[string]Released{"shop": {Cluster: "shop", Allocation: Allocation{Ranges: was}}}
		if got := s.isReleased("shop", given); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
