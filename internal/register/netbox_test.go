package register_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

// NetBox refuses a second prefix of one VRF, so a range that is delegated several times is one line.
func TestNetBoxHasEachPrefixOnce(t *testing.T) {
	for name, test := range map[string]struct{ claims, want []string }{
		"delegated": {
			[]string{"supernet company 10.0.0.0/8 company", "block b 10.0.0.0/9 company", "supernet b 10.0.0.0/9 b"},
			[]string{"10.0.0.0/8,,container,supernet,,company,", "10.0.0.0/9,,container,supernet,,b,said of block"},
		},
		"delegated as a whole": {
			[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"},
			[]string{"10.0.0.0/8,,container,supernet,,b,said of reserved"},
		},
		"delegated and unused": {
			[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/8 a"}, []string{"10.0.0.0/8,,reserved,reserved,,b,said of reserved"},
		},
		"all for one cluster": {
			[]string{"supernet a 10.0.0.0/16 a", "kept x 10.0.0.0/16 a", "pod x 10.0.0.0/16 a"}, []string{"10.0.0.0/16,,active,pod,,x,"},
		},
		"one supernet for two": {
			[]string{"supernet a 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"}, []string{"10.0.0.0/8,,container,supernet,,a,"},
		},
		"one range in two VRFs": {
			[]string{"pod x 10.0.0.0/16 a red", "pod y 10.0.0.0/16 a blue"},
			[]string{"10.0.0.0/16,blue,active,pod,,y,", "10.0.0.0/16,red,active,pod,,x,"},
		},
		"a conflict, which is no secret": {
			[]string{"pod x 10.0.0.0/16 a", "pod y 10.0.0.0/16 b"}, []string{"10.0.0.0/16,,active,pod,,x,", "10.0.0.0/16,,active,pod,,y,"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := claims(test.claims...)
			for key, c := range all {
				if c.Kind == "block" || c.Kind == "reserved" {
					c.Description = "said of " + c.Kind
					all[key] = c
				}
			}
			got := strings.Split(strings.TrimSuffix(register.Render(all, "netbox", "en"), "\n"), "\n")[1:]
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}
