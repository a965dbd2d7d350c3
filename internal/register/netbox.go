package register

import (
	"cmp"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// netboxColumns are those of NetBox's import of prefixes: of versions up to 4.1, and of those that know the
// scope of a prefix by name. It refuses columns that it does not know.
// Source: PrefixImportForm in https://github.com/netbox-community/netbox/blob/main/netbox/ipam/forms/bulk_import.py,
// and its issue 21578 for scope_name.
var netboxColumns = map[string][]string{
	"netbox":       {"prefix", "vrf", "status", "role", "site", "tenant", "description"},
	"netbox-scope": {"prefix", "vrf", "status", "role", "scope_type", "scope_name", "tenant", "description"},
}

// netboxDescription is the length in characters that NetBox takes of a description.
const netboxDescription = 200

// netboxStatus are the kinds of claims that are not active prefixes. In containers NetBox shows what is free
// by itself; a row for it would make it used.
var netboxStatus = map[string]string{
	topology.ForeignSupernet: "container", topology.ForeignKept: "container", topology.ForeignReserved: "reserved",
	topology.ForeignReleased: "deprecated",
}

// netbox has one line for each range of a VRF, since NetBox refuses a second one. A range that is delegated as a whole has
// the line of its present holder, with the description of the delegation. Only ranges that two clusters have are two lines.
func netbox(claims map[string]Claim, format string) [][]string {
	o := order(sorted(claims))
	places := make([]int, len(o.claims))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int {
		a, b := &o.claims[i], &o.claims[j]
		return cmp.Or(cmp.Compare(a.VRF, b.VRF), cidr.Compare(a.CIDR, b.CIDR), cmp.Compare(o.depth[j], o.depth[i]), cmp.Compare(i, j))
	})
	lines := [][]string{netboxColumns[format]}
	var last Claim
	for _, i := range places {
		c := o.claims[i]
		if around(c) && c.CIDR == last.CIDR && c.VRF == last.VRF {
			if row := lines[len(lines)-1]; c.Owner == last.Owner && row[len(row)-1] == "" {
				row[len(row)-1] = netboxText(c)
			}
			continue
		}
		last = c
		if line := netboxLine(c, format); !slices.Equal(line, lines[len(lines)-1]) {
			lines = append(lines, line)
		}
	}
	return lines
}

func netboxLine(c Claim, format string) []string {
	kind := cmp.Or(c.Kind, topology.ForeignBlock)
	line := []string{c.CIDR.String(), c.VRF, cmp.Or(netboxStatus[kind], "active"), kind}
	if format == "netbox-scope" {
		scope := ""
		if c.Network != "" {
			scope = "dcim.site"
		}
		line = append(line, scope)
	}
	return guardedLine(append(line, c.Network, c.Owner, netboxText(c)), guarded)
}

// netboxText is the description of a claim in one line of the length that NetBox takes, guarded as all
// cells are: a line takes it over if its range is delegated.
func netboxText(c Claim) string {
	text := []rune(guarded(describedUse(c)))
	if len(text) > netboxDescription {
		text = append(text[:netboxDescription-1], '…')
	}
	return string(text)
}
