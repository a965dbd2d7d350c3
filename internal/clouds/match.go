package clouds

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// Match is the type of the platform whose objects belong in an argument and that v, at the place at, is an object of; nil with
// a fault where it is of none.
func (c *Catalog) Match(platform string, argument Argument, v Value, at topology.Path) (*Type, *topology.Fault) {
	return nil, nil
}
