package profile_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Bounds that the data cites are cited; others have no page to name.
func TestNodeSizeErrorsCiteTheirRule(t *testing.T) {
	rule := "this mode takes 32 to 256 Pods on a node"
	tests := map[string]struct {
		profile string
		need    profile.Need
		want    string
	}{
		"too many Pods":                   {"fictitious-shared", profile.Need{PodsPerNode: 257}, rule},
		"too large a block":               {"fictitious-shared", profile.Need{NodeMask: 23}, rule},
		"too small a block":               {"fictitious-shared", profile.Need{NodeMask: 28}, rule},
		"two arguments at odds":           {"fictitious-shared", profile.Need{NodeMask: 26, PodsPerNode: 65}, ""},
		"a bound without a page":          {"fictitious-dynamic", profile.Need{NodeMask: 29}, ""},
		"a block where Pods need no such": {"fictitious-subnets", profile.Need{NodeMask: 24}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := fictitiousMany(t, test.profile).NodeSize(test.need)
			if err == nil {
				t.Fatal("no fault")
			}
			if err.Rule.Text != test.want {
				t.Errorf("%v cites %q, want %q", err, err.Rule.Text, test.want)
			}
		})
	}
}

func TestPodsOfBlockCountsAsThePlatformDoes(t *testing.T) {
	tests := []struct {
		profile string
		mask    int
		want    int64
	}{
		{"ack-flannel", 24, 256}, {"ack-flannel", 26, 64}, {"ack-flannel", 28, 16},
		{"cce-vpc-router", 24, 253}, {"cce-vpc-router", 25, 125}, {"cce-vpc-router", 28, 13},
		{"kubernetes-routed", 8, 1<<24 - 3}, {"kubernetes-routed", 30, 1}, {"kubernetes-routed", 31, 0}, {"kubernetes-routed", 32, 0},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%s has %d of a /%d", test.profile, test.want, test.mask), func(t *testing.T) {
			if got := shipped(t, test.profile).PodsOfBlock(test.mask); got != test.want {
				t.Errorf("got %d", got)
			}
		})
	}
}

func TestNodeOfIsABlockOfTheMask(t *testing.T) {
	tests := map[string]struct {
		p    *profile.Profile
		mask int
		want profile.NodeSize
	}{
		"ACK counts the lost address":            {shipped(t, "ack-flannel"), 26, profile.NodeSize{Mask: 26, Addresses: 64, Pods: 64}},
		"CCE does not":                           {shipped(t, "cce-vpc-router"), 26, profile.NodeSize{Mask: 26, Addresses: 64, Pods: 61}},
		"blocks on demand have no mask":          {fictitiousMany(t, "fictitious-dynamic"), 26, profile.NodeSize{Addresses: 64, Pods: 64}},
		"a block without room for Pods has none": {shipped(t, "cce-vpc-router"), 32, profile.NodeSize{Mask: 32, Addresses: 1}},
		"the addresses of IPv4 are counted whole": {
			fictitiousMany(t, "fictitious-dynamic"),
			0,
			profile.NodeSize{Addresses: 1 << 32, Pods: 1 << 32},
		},
		"ACK has at most 256 Pods in any block": {shipped(t, "ack-flannel"), 0, profile.NodeSize{Addresses: 1 << 32, Pods: 256}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.NodeOf(test.mask); got != test.want {
				t.Errorf("NodeOf(%d): got %+v, want %+v", test.mask, got, test.want)
			}
		})
	}
}

func TestWhichLengthOfNodeBlocksIsAdvisedAgainst(t *testing.T) {
	rule := profile.Rule{Level: profile.Warn, Text: "longer ones are rare"}
	advising := profile.Nodes{Shortest: 20, Longest: 30, AdvisedLongest: 28, AdvisedRule: rule}
	for mask, want := range map[int]bool{0: false, 20: false, 28: false, 29: true, 30: true, 31: false} {
		if got, advised := advising.AdviseMask(mask); advised != want || advised && got.Text != rule.Text {
			t.Errorf("/%d: got %v because %s", mask, advised, got.Text)
		}
	}
	for _, mask := range []int{28, 29, 30, 31} {
		if _, advised := (profile.Nodes{Shortest: 20, Longest: 30}).AdviseMask(mask); advised {
			t.Errorf("/%d is advised against without advice", mask)
		}
	}
}
