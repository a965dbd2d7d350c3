package messages

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// From is the writer for arguments some of which are in declare: declared has their names.
func (p Writer) From(declared map[string]bool) Writer {
	p.Declared = declared
	return p
}

// Place is where the configuration has an argument that the planner knows at a path.
func (p Writer) Place(at topology.Path) topology.Path {
	if len(at) == 0 || at[0].In == "" && !p.Declared[at[0].Attr] {
		return at
	}
	return append(topology.Path{}.Attr(topology.DeclareArgument), at.In("")...)
}

// ShownIn is a path whose text begins with declare where the configuration has the argument in it.
func (p Writer) ShownIn(at topology.Path) topology.Path {
	if len(at) == 0 || !p.Declared[at[0].Attr] {
		return at
	}
	return at.In(topology.DeclareArgument)
}

// ArgumentOf is the argument that a path begins with, also one in declare.
func ArgumentOf(at topology.Path) string {
	if len(at) > 1 && at[0].Attr == topology.DeclareArgument {
		at = at[1:]
	}
	return at[0].Attr
}

// Placed are messages at the places that the configuration has.
func (p Writer) Placed(messages []Message) []Message {
	for i, m := range messages {
		messages[i].At = p.Place(m.At)
	}
	return messages
}

func givenTwiceText(e topology.GivenTwice) string {
	return Shown(
		e.Argument,
	) + " is set both in declare and directly. Keep one of the two. cidrplan reports misspelled attributes only in declare."
}

func unusedText(e topology.UnusedAttributes) string {
	return "No argument has these attributes, so they are ignored: " + Listed(
		paths(e.At),
		20,
	) + ". If they are meant for cidrplan, correct their names. Otherwise remove them, or keep them if other resources use the same objects."
}
