package provider

import (
	"fmt"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// acceptedField is the argument that lives with conflicts, wherever it stands; where says which conflicts
// it can be about.
func acceptedField(where string) fields {
	return fields{"accepted_conflicts": {
		shape: objects,
		about: "Conflicts " + where + " to accept, by the key in the message of the conflict. Copy the key without changes: the " +
			"characters `% | + : @ $` in names are written as `%` and two hexadecimal digits. An accepted conflict does not stop a plan " +
			"and is not reported unless it grows. Each requires `reason`.",
		fields: acceptanceFields,
	}}
}

var acceptanceFields = fields{
	"reason": {shape: text, about: "Reason why the conflict is accepted."},
	"until": {
		shape: text,
		about: "Last day of the acceptance, such as `2026-12-31`. It is compared with `today` of the provider. Without `today`, `until` " +
			"has no effect. Defaults to no end.",
	},
}

func readAcceptance(n *node) topology.Acceptance {
	a := topology.Acceptance{Reason: n.text("reason"), Until: n.text("until")}
	if n.unknown.Has("reason") {
		a.Reason = "(known after apply)"
	}
	n.date(n.at.Attr("until"), a.Until)
	return a
}

// date checks that a text is a day, such as 2026-12-31.
func (n *node) date(at topology.Path, day string) {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		n.fault(at, fmt.Errorf("%s is not a day such as 2026-12-31", messages.Shown(day)))
	}
}
