package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestWhichRangesAreInClassE(t *testing.T) {
	for text, want := range map[string]bool{
		"240.0.0.0/4": true, "240.0.0.0/24": true, "255.255.255.255/32": true,
		"239.0.0.0/8": false, "224.0.0.0/3": false, "fd00::/8": false,
	} {
		if got := profile.ClassE(prefix(text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

// allow_class_e allows 240.0.0.0/4 but for its last address, where the data names that argument.
func TestWhereClassEIsAllowed(t *testing.T) {
	shipped := profile.Default()
	tests := map[string]struct {
		catalog *profile.Catalog
		profile string
		given   string
		allowed bool
	}{
		"a self-managed cluster":                     {shipped, "kubernetes-routed", "240.1.0.0/16", false},
		"one with the argument":                      {shipped.AllowingClassE(), "kubernetes-routed", "240.1.0.0/16", true},
		"the broadcast address":                      {shipped.AllowingClassE(), "kubernetes-routed", "255.255.255.0/24", false},
		"the largest range without it":               {shipped.AllowingClassE(), "kubernetes-routed", "240.0.0.0/5", true},
		"all of class E":                             {shipped.AllowingClassE(), "kubernetes-routed", "240.0.0.0/4", false},
		"multicast stays forbidden":                  {shipped.AllowingClassE(), "kubernetes-routed", "224.1.0.0/16", false},
		"loopback stays forbidden":                   {shipped.AllowingClassE(), "kubernetes-routed", "127.1.0.0/16", false},
		"a cloud that does not have the argument":    {shipped.AllowingClassE(), "ack-flannel", "240.1.0.0/16", false},
		"a private range of a cluster with it":       {shipped.AllowingClassE(), "kubernetes-routed", "10.0.0.0/16", true},
		"a private range of a cluster of that cloud": {shipped.AllowingClassE(), "ack-flannel", "10.0.0.0/16", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			hits := known(t, test.catalog, test.profile).ForbiddenFor(prefix(test.given))
			if (len(hits) == 0) != test.allowed {
				t.Errorf("got %v", hits)
			}
		})
	}
	if len(known(t, shipped, "kubernetes-routed").ForbiddenFor(prefix("240.1.0.0/16"))) == 0 {
		t.Error("the catalog itself changed")
	}
}
