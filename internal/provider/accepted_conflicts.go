package provider

import (
	"fmt"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// acceptedField is the argument that lives with conflicts, wherever it stands; where says which conflicts
// it can be about.
func acceptedField(where string) fields {
	return fields{"accepted_conflicts": {
		shape:  objects,
		about:  "Conflicts " + where + " to accept, by the key that their message names among its options. In names, keys have the signs `% | + : @ $` as `%` and two hexadecimal digits; copy the key as it is. An accepted conflict does not stop a plan and is not told again; one that grows is a conflict again. Each needs `reason`.",
		fields: acceptanceFields,
	}}
}

var acceptanceFields = fields{
	"reason": {shape: text, about: "Why the conflict is accepted, for those who read it later."},
	"until": {
		shape: text,
		about: "Last day of the acceptance, such as `2026-12-31`. It is compared with `today` of the provider, never with a clock. Defaults to no end.",
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
		n.fault(at, fmt.Errorf("%s is not a day such as 2026-12-31", shown(day)))
	}
}
