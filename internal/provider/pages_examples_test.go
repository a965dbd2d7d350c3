package provider_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The allocations are lost with the resource, so no example shows it without the guard.
func TestExamplesGuardEveryAllocator(t *testing.T) {
	for _, folder := range append(exampleFolders(t), filepath.Join(published, "vpc-subnets")) {
		for _, file := range terraformFiles(t, filepath.Join(repository, folder)) {
			for _, block := range regexp.MustCompile(`(?s)resource "cidrplan_(?:allocator|blocks)".*?\n}`).FindAllString(read(t, file),
				-1) {
				if !strings.Contains(block, "\n  lifecycle {\n    prevent_destroy = true\n") {
					t.Errorf("%s: no prevent_destroy:\n%s", file, block)
				}
			}
		}
	}
}

// The examples of the platforms ignore what the data says an imported cluster needs.
func TestExamplesIgnoreWhatImportsNeed(t *testing.T) {
	compared := 0
	for _, name := range profile.Default().Names() {
		p, _ := profile.Default().Profile(name)
		if len(p.Change.Imported.Ignore) == 0 {
			continue
		}
		for _, block := range parse(t, p.Name, read(t, repository+"/examples/platforms/"+p.Platform+"/cluster.tf")).Body().Blocks() {
			if block.Type() != "resource" || block.Labels()[0] != p.Change.Resources[0] {
				continue
			}
			compared++
			want, got := "["+strings.Join(p.Change.Imported.Ignore, ", ")+"]", ""
			if lifecycle := block.Body().FirstMatchingBlock("lifecycle", nil); lifecycle != nil {
				got = expression(lifecycle.Body().GetAttribute("ignore_changes"))
			}
			if got != want {
				t.Errorf("%s of the example ignores %s, and %s needs %s", block.Labels()[0], got, p.Name, want)
			}
		}
	}
	if compared < 7 {
		t.Errorf("only %d resources were compared", compared)
	}
}
