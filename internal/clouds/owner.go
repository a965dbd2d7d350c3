package clouds

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// owners are the objects that others belong to: the VPCs, hubs or gateways of a platform.
type owners struct {
	argument Argument
	// label is the name of the label that names one of them.
	label string
	collection
	entryOf map[string]entry
	// named are the keys by names, of which several owners may have one; namesAfterApply says that one of the names is not known yet.
	named           map[string][]string
	namesAfterApply bool
}

func newOwners(argument Argument, label string, c collection) owners {
	o := owners{argument: argument, label: label, collection: c, entryOf: c.byKey(), named: map[string][]string{}}
	for _, e := range c.entries {
		for _, name := range e.Names.known() {
			o.named[name] = append(o.named[name], e.key)
		}
		o.namesAfterApply = o.namesAfterApply || e.Names.afterApply()
	}
	return o
}

// keysOf are the keys of the owners that an ID or a name refers to.
func (o owners) keysOf(reference string) []string {
	if key, is := o.keyOf[reference]; is {
		return []string{key}
	}
	return o.named[reference]
}

// kept is the owner of a key, which may be another key of an owner that is given twice. ok is false where there is none.
func (o owners) kept(key string) (name string, ok bool) {
	if other, is := o.otherKeys[key]; is {
		return other, true
	}
	_, is := o.entryOf[key]
	return key, is
}

// mayBeAnother says whether an owner may turn out to be a further object that is known only after apply as a whole, and be kept under
// the key of that: what a data source read, since a resource is kept.
func (o owners) mayBeAnother(name string) bool { return o.entryOf[name].isRead() }

// owner is what an object belongs to.
type owner struct {
	// name is the key of the VPC, hub or gateway, "" for none.
	name string
	// undecided says that a value that is known only after apply decides it.
	undecided bool
	// reference is the ID that none of the owners has, "" where the object has no ID of one.
	reference string
}

// Ways in which an object is joined to its owner, in the order in which they count.
const (
	ByLabel = "label"
	ByKey   = "key"
	ByRange = "range"
	// ByBeingOnly joins to the only hub that is given.
	ByBeingOnly = "only"
)

// clues are what says to which owner an object belongs.
type clues struct {
	label Known[string]
	// key is the key of the object, "" where it says nothing.
	key string
	// within are the owners that have the range of the object; nil for objects that are joined without.
	within *candidates
	// only says that there is no question if there is only one owner.
	only bool
	refs Refs
	// incomplete says that an owner may have IDs that are not given, so that an ID which nobody has contradicts nothing.
	incomplete bool
}

// candidates are the owners that have a range. Undecided says that there may be others.
type candidates struct {
	names     []string
	undecided bool
}

// find is the owner of an object: the one that its label names, that its key names, that alone has its range, that is the only one, or
// whose ID it has, in this order. What counts first is known first, so that an ID which becomes known never changes the owner: one that
// contradicts the rest is a fault.
func (o owners) find(e entry, c clues) (owner, *topology.Fault) {
	name, by, fault := o.pointed(e, c)
	switch {
	case fault != nil:
		return owner{}, fault
	case by == "":
		return o.referred(e, c.refs)
	case name == "":
		return owner{undecided: true}, nil
	}
	return owner{name: name}, o.contradiction(e, name, by, c)
}

// pointed is the owner by anything but its ID or name, and what points at it; both are "" where nothing does. With by alone the owner
// is undecided.
func (o owners) pointed(e entry, c clues) (name, by string, fault *topology.Fault) {
	label, is := o.kept(c.label.Value)
	switch {
	case c.label.AfterApply, c.label.Value != "" && o.afterApply && (!is || o.mayBeAnother(label)):
		return "", ByLabel, nil
	case is:
		return label, ByLabel, nil
	case c.label.Value != "":
		return "", "", &topology.Fault{At: e.at.Attr(o.label), Problem: NoSuchOwner{o.argument, c.label.Value, o.names()}}
	}
	name = o.ofKey(c.key)
	_, whole := o.kept(c.key) // otherwise one with a longer part of the key may follow
	switch {
	case o.afterApply && (!whole || o.mayBeAnother(name)):
		return "", ByKey, nil
	case name != "":
		return name, ByKey, nil
	}
	if c.within != nil && !c.within.undecided && len(c.within.names) == 1 {
		return c.within.names[0], ByRange, nil
	}
	if c.only && len(o.entries) == 1 {
		return o.entries[0].key, ByBeingOnly, nil
	}
	return "", "", nil
}

// ofKey is the owner whose key is a key, or begins it: prod of "prod" and of "prod/idc". "" is none.
func (o owners) ofKey(key string) string {
	for key != "" {
		if name, is := o.kept(key); is {
			return name
		}
		slash := strings.LastIndexByte(key, '/')
		key = key[:max(slash, 0)]
	}
	return ""
}

// referred is the owner that has one of the IDs.
func (o owners) referred(e entry, refs Refs) (owner, *topology.Fault) {
	found := ""
	for _, id := range refs.known() {
		for _, key := range o.keysOf(id) {
			switch found {
			case "", key:
				found = key
			default:
				return owner{}, &topology.Fault{At: e.at, Problem: TwoOwners{o.argument, found, key}}
			}
		}
	}
	switch {
	case found != "":
		return owner{name: found}, nil
	case refs.afterApply(), len(refs) > 0 && o.namesAfterApply:
		return owner{undecided: true}, nil
	case len(refs) > 0:
		return owner{reference: refs[0].Value}, nil
	}
	return owner{}, nil
}

// contradiction says that an object has IDs, none of which is one of its owner.
func (o owners) contradiction(e entry, name, by string, c clues) *topology.Fault {
	ids := c.refs.known()
	if c.incomplete {
		ids = slices.DeleteFunc(ids, func(id string) bool { return len(o.keysOf(id)) == 0 })
	}
	if len(ids) == 0 || c.refs.afterApply() || len(o.entryOf[name].IDs) == 0 {
		return nil
	}
	if slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(o.keysOf(id), name) }) {
		return nil
	}
	return &topology.Fault{At: e.at, Problem: Contradiction{
		Type: e.Type.Name, Owner: o.argument, Name: name, By: by, Reference: ids[0], Other: o.keyOf[ids[0]],
	}}
}
