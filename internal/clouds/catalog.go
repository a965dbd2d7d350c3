package clouds

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed data/*.yaml
var data embed.FS

// Catalog is where the clouds' providers have their CIDRs, by platform.
type Catalog struct{ platforms map[string]*Platform }

// Default is the catalog that the provider ships.
var Default = sync.OnceValue(func() *Catalog {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err)
	}
	catalog, err := Load(sub)
	if err != nil {
		panic(err) // the data is compiled in and loaded by a test
	}
	return catalog
})

// Load reads a catalog from the *.yaml files at the top of fsys, one a platform. It refuses unknown keys and data that is not
// complete, all in one error.
func Load(fsys fs.FS) (*Catalog, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	c := &Catalog{platforms: map[string]*Platform{}}
	var faults []error
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		p := &Platform{}
		d := yaml.NewDecoder(bytes.NewReader(text))
		d.KnownFields(true)
		if err := d.Decode(p); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for typeName, t := range p.Types {
			t.Name = typeName
		}
		c.platforms[p.Name] = p
		for _, fault := range p.check() {
			faults = append(faults, fmt.Errorf("%s: %w", name, fault))
		}
	}
	return c, errors.Join(faults...)
}

// Platforms are the names of the platforms in order.
func (c *Catalog) Platforms() []string { return slices.Sorted(maps.Keys(c.platforms)) }

// Platform is a platform by name, nil if there is none.
func (c *Catalog) Platform(name string) *Platform { return c.platforms[name] }
