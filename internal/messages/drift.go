package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// differenceText is the wording of one code: what differs, what follows, and how to resolve it. Every %s is one of the names below.
type differenceText struct{ kind, what, effect, resolve string }

// differences are the wordings by code. {name} is the network or cluster, {part} the subnet, route, cluster or use of it, {range} the
// range, {declared} and {observed} all ranges, {note} the reason.
var differences = map[drift.Code]differenceText{
	drift.NetworkUndeclared: {
		"network", "Network {name} ({observed}) exists in the cloud and is not declared.",
		"New ranges can overlap it.", "Declare the network, or remove it from the cloud.",
	},
	drift.NetworkGone: {
		"network", "Network {name} ({declared}) is declared and does not exist in the cloud.",
		"Its ranges stay occupied.", "Remove the declaration, or check that the observed facts include its account and region.",
	},
	drift.BlockUndeclared: {
		"network", "CIDR block {range} of network {name} exists in the cloud and is not declared.",
		"New ranges can overlap it.", "Add {range} to the CIDR blocks of {name}, or remove the block from the cloud.",
	},
	drift.BlockGone: {
		"network", "CIDR block {range} of network {name} is declared and does not exist in the cloud.",
		"The range stays occupied.", "Remove {range} from the CIDR blocks of {name}, or add the block in the cloud.",
	},
	drift.SubnetUndeclared: {
		"subnet", "Subnet {part} ({range}) of network {name} exists in the cloud and is not declared.",
		"Clusters cannot refer to it, and its free addresses are not checked.",
		"Add {part} = \"{range}\" to the subnets of {name}, or remove the subnet from the cloud.",
	},
	drift.SubnetGone: {
		"subnet", "Subnet {part} ({range}) of network {name} is declared and does not exist in the cloud.",
		"Clusters that use it cannot be created.", "Remove the subnet from the declaration, or create it in the cloud.",
	},
	drift.RouteUndeclared: {
		"route", "Route {part} of network {name} leads to {range}, which is in no declared network.",
		"New ranges can overlap its destination, and packets to them would follow the route.",
		"Declare the network behind the route, or add the route to the routes of {name}.",
	},
	drift.RouteGone: {
		"route", "Route {part} of network {name} to {range} is declared and does not exist in the cloud.",
		"The destination stays occupied.", "Remove the route from the declaration, or create it in the cloud.",
	},
	drift.RequiredRouteMissing: {
		"route", "Network {name} has no route to Pod range {range} of cluster {part}.",
		"Packets from {name} to the Pods are lost.", "Create the route; the function required_routes lists its next hop.",
	},
	drift.ClusterRangeDiffers: {
		"cluster", "Cluster {name} uses {observed} in the cloud, and {declared} is allocated to it.",
		"The range in use is not reserved and can be allocated to another cluster.",
		"Set `existing` to the ranges in use and renumber the cluster, or rebuild the cluster with the allocated ranges.",
	},
	drift.ClusterUndeclared: {
		"cluster", "Cluster {name} uses {observed} in the cloud and has no allocation.",
		"New ranges can overlap these ranges.",
		"Add the cluster to `existing` of the allocator; or, if it is a declared cluster, set `cloud_name` of that cluster to \"{name}\".",
	},
	drift.ClusterGone: {
		"cluster", "Cluster {name} holds {declared} and does not exist in the cloud.",
		"The ranges stay allocated.", "Create the cluster; or, if it is no longer needed, remove it from `clusters`.",
	},
	drift.OtherRangeUndeclared: {
		"cluster", "Cluster {name} uses {range} as {part} in the cloud, and its declaration does not have the range.",
		"New ranges can overlap it.",
		"Add {range} to {part} in other_ranges of the cluster, or change the cluster in the cloud.",
	},
	drift.OtherRangeGone: {
		"cluster", "The declaration of cluster {name} has {range} as {part}, and the cluster uses {observed} in the cloud.",
		"New ranges avoid addresses that the cluster does not use.",
		"Remove {range} from {part} in other_ranges of the cluster, or change the cluster in the cloud.",
	},
	drift.ReleasedClusterExists: {
		"cluster", "Cluster {name} still uses {observed}, which is released.",
		"Reclaiming the range would put two clusters on the same addresses.", "Delete or rebuild the cluster before you reclaim the range.",
	},
	drift.ReleasedClusterGone: {
		"cluster", "Ranges {declared} of cluster {name} are released and no cluster in the cloud uses them.",
		"The ranges stay reserved.", "Add \"{name}\" to `reclaim`.",
	},
	drift.ObjectUnplaced: {
		"object", "{name}: {note}.", "The object is not compared with anything.",
		"Add what it refers to, or name its VPC or hub with merge().",
	},
}

// AddDifference adds the row of a difference between what is declared and what a cloud reports. settings may accept it, set its level or
// leave it out.
func (p Writer) AddDifference(rows map[string]AuditRow, d drift.Difference, settings conflict.Settings) {
	if settings.Levels[string(d.Code)] == conflict.Off {
		return
	}
	rows[free(rows, d.Key().String())] = p.differenceRow(d, settings)
}

func (p Writer) differenceRow(d drift.Difference, settings conflict.Settings) AuditRow {
	text := differences[d.Code]
	fill := strings.NewReplacer(
		"{name}", Line(d.Name), "{part}", Line(d.Part), "{range}", d.Range.String(), "{declared}", Join(d.Declared),
		"{observed}", Join(d.Observed), "{note}", Line(d.Note),
	)
	what, effect := fill.Replace(text.what), fill.Replace(text.effect)
	row := AuditRow{
		Rule: string(d.Code), Level: differenceLevel(d, settings), Summary: what, Consequence: effect,
		Text:  fmt.Sprintf("%s %s\n\nTo resolve: %s", what, effect, fill.Replace(text.resolve)),
		First: AuditParty{Kind: text.kind, Name: d.Name, Part: d.Part, Range: d.Range, At: p.Place(d.At)},
	}
	for accepted, acceptance := range settings.Accepted {
		lapsed := acceptance.Until != "" && settings.Today != "" && acceptance.Until < settings.Today
		if k, ok := conflict.ParseKey(accepted); ok && k.Covers(d.Key()) && !lapsed {
			row.Level, row.Reason, row.Until = Note, Described(acceptance.Reason), Line(acceptance.Until)
		}
	}
	return row
}

// differenceLevel is the level of a difference, which the configuration may set.
func differenceLevel(d drift.Difference, settings conflict.Settings) string {
	if set := settings.Levels[string(d.Code)]; set != "" {
		return set
	}
	if level := d.Code.Level(); level != profile.Allow {
		return level.String()
	}
	return Note
}
