package profile

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// AllowClassE is the argument of the planner that allows ranges from 240.0.0.0/4, which was called class E.
const AllowClassE = "allow_class_e"

var classE = netip.MustParsePrefix("240.0.0.0/4")

// ClassE says whether a range is in 240.0.0.0/4.
func ClassE(of netip.Prefix) bool { return cidr.Contains(classE, of) }

// AllowingClassE is the catalog in which 240.0.0.0/4 is no forbidden range of profiles whose data names
// AllowClassE as the argument that allows it, nor of blocks.
func (c *Catalog) AllowingClassE() *Catalog {
	allowing := *c
	allowing.classE = true
	allowing.profiles = map[string]*Profile{}
	for name, p := range c.profiles {
		named := func(f Forbidden) bool { return f.AllowedBy == AllowClassE }
		if slices.ContainsFunc(p.Forbidden, named) {
			free := *p
			free.Forbidden = slices.DeleteFunc(slices.Clone(p.Forbidden), named)
			free.classE = true
			p = &free
		}
		allowing.profiles[name] = p
	}
	return &allowing
}
