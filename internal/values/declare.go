package values

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ObjectArguments are the arguments that declare may have: those with objects.
func (fs Fields) ObjectArguments() Fields {
	out := Fields{}
	for name, f := range fs {
		if (f.Shape == Object || f.Shape == Objects) && !f.Computed {
			out[name] = f
		}
	}
	return out
}

// Declarable are the fields with declare, for data sources. None with objects is required any more: Written
// checks that it is in one of the two places.
func (fs Fields) Declarable() Fields {
	inside := fs.ObjectArguments()
	if len(inside) == 0 {
		return fs
	}
	names := slices.Sorted(maps.Keys(inside))
	out := fs.With(
		Fields{
			topology.DeclareArgument: {
				Shape: anyObject,
				Description: "The objects of " + Choice(
					names,
				) + " in one value, such as `{ " + names[len(names)-1] + " = {…} }`. cidrplan checks the names of the attributes: " +
					"an unknown attribute is an error if its name resembles an existing one, and is listed in a warning otherwise. " +
					"Outside of `declare`, Terraform drops unknown attributes silently. " +
					"Set each argument either in `declare` or directly, not in both.",
			},
		},
	)
	for name, f := range inside {
		f.Required = false
		out[name] = f
	}
	return out
}

// PlannedDeclarable are the fields with declare, for resources: arguments that are not given may be planned.
func (fs Fields) PlannedDeclarable() Fields {
	out := fs.Declarable()
	for name, f := range fs.ObjectArguments() {
		was := out[name]
		was.planned = true
		if f.Required {
			was.Description += " Required, either directly or in `declare`."
		}
		out[name] = was
	}
	declare, ok := out[topology.DeclareArgument]
	if !ok {
		return out
	}
	declare.writeOnly = true
	declare.Description += " It is write-only, which requires Terraform 1.11 or OpenTofu 1.11. Its values are planned, stored and " +
		"shown as the arguments of the same names. Sensitive values in it are shown in plans, outputs and messages, because Terraform " +
		"does not pass on that they are sensitive; see the guide on sensitive values. Do not use ephemeral values, because they can " +
		"differ at apply."
	out[topology.DeclareArgument] = declare
	return out
}

// Written are the arguments of a configuration, wherever they are written.
type Written struct {
	// Arguments are all of them, those of declare in the places of their own names.
	Arguments map[string]tftypes.Value
	// Declared are the names of those that declare has.
	Declared map[string]bool
	// Faults make the arguments unusable; unused are warnings.
	Faults, Unused []topology.Fault
}

// Written reads declare. What it has is converted as Terraform converts the arguments of the same names.
func (fs Fields) Written(config tftypes.Value) Written {
	root := topology.Path{}.Attr(topology.DeclareArgument)
	inside, given := fs.ObjectArguments(), AttributesOf(config)
	c := &Conformer{}
	types := inside.Type()
	declare := c.Field(root, given[topology.DeclareArgument], Field{Shape: Object, Fields: inside}, types)
	declared := AttributesOf(declare)
	w := Written{Arguments: maps.Clone(given), Declared: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(inside)) {
		own, value := given[name], declared[name]
		if !declare.IsKnown() {
			value = Unknown(types.AttributeTypes[name])
		}
		switch {
		case value.IsNull():
			if inside[name].Required && own.IsNull() {
				c.Faults = append(
					c.Faults,
					topology.Fault{At: topology.Path{}.Attr(name), Problem: topology.Missing{Reason: topology.InDeclareOrOutside{}}},
				)
			}
		case own.IsNull():
			w.Arguments[name], w.Declared[name] = value, true
		case declare.IsKnown():
			c.Faults = append(c.Faults, topology.Fault{At: root.Attr(name), Problem: topology.GivenTwice{Argument: name}})
		}
	}
	w.sort(c, fs)
	return w
}

// sort separates the attributes that declare itself lacks from those that its objects lack: objects may have more
// for other uses, declare may not.
func (w *Written) sort(c *Conformer, fs Fields) {
	w.Faults = c.Faults
	var unused []topology.Path
	for _, f := range c.Unused {
		_, argument := fs[f.At[len(f.At)-1].Attr]
		switch {
		case len(f.At) > 2:
			unused = append(unused, f.At)
		case argument:
			own := topology.Path{}.Attr(f.At[len(f.At)-1].Attr)
			w.Faults = append(w.Faults, topology.Fault{
				At: f.At, Problem: topology.NotAccepted{Value: "…", Reason: topology.OnlyObjects{}},
				Options: []topology.Option{
					topology.OptionOf(topology.Remove(f.At), topology.Set(own, topology.ValueOfDeclare)),
				},
			})
		default:
			w.Faults = append(w.Faults, f)
		}
	}
	if len(unused) > 0 {
		slices.SortFunc(unused, func(a, b topology.Path) int { return strings.Compare(a.String(), b.String()) })
		w.Unused = []topology.Fault{{At: unused[0], Problem: topology.UnusedAttributes{At: unused}, Warn: true}}
	}
}

// Planned are the values of all arguments as they are stored: those of declare in the places of their own names, and declare itself null.
func (w Written) Planned() map[string]tftypes.Value {
	values := maps.Clone(w.Arguments)
	if _, has := values[topology.DeclareArgument]; has {
		values[topology.DeclareArgument] = Null(tftypes.DynamicPseudoType)
	}
	return values
}
