package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declareArgument is the argument that has the objects of other arguments as one dynamic value. Of a nested
// argument Terraform drops the attributes that the schema lacks before a provider sees them, misspelled ones
// too; of a dynamic one it passes on everything that was written. In resources it is write-only, so that it
// leaves no trace in the state, and the arguments of the same names are planned from it.
const declareArgument = "declare"

// givenTwice says that an argument is given as such and in declare.
type givenTwice struct{ argument string }

// unusedAttributes says that declare has attributes that nothing reads.
type unusedAttributes struct{ at []topology.Path }

// from is the prose for arguments some of which are in declare: declared has their names.
func (p prose) from(declared map[string]bool) prose {
	p.declared = declared
	return p
}

// place is where the configuration has an argument that the planner knows at a path.
func (p prose) place(at topology.Path) topology.Path {
	if len(at) == 0 || at[0].In == "" && !p.declared[at[0].Attr] {
		return at
	}
	return append(topology.Path{}.Attr(declareArgument), at.In("")...)
}

// shownIn is a path whose text begins with declare where the configuration has the argument in it.
func (p prose) shownIn(at topology.Path) topology.Path {
	if len(at) == 0 || !p.declared[at[0].Attr] {
		return at
	}
	return at.In(declareArgument)
}

// argumentOf is the argument that a path begins with, also one in declare.
func argumentOf(at topology.Path) string {
	if len(at) > 1 && at[0].Attr == declareArgument {
		at = at[1:]
	}
	return at[0].Attr
}

// placed are messages at the places that the configuration has.
func (p prose) placed(messages []message) []message {
	for i, m := range messages {
		messages[i].at = p.place(m.at)
	}
	return messages
}

func givenTwiceText(e givenTwice) string {
	return shown(
		e.argument,
	) + " is given in declare and as an argument of its own. Keep one of the two; only in declare is a misspelled attribute of its objects found."
}

func unusedText(e unusedAttributes) string {
	return "No argument has attributes of these names, and they are ignored: " + listed(
		paths(e.at),
		20,
	) + ". Remove them, or correct the names if they are meant for cidrplan. Objects that also serve other resources may keep them."
}
