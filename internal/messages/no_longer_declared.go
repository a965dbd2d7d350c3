package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// maxEntries bounds the entries that one warning lists.
const maxEntries = 40

// noLongerDeclared reports all clusters or blocks that are no longer declared, and which new ones may be the same.
func (p Writer) noLongerDeclared(e allocate.NoLongerDeclared) string {
	w := p.Terms()
	lines := []string{fmt.Sprintf("These %d %s are no longer declared, and their ranges are released:", len(e.Former), w.Many)}
	if len(e.Former) == 1 {
		lines[0] = fmt.Sprintf("This %s is no longer declared, and its ranges are released:", w.One)
	}
	for i, g := range e.Former {
		if i == maxEntries {
			lines = append(lines, fmt.Sprintf("  and %d more", len(e.Former)-i))
			break
		}
		lines = append(lines, fmt.Sprintf("  - %q: %s", g.Cluster, p.Holding(g.Held)))
	}
	lines = append(
		lines,
		"",
		fmt.Sprintf(
			"Released ranges stay reserved until reclaim names the %s. If a %s of the same name is declared again, its ranges are "+
				"allocated to it again.",
			w.One, w.One,
		),
	)
	if len(e.New) > 0 {
		lines = append(lines, "", fmt.Sprintf("New %s: %s.", w.Many, Listed(quotedAll(e.New), maxEntries)))
	}
	if len(e.Likely) > 0 {
		lines = append(
			lines,
			fmt.Sprintf(
				"If a %s was only renamed, add its old name to previous_names. Otherwise cidrplan allocates other ranges for it%s.",
				w.One, w.Rebuilt,
			),
		)
	}
	for i, l := range e.Likely {
		if i == maxEntries {
			lines = append(lines, fmt.Sprintf("  and %d more", len(e.Likely)-i))
			break
		}
		lines = append(lines, "  - "+p.mayBe(l))
	}
	return strings.Join(lines, "\n")
}

// mayBe says which new ones may be new names of which former ones. It names an assignment only where there is
// one.
func (p Writer) mayBe(l allocate.LikelyRename) string {
	common := "same VPC and profile, other sizes"
	if l.SameSizes {
		common = "same VPC, profile and sizes"
	}
	if p.OfBlocks {
		common = "same size"
	}
	oldNames, newNames := quotedAll(l.Former), quotedAll(l.New)
	if len(l.Former) == 1 && len(l.New) == 1 {
		return fmt.Sprintf("%s may be the new name of %s (%s).", newNames[0], oldNames[0], common)
	}
	one := "any of " + Listed(newNames, maxEntries)
	if len(newNames) == 1 {
		one = newNames[0]
	}
	other := "any of " + Listed(oldNames, maxEntries)
	if len(oldNames) == 1 {
		other = oldNames[0]
	}
	return fmt.Sprintf(
		"%s may be the new name of %s (%s). The configuration does not show which: set previous_names of each that was renamed to its "+
			"old name.",
		Capital(one), other, common,
	)
}

func quotedAll(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, fmt.Sprintf("%q", name))
	}
	return out
}
