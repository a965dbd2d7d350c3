package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestLimitsAtTheBoundaries(t *testing.T) {
	pods := func(name string) profile.Limit { return shipped(t, name).Pods.Limits[0] }
	services := func(name string, i int) profile.Limit { return shipped(t, name).Services.Limits[i] }
	ipv6Only := profile.Limit{Windows: []profile.Window{{prefix("fd00::/8"), 48, 64}}}
	tests := map[string]struct {
		limit profile.Limit
		given string
		want  profile.Fit
	}{
		"ACK takes all of 10.0.0.0/8 for Pods":             {pods("ack-flannel"), "10.0.0.0/8", profile.Fits},
		"but nothing larger":                               {pods("ack-flannel"), "10.0.0.0/7", profile.WrongLength},
		"nor all addresses":                                {pods("ack-flannel"), "0.0.0.0/0", profile.WrongLength},
		"the longest Pod range of ACK is not published":    {pods("ack-flannel"), "10.255.255.240/29", profile.Fits},
		"the last address of a window":                     {pods("ack-flannel"), "172.31.0.0/16", profile.Fits},
		"beside a window":                                  {pods("ack-flannel"), "172.32.0.0/16", profile.Outside},
		"around a window":                                  {pods("ack-flannel"), "172.0.0.0/8", profile.WrongLength},
		"a limit without windows of a family takes it all": {pods("ack-flannel"), "fd00::/64", profile.Fits},
		"however large it is":                              {pods("ack-flannel"), "::/0", profile.Fits},
		"a limit with windows of both binds both":          {pods("kubernetes-routed"), "fd00::/125", profile.WrongLength},
		"windows of one family alone bind it alone":        {ipv6Only, "fd00::/47", profile.WrongLength},
		"and take all of the other":                        {ipv6Only, "0.0.0.0/0", profile.Fits},
		"outside of the windows of its family":             {ipv6Only, "fc00::/64", profile.Outside},
		"public addresses are outside":                     {pods("ack-flannel"), "20.0.0.0/16", profile.Outside},
		"ACK takes a /16 for Services":                     {services("ack-flannel", 0), "10.0.0.0/16", profile.Fits},
		"but no /15":                                       {services("ack-flannel", 0), "10.0.0.0/15", profile.WrongLength},
		"a /24 for Services":                               {services("ack-flannel", 0), "192.168.255.0/24", profile.Fits},
		"but no /25":                                       {services("ack-flannel", 0), "192.168.255.0/25", profile.WrongLength},
		"the whole of 192.168.0.0/16":                      {services("ack-flannel", 0), "192.168.0.0/16", profile.Fits},
		"CCE advises /12 of 10.0.0.0/8":                    {pods("cce-vpc-router"), "10.16.0.0/12", profile.Fits},
		"not /11":                                          {pods("cce-vpc-router"), "10.32.0.0/11", profile.WrongLength},
		"CCE advises /16 of 172.16.0.0/12":                 {pods("cce-vpc-router"), "172.16.0.0/16", profile.Fits},
		"not /15":                                          {pods("cce-vpc-router"), "172.16.0.0/15", profile.WrongLength},
		"CCE advises /19":                                  {pods("cce-vpc-router"), "192.168.224.0/19", profile.Fits},
		"not /20":                                          {pods("cce-vpc-router"), "192.168.224.0/20", profile.WrongLength},
		"CCE publishes private Service ranges only":        {services("cce-vpc-router", 0), "20.0.0.0/16", profile.Outside},
		"of any size":                                      {services("cce-vpc-router", 0), "10.247.0.0/28", profile.Fits},
		"kube-apiserver takes a /12 for Services":          {services("kubernetes-overlay", 0), "10.96.0.0/12", profile.Fits},
		"but no /11":                                       {services("kubernetes-overlay", 0), "10.96.0.0/11", profile.WrongLength},
		"kubeadm takes a /28 for Services":                 {services("kubernetes-overlay", 0), "10.96.0.0/28", profile.Fits},
		"but no /29":                                       {services("kubernetes-overlay", 0), "10.96.0.0/29", profile.WrongLength},
		"kube-apiserver takes a /108 of IPv6":              {services("kubernetes-overlay", 0), "3000::/108", profile.Fits},
		"but no /107":                                      {services("kubernetes-overlay", 0), "3000::/107", profile.WrongLength},
		"kubeadm takes a /124 of IPv6":                     {services("kubernetes-overlay", 0), "3000::/124", profile.Fits},
		"but no /125":                                      {services("kubernetes-overlay", 0), "3000::/125", profile.WrongLength},
		"the allocator uses a /112 whole":                  {services("kubernetes-overlay", 1), "3000::/112", profile.Fits},
		"but a /111 in part":                               {services("kubernetes-overlay", 1), "3000::/111", profile.WrongLength},
		"kubeadm takes a /28 for Pods":                     {pods("kubernetes-routed"), "192.168.0.0/28", profile.Fits},
		"but no /29 for Pods":                              {pods("kubernetes-routed"), "192.168.0.0/29", profile.WrongLength},
		"an invalid range has no family that is bound": {
			profile.Limit{Windows: []profile.Window{{CIDR: prefix("0.0.0.0/0"), Longest: 32}}},
			"",
			profile.Fits,
		},
		"a limit without windows binds nothing": {profile.Limit{}, "10.0.0.0/8", profile.Fits},
		"a later window takes what an earlier one does not": {
			profile.Limit{Windows: []profile.Window{{prefix("10.0.0.0/8"), 8, 12}, {prefix("10.1.0.0/16"), 20, 24}}},
			"10.1.0.0/24",
			profile.Fits,
		},
		"the first window need not be the one that holds it": {
			profile.Limit{Windows: []profile.Window{{prefix("192.168.0.0/16"), 16, 24}, {prefix("10.0.0.0/8"), 8, 24}}},
			"10.0.0.0/9",
			profile.Fits,
		},
		"a wrong length is not forgotten over a later window": {
			profile.Limit{Windows: []profile.Window{{prefix("10.0.0.0/8"), 8, 24}, {prefix("192.168.0.0/16"), 16, 24}}},
			"10.0.0.0/25",
			profile.WrongLength,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var given netip.Prefix
			if test.given != "" {
				given = prefix(test.given)
			}
			if got := test.limit.FitOf(given); got != test.want {
				t.Errorf("FitOf(%s): got %d, want %d", test.given, got, test.want)
			}
		})
	}
}

