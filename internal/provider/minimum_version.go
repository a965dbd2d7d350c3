package provider

import (
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// The oldest versions that call functions of providers. OpenTofu reports its own version as Terraform does, so that
// OpenTofu 1.7 and Terraform 1.7 look alike here.
const (
	minimumTerraform = "1.8"
	minimumOpenTofu  = "1.7"
)

// refuseOldVersion refuses a Terraform or OpenTofu that is certainly too old. A version that is not known passes.
func refuseOldVersion(version string, diags *diag.Diagnostics) {
	major, minor, known := versionParts(version)
	if !known || major > 1 || major == 1 && minor >= 7 {
		return
	}
	m := messages.VersionTooOld(version, minimumTerraform, minimumOpenTofu)
	diags.AddError(m.Summary, m.Detail)
}

// versionParts are the first two numbers of a version such as 1.8.0-beta1.
func versionParts(version string) (major, minor int, known bool) {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return 0, 0, false
	}
	major, err := strconv.Atoi(parts[0])
	if err != nil {
		return 0, 0, false
	}
	minor, err = strconv.Atoi(parts[1])
	return major, minor, err == nil
}
