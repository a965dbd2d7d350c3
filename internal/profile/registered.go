package profile

import (
	"embed"
	"io/fs"
	"net/netip"
	"slices"
	"sync"
)

//go:embed data/registries/*.yaml
var registriesData embed.FS

// registered is what the registries of addresses say of ranges, on every platform.
type registered struct {
	// Unusable are addresses that no network can use, UnusableOfClassE those that remain so where 240.0.0.0/4 is allowed.
	Unusable         []Forbidden `yaml:"unusable"`
	UnusableOfClassE []Forbidden `yaml:"unusable_of_class_e"`
	// Private are the ranges that any network can use.
	Private []netip.Prefix `yaml:"private"`
	Special []Special      `yaml:"special"`
}

// Special is a range of a special-purpose registry, and what it is for.
type Special struct {
	CIDR netip.Prefix `yaml:"cidr"`
	Use  string       `yaml:"use"`
}

var registries = sync.OnceValue(func() registered {
	var all registered
	sub, err := fs.Sub(registriesData, "data/registries")
	if err == nil {
		_, err = decode(sub, "addresses.yaml", &all)
	}
	if err != nil {
		panic(err) // the data is compiled in and loaded by a test
	}
	return all
})

// Unusable are addresses that no network can use: no block of a VPC, no Pod and no Service range.
func Unusable() []Forbidden { return slices.Clone(registries().Unusable) }
