package profile

import "testing"

// A platform is known if it is one of those that a VPC can name.
func TestHasPlatform(t *testing.T) {
	c := Default()
	for _, name := range c.Platforms() {
		if !c.HasPlatform(name) {
			t.Errorf("%q is no platform", name)
		}
	}
	for _, name := range append(c.Distributions(), "", "unheard-of") {
		if c.HasPlatform(name) {
			t.Errorf("%q is a platform", name)
		}
	}
}
