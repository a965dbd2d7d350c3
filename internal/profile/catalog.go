package profile

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.yaml
var data embed.FS

// Generic is the platform of networks that name none.
const Generic = "generic"

// Catalog is all that is known of the platforms.
type Catalog struct {
	platforms map[string]Platform
	profiles  map[string]*Profile
	outputs   map[string]Output
	hubs      map[string]Hub
	sources   map[string]Source
	// classE says that the argument AllowClassE is set.
	classE bool
}

// Platform is what is known of one platform beside its profiles.
type Platform struct {
	Title    string
	Networks Networks
	// Distributions says that there are only distributions of Kubernetes, whose clusters can be in networks of every platform.
	Distributions bool
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

func (c *Catalog) add(f file) error {
	var faults []error
	wrong := complaint(func(format string, args ...any) {
		faults = append(faults, fmt.Errorf(f.name+": "+format, args...))
	})
	if f.Platform == "" || f.Title == "" {
		wrong("a platform needs a name and a title")
	}
	if _, twice := c.platforms[f.Platform]; twice {
		wrong("platform %q is given twice", f.Platform)
	}
	c.addNetworks(f, wrong)
	for object, output := range f.Outputs {
		if _, twice := c.outputs[object]; twice {
			wrong("output %q is given twice", object)
		}
		for attribute, a := range output.Attributes {
			if !a.known() {
				wrong("output %s.%s has the unknown value %q or type %q", object, attribute, a.Value, a.Type)
			}
		}
		c.outputs[object] = output
	}
	for _, key := range slices.Sorted(maps.Keys(f.Profiles)) {
		p := f.Profiles[key]
		if p == nil {
			wrong("profile %q is empty", key)
			continue
		}
		p.Name, p.Platform = key, f.Platform
		if _, twice := c.profiles[key]; twice {
			wrong("profile %q is given twice", key)
		}
		c.profiles[key] = p
		if _, ok := f.Outputs[p.Output]; !ok {
			wrong("profile %q: output %q is not among the file's outputs", key, p.Output)
		}
		if f.Distributions && p.Anywhere != "any" {
			wrong("profile %q: clusters of distributions are in networks of platforms any", key)
		}
		c.checkProfile(p, wrong.of("profile "+key))
	}
	return errors.Join(faults...)
}

// addNetworks adds the networks of a platform; distributions have none.
func (c *Catalog) addNetworks(f file, wrong complaint) {
	networks := Networks{}
	if f.Networks != nil {
		networks = *f.Networks
	}
	c.platforms[f.Platform] = Platform{Title: f.Title, Networks: networks, Distributions: f.Distributions}
	if f.Distributions {
		if f.Networks != nil {
			wrong("distributions have no networks")
		}
		return
	}
	c.checkNetworks(networks, wrong)
	for kind, hub := range networks.Hubs {
		if _, twice := c.hubs[kind]; twice {
			wrong("hub %q is given twice", kind)
		}
		c.hubs[kind] = hub
	}
}

// Profile looks a profile up by name.
func (c *Catalog) Profile(name string) (*Profile, bool) {
	p, ok := c.profiles[name]
	return p, ok
}

// Names lists the profiles, sorted.
func (c *Catalog) Names() []string { return slices.Sorted(maps.Keys(c.profiles)) }

// Fitting lists the profiles whose clusters can be in a VPC of the platform, sorted.
func (c *Catalog) Fitting(platform string) []string {
	return slices.DeleteFunc(c.Names(), func(name string) bool { return !c.profiles[name].Fits(platform) })
}

// Called lists the profiles that the platforms know by a word, sorted.
func (c *Catalog) Called(word string) []string {
	var called []string
	for _, name := range c.Names() {
		if slices.ContainsFunc(c.profiles[name].Words, func(w string) bool { return strings.EqualFold(w, word) }) {
			called = append(called, name)
		}
	}
	return called
}

// Platforms lists the platforms that have networks, sorted, with the generic one last.
func (c *Catalog) Platforms() []string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(c.platforms)), func(name string) bool {
		return name == Generic || !c.HasPlatform(name)
	})
	return append(names, Generic)
}

// HasPlatform says whether a platform is one of Platforms.
func (c *Catalog) HasPlatform(name string) bool {
	p, known := c.platforms[name]
	return name == Generic || known && !p.Distributions
}

// Distributions lists the files of distributions of Kubernetes by their names, sorted.
func (c *Catalog) Distributions() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(c.platforms)), func(name string) bool { return !c.platforms[name].Distributions })
}

// Platform returns what is known of a platform; of one without data nothing is.
func (c *Catalog) Platform(name string) Platform { return c.platforms[name] }

// HubKinds lists the kinds of hubs, sorted, with the generic one last.
func (c *Catalog) HubKinds() []string {
	kinds := slices.DeleteFunc(slices.Sorted(maps.Keys(c.hubs)), func(kind string) bool { return kind == Generic })
	return append(kinds, Generic)
}

// Hub returns what is known of a kind of hub.
func (c *Catalog) Hub(kind string) Hub { return c.hubs[kind] }

// Outputs returns the objects of an allocation that carry arguments of cloud resources.
func (c *Catalog) Outputs() map[string]Output { return maps.Clone(c.outputs) }

// Output returns the object that clusters of the profile fill.
func (c *Catalog) Output(p *Profile) Output { return c.outputs[p.Output] }

// PeerRule is the rule for two connected networks that share addresses: the stricter one of their
// platforms. A site, or a platform without data, counts as generic.
func (c *Catalog) PeerRule(a, b string) Rule {
	return Stricter(c.peerRule(a), c.peerRule(b))
}

func (c *Catalog) peerRule(platform string) Rule {
	if p, ok := c.platforms[platform]; ok {
		return p.Networks.Peer
	}
	return c.platforms[Generic].Networks.Peer
}

// Cite names the published sources of a rule.
func (c *Catalog) Cite(r Rule) string {
	var cited []string
	for _, key := range r.Sources {
		cited = append(cited, c.sources[key].String())
	}
	return strings.Join(cited, "; ")
}

// Source returns the source of a key.
func (c *Catalog) Source(key string) Source { return c.sources[key] }
