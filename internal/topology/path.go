package topology

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
)

// Path is a place in a configuration, from the top down.
type Path []Step

// Step is one step of a Path: an attribute, a map key or a list index, in this order of
// precedence. Exactly one is set; Index counts from 1 so that the zero Step is none.
type Step struct {
	Attr  string
	Key   string
	Index int
}

// Attr steps into an attribute of an object.
func (p Path) Attr(name string) Path { return p.with(Step{Attr: name}) }

// Key steps into an element of a map.
func (p Path) Key(key string) Path { return p.with(Step{Key: key}) }

// At steps into an element of a list, counted from 0.
func (p Path) At(i int) Path { return p.with(Step{Index: i + 1}) }

func (p Path) with(s Step) Path { return append(p[:len(p):len(p)], s) }

// Sibling is the place with another name in place of the last one, which is that of an attribute or a key of a map. The path is
// not empty.
func (p Path) Sibling(name string) Path {
	parent, last := p[:len(p)-1], p[len(p)-1]
	if last.Attr != "" {
		return parent.Attr(name)
	}
	return parent.Key(name)
}

// maxKeyShown is the number of characters of a key that a path shows: any name has as many at most.
const maxKeyShown = maxNameLength

// String writes the path as Terraform does: vpcs["prod"].cidr_blocks[0]. Control characters of keys are
// escaped, and keys that are too long for a name are cut.
func (p Path) String() string {
	var b strings.Builder
	for i, s := range p {
		b.WriteString(s.text(i == 0))
	}
	return b.String()
}

// text is the step as a part of a path; first says that it is the first one.
func (s Step) text(first bool) string {
	if s.Index > 0 {
		return fmt.Sprintf("[%d]", s.Index-1)
	}
	if s.Attr == "" {
		return "[" + plain.Quote(s.Key, maxKeyShown) + "]"
	}
	attribute := plain.Line(s.Attr, maxKeyShown)
	if first {
		return attribute
	}
	return "." + attribute
}
