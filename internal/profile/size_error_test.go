package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The fields of two errors can be compared as text, and no address of memory is in it.
func TestSizeErrorsWriteTheirFields(t *testing.T) {
	err := &profile.SizeError{Argument: "max_nodes", Value: 9, Min: 1, Max: 8, Cause: profile.GivenMask{Length: 24}}
	want := "max_nodes = 9 is outside 1 to 8: profile.GivenMask{Length:24}"
	if got := err.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
