package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
			topology.DeclareArgument: {
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
	declare, ok := out[topology.DeclareArgument]
	if !ok {
		return out
	}
	declare.writeOnly = true
	declare.about += " It is write-only, which requires Terraform 1.11 or OpenTofu 1.11. Its values are planned, stored and shown as " +
		"the arguments of the same names. Sensitive values in it are shown in plans, outputs and messages, because Terraform does not " +
		"pass on that they are sensitive; see the guide on sensitive values. Do not use ephemeral values, because they can differ at apply."
	out[topology.DeclareArgument] = declare
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

// written reads declare. What it has is converted as Terraform converts the arguments of the same names.
func (fs fields) written(config tftypes.Value) written {
	root := topology.Path{}.Attr(topology.DeclareArgument)
	inside, given := fs.objectArguments(), attributesOf(config)
	c := &conformer{}
	types := inside.typ()
	declare := c.field(root, given[topology.DeclareArgument], field{shape: object, fields: inside}, types)
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
			c.faults = append(c.faults, topology.Fault{At: root.Attr(name), Problem: topology.GivenTwice{Argument: name}})
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
		_, argument := fs[f.At[len(f.At)-1].Attr]
		switch {
		case len(f.At) > 2:
			unused = append(unused, f.At)
		case argument:
			own := topology.Path{}.Attr(f.At[len(f.At)-1].Attr)
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
		w.unused = []topology.Fault{{At: unused[0], Problem: topology.UnusedAttributes{At: unused}, Warn: true}}
	}
}

// planned are the values of all arguments as they are stored: those of declare in the places of their own names, and declare itself null.
func (w written) planned() map[string]tftypes.Value {
	values := maps.Clone(w.arguments)
	if _, has := values[topology.DeclareArgument]; has {
		values[topology.DeclareArgument] = null(tftypes.DynamicPseudoType)
	}
	return values
}
