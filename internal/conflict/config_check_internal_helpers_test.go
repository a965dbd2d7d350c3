package conflict

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// NewConfigCheckOfPairs returns a configuration-wide check that compares every two facts by themselves.
func NewConfigCheckOfPairs(catalog *profile.Catalog) *ConfigCheck {
	n := NewConfigCheck(catalog)
	n.onlyPairs = true
	return n
}

func origin(kind, name string) topology.Origin { return topology.Origin{Kind: kind, Name: name} }
