package provider

import (
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// acceptedField is the argument that accepts conflicts; where says which conflicts it can be about.
func acceptedField(where string) values.Fields {
	return values.Fields{"accepted_conflicts": {
		Shape: values.Objects,
		Description: "Conflicts " + where + " to accept, by the key in the message of the conflict. Copy the key without changes: the " +
			"characters `% | + : @ $` in names are written as `%` and two hexadecimal digits. An accepted conflict does not stop a plan " +
			"and is not reported unless it grows. Each requires `reason`.",
		Fields: acceptanceFields,
	}}
}

var acceptanceFields = values.Fields{
	"reason": {Shape: values.Text, Description: "Reason why the conflict is accepted."},
	"until": {
		Shape: values.Text,
		Description: "Last day of the acceptance, such as `2026-12-31`. It is compared with `today` of the provider. Without `today`, " +
			"`until` has no effect. Defaults to no end.",
	},
}

func readAcceptance(n *values.Node) topology.Acceptance {
	a := topology.Acceptance{Reason: n.Text("reason"), Until: n.Text("until")}
	if n.Unknown.Has("reason") {
		a.Reason = "(known after apply)"
	}
	date(n, n.At.Attr("until"), a.Until)
	return a
}

// date checks that a text is a day, such as 2026-12-31.
func date(n *values.Node, at topology.Path, day string) {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		n.Fault(at, messages.NotADay{Text: day})
	}
}
