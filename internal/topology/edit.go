package topology

import "reflect"

// Edit is a change of one argument of a configuration.
type Edit struct {
	// In is the resource whose argument it is; the zero Resource is the one that reports the problem.
	In Resource
	At Path
	Do Change
}

// Change is what an Edit does with an argument: Setting, Removing, Adding, RemovingFrom, Copying, Restoring or Renaming.
type Change interface{ change() }

type (
	// Setting gives the argument the value.
	Setting struct{ Value any }
	// Removing removes the argument or the entry of a map.
	Removing struct{}
	// Adding adds the value to a list.
	Adding struct{ Value any }
	// RemovingFrom takes the value out of a list.
	RemovingFrom struct{ Value any }
	// Copying declares what From has a second time.
	Copying struct{ From Path }
	// Restoring declares the entry again as it was in the plan before.
	Restoring struct{}
	// Renaming gives an entry, an argument or a resource another name, also where others refer to it.
	Renaming struct{ To string }
)

func (Setting) change()      {}
func (Removing) change()     {}
func (Adding) change()       {}
func (RemovingFrom) change() {}
func (Copying) change()      {}
func (Restoring) change()    {}
func (Renaming) change()     {}

// Set gives a place a value: a string, int, int64, bool, netip.Prefix, list of strings or prefixes, UserValue, or one of the
// types of values of edits.
func Set(at Path, value any) Edit { return Edit{At: at, Do: Setting{value}} }

// Remove removes what is at a place.
func Remove(at Path) Edit { return Edit{At: at, Do: Removing{}} }

// Add adds a value to a list.
func Add(at Path, value any) Edit { return Edit{At: at, Do: Adding{value}} }

// RemoveFrom removes a value from a list.
func RemoveFrom(at Path, value any) Edit { return Edit{At: at, Do: RemovingFrom{value}} }

// Copy declares what is at one place a second time at another.
func Copy(from, to Path) Edit { return Edit{At: to, Do: Copying{from}} }

// Restore declares again what was at a place before.
func Restore(at Path) Edit { return Edit{At: at, Do: Restoring{}} }

// Rename gives what is declared at a place another name.
func Rename(at Path, to string) Edit { return Edit{At: at, Do: Renaming{to}} }

// Within is the edit in a resource.
func (e Edit) Within(r Resource) Edit {
	e.In = r
	return e
}

// repeats says whether an option with another edit needs this one no more.
func (e Edit) repeats(known Edit) bool {
	if known.In != e.In || known.At.String() != e.At.String() {
		return false
	}
	switch e.Do.(type) {
	case Adding, RemovingFrom:
		return reflect.DeepEqual(known.Do, e.Do)
	}
	return true
}
