package conflict

import "github.com/cidrplan/terraform-provider-cidrplan/internal/profile"

// NewNetOfPairs returns a net that compares every two facts by themselves.
func NewNetOfPairs(catalog *profile.Catalog) *ConfigCheck {
	n := NewConfigCheck(catalog)
	n.pairsAlone = true
	return n
}
