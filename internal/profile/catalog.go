package profile

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
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
}

// Platform is what is known of one platform beside its profiles.
type Platform struct {
	Title    string
	Networks Networks
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

// file is one platform's data.
type file struct {
	Platform string            `yaml:"platform"`
	Title    string            `yaml:"title"`
	Networks Networks          `yaml:"networks"`
	Outputs  map[string]Output `yaml:"outputs"`
	// Anchors hold what the profiles of the file share.
	Anchors  yaml.Node           `yaml:"anchors"`
	Profiles map[string]*Profile `yaml:"profiles"`
}

const sourcesFile = "sources.yaml"

// Load reads a catalog from the *.yaml files at the top of fsys: sources.yaml and one a platform.
// It refuses unknown keys, missing rules and sources that are not listed, all in one error.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{
		platforms: map[string]Platform{}, profiles: map[string]*Profile{}, outputs: map[string]Output{},
		hubs: map[string]Hub{}, sources: map[string]Source{},
	}
	if err := decode(fsys, sourcesFile, &c.sources); err != nil {
		return nil, err
	}
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, name := range names {
		if name == sourcesFile {
			continue
		}
		var f file
		if err := decode(fsys, name, &f); err != nil {
			return nil, err
		}
		faults = append(faults, c.add(name, f))
	}
	return c, errors.Join(faults...)
}

// DecodeYAML decodes a file of data and returns its text. It refuses keys that into does not have. Errors name the file.
func DecodeYAML(fsys fs.FS, name string, into any) ([]byte, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

func decode(fsys fs.FS, name string, into any) error {
	text, err := DecodeYAML(fsys, name, into)
	if err != nil {
		return err
	}
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return levelled(name, &tree)
}

func (c *Catalog) add(name string, f file) error {
	var faults []error
	wrong := complaint(func(format string, args ...any) {
		faults = append(faults, fmt.Errorf(name+": "+format, args...))
	})
	if f.Platform == "" || f.Title == "" {
		wrong("a platform needs a name and a title")
	}
	if _, twice := c.platforms[f.Platform]; twice {
		wrong("platform %q is given twice", f.Platform)
	}
	c.platforms[f.Platform] = Platform{Title: f.Title, Networks: f.Networks}
	c.checkNetworks(f.Networks, wrong)
	for kind, hub := range f.Networks.Hubs {
		if _, twice := c.hubs[kind]; twice {
			wrong("hub %q is given twice", kind)
		}
		c.hubs[kind] = hub
	}
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
		c.checkProfile(p, wrong.of("profile "+key))
	}
	return errors.Join(faults...)
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

// Describe gives a profile with its title and the platform's own words, for lists in messages.
func (c *Catalog) Describe(name string) string {
	p, ok := c.profiles[name]
	if !ok {
		return name
	}
	return fmt.Sprintf("%s (%s; %s)", p.Name, p.Title, strings.Join(p.Words, ", "))
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

// Platforms lists the platforms, sorted, with the generic one last.
func (c *Catalog) Platforms() []string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(c.platforms)), func(name string) bool { return name == Generic })
	return append(names, Generic)
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
