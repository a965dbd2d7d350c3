package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestValueThatGoesWithWhatIsHeld(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("10.0.0.0/20")}
	for _, test := range []struct {
		argument, was string
		want          any
	}{
		{"pod_cidrs", "10.0.0.0/20", held.Pods},
		{"ip_families", "IPv4, IPv6", []string{"IPv4", "IPv6"}},
		{"node_cidr_mask", "26", 26},
		{"node_cidr_mask", "0", nil},
		{"reserve_prefix_length", "none", nil},
		{"profile", "ack-flannel", "ack-flannel"},
		{"profile", "another profile", ""},
	} {
		if got := valueHeld(test.argument, test.was, held); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s was %s: got %#v, want %#v", test.argument, test.was, got, test.want)
		}
	}
}
