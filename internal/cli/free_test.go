package cli

import (
	"slices"
	"strings"
	"testing"
)

func TestFreeShowsWhoUsesARange(t *testing.T) {
	wantGolden(t, "free", run(t, append([]string{"free", "10.200.16.0/20"}, fixtures...)...).out)
}

func TestFree(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		exit int
		want []string
	}{
		"a free range": {[]string{"10.100.0.0/20"}, OK, []string{"10.100.0.0/20 is free.\n"}},
		"the block of a VPC": {
			[]string{"10.200.16.0/20"}, Conflicts,
			[]string{
				"10.200.16.0/20 is not free:\n  block 10.200.0.0/16 of VPC \"games\", tencentcloud_vpc.games (network.tfstate)\n",
				"Nearest free range in 10.0.0.0/8: 10.199.240.0/20 (then 10.199.224.0/20, 10.199.208.0/20)",
			},
		},
		"a cluster of which the network is not known": {
			[]string{"10.80.0.0/20"}, Conflicts, []string{
				"alicloud_cs_managed_kubernetes.old (clusters.tfstate)", "cidrplan_allocator.k8s (clusters.tfstate)",
			},
		},
		"a range in a plan with a data source that is read during apply": {
			[]string{"10.0.0.0/16", "../../statefile/testdata/huaweicloud.plan.json"}, Conflicts,
			[]string{`block 10.0.0.0/16 of VPC "prod", huaweicloud_vpc.prod`},
		},
		"a released range": {[]string{"10.65.0.0/18"}, Conflicts, []string{"cidrplan_allocator.k8s (clusters.tfstate)"}},
		"a range of an allocator's supernet": {
			[]string{"10.66.0.0/16"}, OK, []string{
				"10.66.0.0/16 is free.", "Supernet 10.64.0.0/10 of allocator \"k8s\"", "It may allocate these addresses",
			},
		},
		"a Service range": {
			[]string{"172.21.0.0/20", "--supernet", "172.20.0.0/14"}, Conflicts,
			[]string{
				"Service range 172.21.0.0/20 of cluster \"shop\"", "used inside of its network only",
				"Nearest free range in 172.20.0.0/14: 172.20.240.0/20",
			},
		},
		"a full supernet": {
			[]string{"10.200.0.0/16", "--supernet", "10.200.0.0/16"}, Conflicts, []string{"No range of /16 is free in 10.200.0.0/16."},
		},
		"no range":         {[]string{"10.0.0.0"}, Error, nil},
		"host bits":        {[]string{"10.0.0.5/8"}, Error, nil},
		"no supernet":      {[]string{"10.0.0.0/16", "--supernet", "x"}, Error, nil},
		"an IPv6 supernet": {[]string{"10.0.0.0/16", "--supernet", "fd00::/8"}, Error, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, slices.Concat([]string{"free"}, test.args, fixtures)...)
			if r.exit != test.exit || (r.exit == Error) != (r.err != "") {
				t.Errorf("exit code %d, on standard error %q", r.exit, r.err)
			}
			for _, text := range test.want {
				if !strings.Contains(r.out, text) {
					t.Errorf("%s\nwant %s", r.out, text)
				}
			}
		})
	}
}

// A range that is free needs no other one, and nothing is said of objects where all are compared.
func TestTheAnswerIsNoLongerThanNeeded(t *testing.T) {
	state := stateOf(cloudVPC)
	for asked, want := range map[string]string{
		"10.0.0.0/16": "10.0.0.0/16 is free.\n",
		"192.168.128.0/17": `192.168.128.0/17 is not free:
  block 192.168.0.0/16 of VPC "main", alicloud_vpc.main (stdin)
No range of /17 is free in 192.168.0.0/16.
`,
	} {
		if r := runWith(t, IO{In: strings.NewReader(state)}, "free", asked, "-"); r.out != want {
			t.Errorf("got\n%s%s\nwant\n%s", r.out, r.err, want)
		}
	}
}

func TestNearestFreeRanges(t *testing.T) {
	asked, rooms := prefix("10.0.0.0/24"), prefixes([]string{"10.0.0.0/8"})
	for want, free := range map[string][]string{
		"No range of /24 is free in 10.0.0.0/8.":                                        nil,
		"Nearest free range in 10.0.0.0/8: 10.0.1.0/24":                                 {"10.0.1.0/24"},
		"Nearest free range in 10.0.0.0/8: 10.0.1.0/24 (then 10.0.2.0/24)":              {"10.0.1.0/24", "10.0.2.0/24"},
		"Nearest free range in 10.0.0.0/8: 10.0.1.0/24 (then 10.0.2.0/24, 10.0.3.0/24)": {"10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"},
	} {
		if got := nearest(asked, rooms, prefixes(free)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
