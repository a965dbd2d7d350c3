package profile

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
)

// likeness completes the profiles that are like another one, which may be in another file.
type likeness struct {
	// given are the data that each profile gives itself.
	given map[string]yaml.Node
	// like is the profile that another one is like.
	like map[string]string
}

// complete replaces the profiles of the files that are like another one. Such a profile begins with the data of the other one. What it
// gives itself replaces that: each pair of overlap, and each key of pods, services, nodes and so on, as a whole.
func complete(files []file) []error {
	l, faults := likeness{given: map[string]yaml.Node{}, like: map[string]string{}}, []error(nil)
	for _, f := range files {
		for name, p := range f.Profiles {
			if p != nil {
				l.given[name], l.like[name] = f.given[name], p.Like
			}
		}
	}
	for _, f := range files {
		for name, p := range f.Profiles {
			if p == nil || p.Like == "" {
				continue
			}
			whole, err := l.profile(name)
			if err == nil && (p.Title == "" || len(p.Words) == 0 || p.Output == "") {
				err = fmt.Errorf("a profile that is like another one needs a title, words and an output of its own")
			}
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: profile %s: %w", f.name, name, err))
				continue
			}
			f.Profiles[name] = whole
		}
	}
	return faults
}

// profile reads a profile after those that it is like, from the last one on.
func (l likeness) profile(name string) (*Profile, error) {
	chain := []string{name}
	for l.like[chain[0]] != "" {
		next := l.like[chain[0]]
		if _, known := l.given[next]; !known {
			return nil, fmt.Errorf("there is no profile %q to be like", next)
		}
		if slices.Contains(chain, next) {
			return nil, fmt.Errorf("%q is like itself", next)
		}
		chain = slices.Insert(chain, 0, next)
	}
	p := &Profile{}
	for _, one := range chain {
		given := l.given[one]
		forget(p, &given)
		if err := given.Decode(p); err != nil {
			return nil, err
		}
	}
	p.Unnamed = Unnamed{} // it is about claims that name no profile, which one profile answers for
	return p, nil
}

// forget clears the objects, such as rules, that given replaces. Decoding alone would keep what they do not give, such as a reason.
func forget(p *Profile, given *yaml.Node) {
	for part, keys := range entries(given) {
		of := fieldOf(reflect.ValueOf(p).Elem(), part)
		if !of.IsValid() || of.Kind() != reflect.Struct {
			continue
		}
		for key := range entries(keys) {
			if field := fieldOf(of, key); field.IsValid() && field.Kind() == reflect.Struct {
				field.SetZero()
			}
		}
	}
}

// entries are the keys of a node with their values, also those of what is merged into it.
func entries(n *yaml.Node) map[string]*yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		return out
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == "<<" {
			maps.Copy(out, entries(n.Content[i+1]))
		} else {
			out[n.Content[i].Value] = n.Content[i+1]
		}
	}
	return out
}

// fieldOf is the field of a struct for a key of YAML, invalid for a key that the struct does not have itself.
func fieldOf(v reflect.Value, key string) reflect.Value {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("yaml") == key {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}
