package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestDefaultCatalogLoads(t *testing.T) {
	want := []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay", "kubernetes-routed"}
	got := profile.Default().Names()
	if len(got) != len(want) {
		t.Fatalf("profiles = %v, want %v", got, want)
	}
}