func TestRoomIsTheRangesOfTheWindowsThatTakeTheLength(t *testing.T) {
	advice := shipped(t, "cce-vpc-router").Pods.Limits[0]
	tests := map[string]struct {
		length int
		family cidr.Family
		want   []netip.Prefix
	}{
		"only 10.0.0.0/8 has a /15":     {15, cidr.V4, prefixes("10.0.0.0/8")},
		"all have a /16":                {16, cidr.V4, prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")},
		"all have a /19":                {19, cidr.V4, prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")},
		"none has a /20":                {20, cidr.V4, nil},
		"none has a /11":                {11, cidr.V4, nil},
		"the other family is not bound": {16, cidr.V6, prefixes("::/0")},
		"not even to lengths":           {0, cidr.V6, prefixes("::/0")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := advice.Room(test.length, test.family); !slices.Equal(got, test.want) {
				t.Errorf("Room(%d): got %v, want %v", test.length, got, test.want)
			}
		})
	}
	both := profile.Limit{Windows: []profile.Window{{prefix("10.0.0.0/8"), 8, 24}, {prefix("fd00::/8"), 8, 64}}}
	if got, want := both.Room(24, cidr.V4), prefixes("10.0.0.0/8"); !slices.Equal(got, want) {
		t.Errorf("IPv4 has the room %v, want %v", got, want)
	}
	if got, want := both.Room(24, cidr.V6), prefixes("fd00::/8"); !slices.Equal(got, want) {
		t.Errorf("IPv6 has the room %v, want %v", got, want)
	}
	ipv6Only := profile.Limit{Windows: []profile.Window{{prefix("fd00::/8"), 48, 64}}}
	if got, want := ipv6Only.Room(33, cidr.V4), prefixes("0.0.0.0/0"); !slices.Equal(got, want) {
		t.Errorf("a limit on IPv6 alone leaves IPv4 the room %v, want %v", got, want)
	}
}

// Whatever is taken from the room of a length fits the limit, and nothing else does; of a family
// without windows that is everything.
func TestLimitsAndTheirRoomAgree(t *testing.T) {
	everyProfile(t, func(t *testing.T, p *profile.Profile) {
		for _, limit := range slices.Concat(p.Pods.Limits, p.Services.Limits, p.Pods.Subnets.Limits) {
			near := []netip.Prefix{prefix("10.0.0.0/8"), prefix("fd00::/8")}
			for _, w := range limit.Windows {
				near = append(near, w.CIDR)
			}
			rapid.Check(t, func(t *rapid.T) {
				window := rapid.SampledFrom(near).Draw(t, "near")
				family := cidr.FamilyOf(window)
				length := rapid.IntRange(0, family.Bits()).Draw(t, "length")
				given := netip.PrefixFrom(window.Addr(), length).Masked()
				if n := length - window.Bits(); n > 0 {
					given, _ = cidr.Nth(window, length, rapid.Uint64Range(0, 1<<min(n, 63)-1).Draw(t, "which"))
				}
				inRoom := slices.ContainsFunc(
					limit.Room(length, family),
					func(room netip.Prefix) bool { return cidr.Contains(room, given) },
				)
				if fits := limit.FitOf(given) == profile.Fits; fits != inRoom {
					t.Fatalf("%v fits %v, in the room of its length %v", given, fits, inRoom)
				}
			})
		}
	})
}

func TestForbiddenForNamesEveryRangeThatIsTouched(t *testing.T) {
	tests := map[string]struct {
		profile, given string
		want           []string
	}{
		"private addresses are free":                  {"ack-flannel", "10.0.0.0/8", nil},
		"Alibaba Cloud needs 100.64.0.0/10":           {"ack-flannel", "100.127.255.0/24", []string{"100.64.0.0/10"}},
		"not what lies beside it":                     {"ack-flannel", "100.128.0.0/24", nil},
		"a range around it touches it":                {"ack-flannel", "100.0.0.0/8", []string{"100.64.0.0/10"}},
		"Huawei Cloud needs 100.64.0.0/10":            {"cce-vpc-router", "100.64.0.0/16", []string{"100.64.0.0/10"}},
		"and 198.18.0.0/15":                           {"cce-vpc-router", "198.19.128.0/20", []string{"198.18.0.0/15"}},
		"not what lies beside that":                   {"cce-vpc-router", "198.20.0.0/16", nil},
		"docker0 stands on 172.17.0.0/16":             {"kubernetes-routed", "172.16.0.0/15", []string{"172.17.0.0/16"}},
		"a remark on ACK":                             {"ack-flannel", "172.17.0.0/16", []string{"172.17.0.0/16"}},
		"advice on CCE":                               {"cce-vpc-router", "172.17.0.0/16", []string{"172.17.0.0/16"}},
		"self-managed clusters may use 100.64.0.0/10": {"kubernetes-overlay", "100.64.0.0/10", nil},
		"nobody uses this network":                    {"kubernetes-overlay", "0.1.0.0/16", []string{"0.0.0.0/8"}},
		"nobody uses loopback":                        {"kubernetes-overlay", "127.0.0.0/16", []string{"127.0.0.0/8"}},
		"nobody uses link-local addresses":            {"kubernetes-overlay", "169.254.0.0/17", []string{"169.254.0.0/16"}},
		"nobody uses multicast and what is reserved":  {"kubernetes-overlay", "224.0.0.0/3", []string{"224.0.0.0/4", "240.0.0.0/4"}},
		"nobody uses the last address":                {"kubernetes-overlay", "255.255.255.255/32", []string{"240.0.0.0/4"}},
		"nobody uses IPv6 loopback":                   {"kubernetes-overlay", "::1/128", []string{"::/8"}},
		"nobody uses IPv6 link-local addresses":       {"kubernetes-overlay", "febf::/16", []string{"fe80::/10"}},
		"nobody uses IPv6 multicast":                  {"kubernetes-overlay", "ff02::/16", []string{"ff00::/8"}},
		"unique local addresses are free":             {"kubernetes-overlay", "fc00::/7", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range shipped(t, test.profile).ForbiddenFor(prefix(test.given)) {
				got = append(got, f.CIDR.String())
				if f.Text == "" {
					t.Errorf("%v: a rule without text", f.CIDR)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("ForbiddenFor(%s): got %v, want %v", test.given, got, test.want)
			}
		})
	}
}
