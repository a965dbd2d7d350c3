package conflict

import (
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Party is one of those that the key of a conflict names.
type Party struct {
	// Owner is a cluster, block, network or reservation.
	Owner string
	// Part is a route or subnet of Owner, "" where it is none. Subnet says that it is a subnet of a VPC.
	Part   string
	Subnet bool
	// Held says that a planner is named which has the range, Holder which one; "" is one that claims do not
	// name. Part is empty then.
	Held   bool
	Holder string
}

// subnetMark stands before the name of a subnet, which a route of the same VPC can have as well.
const subnetMark = "subnet:"

// keySeparators are the signs that divide keys of conflicts and begin a template of Terraform. In names they
// are escaped.
const keySeparators = "|+:@$"

// String writes the party as owner, owner:route, owner:subnet:subnet or owner@planner, with % and two hexadecimal digits for each
// separator in a name, as in home:%3A%3A/0.
func (p Party) String() string {
	owner := topology.EscapeName(p.Owner, keySeparators)
	switch {
	case p.Held:
		return owner + "@" + topology.EscapeName(p.Holder, keySeparators)
	case p.Part != "" && p.Subnet:
		return owner + ":" + subnetMark + topology.EscapeName(p.Part, keySeparators)
	case p.Part != "":
		return owner + ":" + topology.EscapeName(p.Part, keySeparators)
	}
	return owner
}

// parseParty reads a party. The first colon or @ ends the owner, so a part may be given with the colons of an
// IPv6 range as they are.
func parseParty(text string) (Party, bool) {
	at := strings.IndexAny(text, ":@")
	if at < 0 {
		owner, ok := topology.UnescapeName(text)
		return Party{Owner: owner}, ok && owner != ""
	}
	owner, ok := topology.UnescapeName(text[:at])
	part, subnet := text[at+1:], false
	if text[at] == ':' {
		part, subnet = strings.CutPrefix(part, subnetMark)
	}
	rest, readable := topology.UnescapeName(part)
	if text[at] == '@' {
		return Party{Owner: owner, Held: true, Holder: rest}, ok && readable && owner != ""
	}
	return Party{Owner: owner, Part: rest, Subnet: subnet && rest != ""}, ok && readable && owner != ""
}

// parties are those of the key, each read.
func (k Key) parties() []Party {
	var all []Party
	for _, text := range k.Parties {
		if party, ok := parseParty(text); ok {
			all = append(all, party)
		}
	}
	return all
}
