package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// VersionTooOld refuses a version of Terraform or OpenTofu that cannot call functions of providers.
func VersionTooOld(version, minimumTerraform, minimumOpenTofu string) Message {
	wanted := fmt.Sprintf("Terraform %s or OpenTofu %s, or a later version", minimumTerraform, minimumOpenTofu)
	return Message{
		Summary: "Terraform Is Too Old",
		Detail: fmt.Sprintf(
			"This is version %s. cidrplan requires %s. Earlier versions cannot call provider functions, such as "+
				"provider::cidrplan::claims, which read what an allocator holds.", version, wanted,
		) + resolving("Use "+wanted+"."),
	}
}

// NoWriteOnlyArguments refuses declare in a version of Terraform or OpenTofu that would store it.
func NoWriteOnlyArguments() Message {
	return Message{
		At: topology.Path{}.Attr(topology.DeclareArgument), Summary: "Terraform Is Too Old for declare",
		Detail: "declare requires Terraform 1.11 or OpenTofu 1.11, which support write-only arguments. " +
			"Use such a version, or set the arguments of declare directly, without declare around them.",
	}
}

// The problems of dates. Each is the Problem of a Fault.
type (
	// NotADay is a text that is no day.
	NotADay struct{ Text string }
	// NotADate is a text that is neither a day nor a timestamp.
	NotADate struct{ Text string }
)

// dateText is a sentence on a date, without its full stop.
func dateText(problem any) string {
	switch e := problem.(type) {
	case NotADay:
		return fmt.Sprintf("%s is not a day such as 2026-12-31", Shown(e.Text))
	case NotADate:
		return fmt.Sprintf("%s is neither a day such as 2026-11-22 nor a timestamp", Shown(e.Text))
	}
	return ""
}
