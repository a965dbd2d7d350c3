package clouds

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

//go:embed data/*.yaml
var data embed.FS

// Catalog is where the clouds' providers have their CIDRs, by platform.
type Catalog struct {
	platforms map[string]*Platform
	// types are the types of all platforms.
	types []placedType
}

// placedType is a type with its platform.
type placedType struct {
	*Type
	platform string
}

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

// PlatformNames are the names of the platforms of Default in order, without reading their data: a provider that is started needs the
// names, and the data only where a function is called.
func PlatformNames() []string {
	files, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(path.Base(file), ".yaml")
	}
	return names
}

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
		p := &Platform{}
		if _, err := profile.DecodeYAML(fsys, name, p); err != nil {
			return nil, err
		}
		for typeName, t := range p.Types {
			if t == nil {
				return nil, fmt.Errorf("%s: %s: is empty", name, typeName)
			}
			t.Name = typeName
		}
		if c.platforms[p.Name] != nil {
			return nil, fmt.Errorf("%s: platform %s is in another file, too", name, p.Name)
		}
		c.platforms[p.Name] = p
		for _, fault := range p.check() {
			faults = append(faults, fmt.Errorf("%s: %w", name, fault))
		}
	}
	c.index()
	return c, errors.Join(faults...)
}

// index notes what matching needs of each type.
func (c *Catalog) index() {
	for _, name := range c.Platforms() {
		for _, t := range c.platforms[name].all() {
			t.attributes = slices.Clone(t.Marks)
			for _, path := range t.typicalPaths() {
				t.attributes = append(t.attributes, firstStep(path))
			}
			slices.Sort(t.attributes)
			t.attributes = slices.Compact(t.attributes)
			for _, path := range t.IdentifyingPaths() {
				t.identifying = append(t.identifying, firstStep(path))
			}
			c.types = append(c.types, placedType{t, name})
		}
	}
}

// Platforms are the names of the platforms in order.
func (c *Catalog) Platforms() []string { return slices.Sorted(maps.Keys(c.platforms)) }

// Platform is a platform by name, nil if there is none.
func (c *Catalog) Platform(name string) *Platform { return c.platforms[name] }
