package clouds

import (
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// object is the value of an object, of which the attributes were looked up once.
type object struct {
	members map[string]Value
	at      topology.Path
	faults  []topology.Fault
}

func newObject(v Value, at topology.Path) *object {
	return &object{members: v.Members(), at: at}
}

// found is a value at the end of a path.
type found struct {
	Value
	at topology.Path
	// listed says that the value is an element of a list.
	listed bool
}

// find finds the values at the end of a path: the elements of lists, without null; one that is unknown for what an unknown value on
// the way would have. What is no object on the way is a fault.
func (o *object) find(path string) []found {
	name, rest, deeper := strings.Cut(path, ".")
	v, is := o.members[name]
	if !is {
		return nil
	}
	var steps []string
	if deeper {
		steps = strings.Split(rest, ".")
	}
	return o.walk(found{Value: v, at: o.at.Attr(name)}, steps)
}

// walk finds the values at the end of the steps from a value.
func (o *object) walk(from found, steps []string) []found {
	switch from.Kind() {
	case Null:
		return nil
	case Unknown:
		return []found{from}
	case List:
		var out []found
		for i, element := range from.Elements() {
			out = append(out, o.walk(found{element, from.at.At(i), true}, steps)...)
		}
		return out
	}
	switch {
	case len(steps) == 0:
		return []found{from}
	case from.Kind() != Map:
		if from.Text() != "" { // "" stands for null in old states
			o.wrong(from, topology.ObjectType)
		}
		return nil
	}
	if steps[0] == everyMember {
		return o.walkMembers(from, steps[1:])
	}
	member, is := from.Members()[steps[0]]
	if !is {
		return nil
	}
	return o.walk(found{member, from.at.Attr(steps[0]), from.listed}, steps[1:])
}

// everyMember is a step to every member of a map.
const everyMember = "*"

// walkMembers finds the values at the end of the steps from each member of a map, in the order of their names.
func (o *object) walkMembers(from found, steps []string) (out []found) {
	members := from.Members()
	for _, name := range slices.Sorted(maps.Keys(members)) {
		out = append(out, o.walk(found{members[name], from.at.Key(name), true}, steps)...)
	}
	return out
}

// wrong adds the fault that a value has another type than its path needs, once for a value that is on several paths.
func (o *object) wrong(v found, want topology.ValueType) {
	at := v.at.String()
	if slices.ContainsFunc(o.faults, func(f topology.Fault) bool { return f.At.String() == at }) {
		return
	}
	o.faults = append(o.faults, topology.Fault{At: v.at, Problem: topology.WrongType{Is: v.Type(), Want: want}})
}

// texts are the texts at the end of a path, without "", which stands for null in old states. Names that are joined make one text.
func (o *object) texts(path string) []Known[string] {
	if names := strings.Split(path, "+"); len(names) > 1 {
		return o.together(names)
	}
	var out []Known[string]
	for _, v := range o.find(path) {
		switch v.Kind() {
		case Unknown:
			out = append(out, afterApply[string]())
		case Text:
			if text := strings.TrimSpace(v.Text()); text != "" {
				out = append(out, known(text))
			}
		default:
			o.wrong(v, topology.TextType)
		}
	}
	return out
}

// together is the text of names that are unique only together, none where one of them is missing.
func (o *object) together(paths []string) []Known[string] {
	var names []string
	for _, path := range paths {
		switch name := o.text(path); {
		case name.AfterApply:
			return []Known[string]{afterApply[string]()}
		case name.Value == "":
			return nil
		default:
			names = append(names, name.Value)
		}
	}
	return []Known[string]{known(strings.Join(names, "/"))}
}

// text is the first text at the end of a path, "" for none.
func (o *object) text(path string) Known[string] {
	if path == "" {
		return Known[string]{}
	}
	return firstText(o.texts(path))
}

func firstText(texts []Known[string]) Known[string] {
	if len(texts) == 0 {
		return Known[string]{}
	}
	return texts[0]
}
