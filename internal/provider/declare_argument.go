package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declareArgument is the argument that has the objects of other arguments as one dynamic value. Of a nested
// argument Terraform drops the attributes that the schema lacks before a provider sees them, misspelled ones
// too; of a dynamic one it passes on everything that was written. In resources it is write-only, so that it
// leaves no trace in the state, and the arguments of the same names are planned from it.
const declareArgument = "declare"

// objectArguments are the arguments that declare may have: those with objects.
func (fs fields) objectArguments() fields {
	out := fields{}
	for name, f := range fs {
		if (f.shape == object || f.shape == objects) && !f.computed {
			out[name] = f
		}
	}
	return out
}

// declarable are the fields with declare, for data sources. None with objects is required any more: written
// checks that it is in one of the two places.
func (fs fields) declarable() fields {
	inside := fs.objectArguments()
	if len(inside) == 0 {
		return fs
	}
	names := slices.Sorted(maps.Keys(inside))
	out := fs.with(
		fields{
			declareArgument: {
				shape: anyObject,
				about: "The objects of " + choice(
					names,
				) + " in one value, such as `{ " + names[len(names)-1] + " = {…} }`. cidrplan checks the names of the attributes: " +
					"an unknown attribute is an error if its name resembles an existing one, and is listed in a warning otherwise. " +
					"Outside of `declare`, Terraform drops unknown attributes silently. " +
					"Set each argument either in `declare` or directly, not in both.",
			},
		},
	)
	for name, f := range inside {
		f.required = false
		out[name] = f
	}
	return out
}

// plannedDeclarable are the fields with declare, for resources: arguments that are not given may be planned.
func (fs fields) plannedDeclarable() fields {
	out := fs.declarable()
	for name, f := range fs.objectArguments() {
		was := out[name]
		was.planned = true
		if f.required {
			was.about += " Required, either directly or in `declare`."
		}
		out[name] = was
	}
	declare, ok := out[declareArgument]
	if !ok {
		return out
	}
	declare.writeOnly = true
	declare.about += " It is write-only, which requires Terraform 1.11 or OpenTofu 1.11. Its values are planned, stored and shown as " +
		"the arguments of the same names. Sensitive values in it are shown in plans, outputs and messages, because Terraform does not " +
		"pass on that they are sensitive; see the guide on sensitive values. Do not use ephemeral values, because they can differ at apply."
	out[declareArgument] = declare
	return out
}

// written are the arguments of a configuration, wherever they are written.
type written struct {
	// arguments are all of them, those of declare in the places of their own names.
	arguments map[string]tftypes.Value
	// declared are the names of those that declare has.
	declared map[string]bool
	// faults make the arguments unusable; unused are warnings.
	faults, unused []topology.Fault
}

// givenTwice says that an argument is given as such and in declare.
type givenTwice struct{ argument string }

// unusedAttributes says that declare has attributes that nothing reads.
type unusedAttributes struct{ at []topology.Path }

// written reads declare. What it has is converted as Terraform converts the arguments of the same names.
func (fs fields) written(config tftypes.Value) written {
	root := topology.Path{}.Attr(declareArgument)
	inside, given := fs.objectArguments(), attributesOf(config)
	c := &conformer{}
	types := inside.typ()
	declare := c.field(root, given[declareArgument], field{shape: object, fields: inside}, types)
	declared := attributesOf(declare)
	w := written{arguments: maps.Clone(given), declared: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(inside)) {
		own, value := given[name], declared[name]
		if !declare.IsKnown() {
			value = late(types.AttributeTypes[name])
		}
		switch {
		case value.IsNull():
			if inside[name].required && own.IsNull() {
				c.faults = append(
					c.faults,
					topology.Fault{At: topology.Path{}.Attr(name), Problem: topology.Missing{Why: "give it as an argument, or in declare"}},
				)
			}
		case own.IsNull():
			w.arguments[name], w.declared[name] = value, true
		case declare.IsKnown():
			c.faults = append(c.faults, topology.Fault{At: root.Attr(name), Problem: givenTwice{name}})
		}
	}
	w.sort(c, fs)
	return w
}

// sort tells the attributes that declare itself lacks from those that its objects lack: objects may have more
// for other uses, declare may not.
func (w *written) sort(c *conformer, fs fields) {
	w.faults = c.faults
	var unused []topology.Path
	for _, f := range c.unused {
		_, argument := fs[lastAttr(f.At)]
		switch {
		case len(f.At) > 2:
			unused = append(unused, f.At)
		case argument:
			own := topology.Path{}.Attr(lastAttr(f.At))
			w.faults = append(w.faults, topology.Fault{
				At: f.At, Problem: topology.NotAccepted{Value: "…", Why: "declare has only arguments with objects"},
				Options: []topology.Option{
					topology.OptionOf(topology.Remove(f.At), topology.Set(own, topology.Described("that value, beside declare"))),
				},
			})
		default:
			w.faults = append(w.faults, f)
		}
	}
	if len(unused) > 0 {
		slices.SortFunc(unused, func(a, b topology.Path) int { return strings.Compare(a.String(), b.String()) })
		w.unused = []topology.Fault{{At: unused[0], Problem: unusedAttributes{unused}, Warn: true}}
	}
}

// planned are the values of all arguments as they are stored: those of declare in the places of their own names, and declare itself null.
func (w written) planned() map[string]tftypes.Value {
	values := maps.Clone(w.arguments)
	if _, has := values[declareArgument]; has {
		values[declareArgument] = null(tftypes.DynamicPseudoType)
	}
	return values
}

// from is the prose for arguments some of which are in declare.
func (p prose) from(w written) prose {
	p.declared = w.declared
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
	) + " is given in declare and as an argument of its own. Keep one of the two; only in declare is a misspelled attribute of its " +
		"objects found."
}

func unusedText(e unusedAttributes) string {
	return "No argument has attributes of these names, and they are ignored: " + listed(
		paths(e.at),
		20,
	) + ". Remove them, or correct the names if they are meant for cidrplan. Objects that also serve other resources may keep them."
}
