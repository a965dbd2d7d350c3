package profile_test

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestClaimsThatNameNoProfile(t *testing.T) {
	routed := shipped(t, "kubernetes-routed")
	unnamed := profile.Default().Unnamed()
	if unnamed.Name != "" || unnamed.Pods.From != routed.Pods.From {
		t.Errorf("the profile is %q with Pods from %q", unnamed.Name, unnamed.Pods.From)
	}
	for pair, rule := range routed.Overlap {
		got := unnamed.Overlap[pair]
		switch pair {
		case profile.PodPodSameVPC:
			rule = routed.Overlap[profile.PodPodUnroutedSameVPC]
		case profile.PodPodPeer:
			rule = routed.Overlap[profile.PodPodUnroutedPeer]
		case profile.PodPeerVPC, profile.PodSite, profile.PodRoute:
			if got.Level != profile.Warn || got.Reason == "" || got.Reason == rule.Reason {
				t.Errorf("%s: level %s because %s", pair, got.Level, got.Reason)
			}
			rule.Level, rule.Reason = got.Level, got.Reason
		}
		if !reflect.DeepEqual(got, rule) {
			t.Errorf("%s: got %+v, want %+v", pair, got, rule)
		}
	}
	if routed.Overlap[profile.PodPeerVPC].Level != profile.Error || routed.Name == "" {
		t.Error("the routed profile itself changed")
	}
}

func TestACatalogWithoutPlatformsHasNoUnnamedProfile(t *testing.T) {
	if got := load(t, fictitiousManyFiles(t)).Unnamed(); got != nil {
		t.Errorf("got %+v", got)
	}
}
