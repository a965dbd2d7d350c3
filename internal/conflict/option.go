package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Option is one of the choices that a message offers. Each resolves all findings of the message by itself.
type Option struct {
	Kind OptionKind
	// Subject is the name that some reasons are about, "" for others.
	Subject string
	// Edits are made together.
	Edits []Edit
}

// Edit is a change of one argument.
type Edit struct {
	// In is the resource whose argument it is; the zero Place is the resource that reports the conflict.
	In Resource
	At topology.Path
	Do Change
}

// Resource is a resource, of this configuration or of another workspace.
type Resource struct {
	Origin
	// OtherWorkspace says that another workspace has the resource: it is applied there, and its claims are read again.
	OtherWorkspace bool
}

// Change is what an Edit does with an argument: Set, Restore, AtMost, AtLeast, Narrow, Avoid, Comply, Add, Take, AddClaims, Rename,
// Remove or NewToken.
type Change interface{ change() }

type (
	// Set gives the argument one of some values, the best one first. Each is a string, bool, int64, []string, Entry or Result.
	Set struct{ Values []any }
	// Restore gives it the value that it had at the last apply, in place of the one that it has now.
	Restore struct{ Was, Now any }
	// AtMost gives it the number, or a smaller one.
	AtMost struct{ Value int64 }
	// AtLeast gives it the number, or a larger one.
	AtLeast struct{ Value int64 }
	// Narrow gives it the part of its range that is in use, which has no address of some other ranges.
	Narrow struct{ Without []netip.Prefix }
	// Avoid gives it ranges that share no addresses with some other ones. Which ones is not known here.
	Avoid struct{ Ranges []netip.Prefix }
	// Add adds a name to a list.
	Add struct{ Name string }
	// Take removes a name from a list.
	Take struct{ Name string }
	// AddClaims adds the claims of an allocator or of blocks to a map.
	AddClaims struct{ Of Origin }
	// Rename gives an entry of a map, or a resource, another name, also where others refer to it.
	Rename struct{ To string }
	// Remove deletes the argument.
	Remove struct{}
	// NewToken gives an entry of renumber a token that it did not have before.
	NewToken struct{}
)

func (Set) change()       {}
func (Restore) change()   {}
func (AtMost) change()    {}
func (AtLeast) change()   {}
func (Narrow) change()    {}
func (Avoid) change()     {}
func (Add) change()       {}
func (Take) change()      {}
func (AddClaims) change() {}
func (Rename) change()    {}
func (Remove) change()    {}
func (NewToken) change()  {}

// Entry is an element of a map of objects that has one attribute.
type Entry struct{ Attr, Value string }

// Result is an attribute of a resource, or a part of it; with an empty path it is the resource.
type Result struct {
	Of Origin
	At topology.Path
}
