package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"go.yaml.in/yaml/v3"
)

// file is the data of one platform, or of distributions of Kubernetes, which have no networks of their own.
type file struct {
	name     string
	Platform string `yaml:"platform"`
	Title    string `yaml:"title"`
	// Distributions says that the file has no networks, and that its clusters can be in those of every platform.
	Distributions bool              `yaml:"distributions"`
	Networks      *Networks         `yaml:"networks"`
	Outputs       map[string]Output `yaml:"outputs"`
	// Anchors hold what the profiles of the file share.
	Anchors  yaml.Node           `yaml:"anchors"`
	Profiles map[string]*Profile `yaml:"profiles"`
	// given are the profiles as they are in the file.
	given map[string]yaml.Node
}

const sourcesFile = "sources.yaml"

// Load reads a catalog from the *.yaml files at the top of fsys: sources.yaml and one a platform.
// It refuses unknown keys, missing rules and sources that are not listed, all in one error.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{
		platforms: map[string]Platform{}, profiles: map[string]*Profile{}, outputs: map[string]Output{},
		hubs: map[string]Hub{}, sources: map[string]Source{},
	}
	if _, err := decode(fsys, sourcesFile, &c.sources); err != nil {
		return nil, err
	}
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var files []file
	for _, name := range slices.DeleteFunc(names, func(name string) bool { return name == sourcesFile }) {
		f, err := readFile(fsys, name)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	faults := complete(files)
	for _, f := range files {
		faults = append(faults, c.add(f))
	}
	return c, errors.Join(faults...)
}

// readFile reads one file of a platform or of distributions.
func readFile(fsys fs.FS, name string) (file, error) {
	f := file{name: name}
	tree, err := decode(fsys, name, &f)
	if err != nil {
		return file{}, err
	}
	var raw struct {
		Profiles map[string]yaml.Node `yaml:"profiles"`
	}
	err = tree.Decode(&raw)
	f.given = raw.Profiles
	return f, err
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

// decode decodes a file of data and returns its nodes.
func decode(fsys fs.FS, name string, into any) (*yaml.Node, error) {
	text, err := DecodeYAML(fsys, name, into)
	if err != nil {
		return nil, err
	}
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &tree, levelled(name, &tree)
}
