package profile_test

import (
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The data of the platforms says of each use where it is.
func TestReachOfOtherRangesOfPlatforms(t *testing.T) {
	want := map[string]profile.Reach{
		"eks remote_nodes": profile.Routed, "eks remote_pods": profile.Routed,
		"eks-prefix-delegation remote_nodes": profile.Routed, "eks-prefix-delegation remote_pods": profile.Routed,
		"gke-autopilot control_plane": profile.Routed,
		"gke control_plane":           profile.Routed,
		"openshift-ovn join":          profile.Local, "openshift-ovn transit": profile.Local, "openshift-ovn masquerade": profile.Local,
		"kube-ovn join": profile.Local, "kops non_masquerade": profile.Local,
	}
	got := map[string]profile.Reach{}
	for _, name := range profile.Default().Names() {
		p, _ := profile.Default().Profile(name)
		for _, use := range p.OtherNames() {
			got[name+" "+use] = p.OtherRanges[use].Reach
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
