package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// grounds are the rule and its source behind a problem, and facts that help to choose an option. "" where there are none.
func (p Writer) grounds(f topology.Fault) string {
	switch e := f.Problem.(type) {
	case topology.TooMany:
		return p.ruled(e.Rule)
	case topology.Refused:
		if e.Rule.Text != "" {
			return "\n\n" + strings.Join(p.rule(e.Code, e.Rule), "\n")
		}
	case topology.NotAccepted:
		if reason, is := e.Reason.(topology.CannotAppend); is && reason.Text != "" {
			return p.grounded([]string{reason.Text}, reason.Sources)
		}
	case topology.NoPodSubnets:
		return p.ruled(e.Rule)
	case topology.UnsetByTerraform:
		return p.unsetGrounds(e)
	case allocate.NeedNotServed:
		return p.ruled(e.Rule)
	case allocate.BlockSizeNotServed:
		return p.ruled(e.Rule)
	case allocate.Changed:
		return p.outcome(e.Outcome)
	case allocate.DNSAddress:
		return "\n\n" + strings.Join(p.rule(e.Code, e.Rule), "\n")
	case allocate.AssumedRanges:
		return p.assumedGrounds(e)
	case allocate.Appended:
		return p.appendedGrounds(e)
	case allocate.ExtendedPods, allocate.NotSuperset, allocate.NotExtended, allocate.BaseChanged:
		return p.supersetGrounds(e)
	case allocate.NoRoom:
		return p.noRoomGrounds(e)
	case allocate.PublicSupernet, allocate.UnusableSupernet:
		return "\n\nSource: IANA special-purpose address registries (RFC 6890)."
	case allocate.GrowthPostponed:
		return "\n\n" + WhyUnknown(e.Unknown)
	}
	return ""
}

// grounded are rules and their sources at the end of a message.
func (p Writer) grounded(rules, sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	rule := ""
	if len(rules) > 0 {
		rule = "Rule: " + Sentence(Capital(strings.Join(distinct(rules), "; "))) + "\n"
	}
	return fmt.Sprintf("\n\n%sSource: %s", rule, p.cited(distinct(sources)))
}
