package statefile

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Keys gives each object a key that no other one has, in the order of the objects: the name of the resource or the key of the
// instance where these are unique, else both with the module, the type and the file, as far as needed. A key never depends on the
// display name of an object, which the cloud does not keep unique, nor on the order of objects.
//
// Resources come before data sources, which often find what a resource has made: the resource has the short key then.
func Keys(objects []Object) []string {
	n := &naming{objects: objects, keys: make([]string, len(objects)), taken: map[string]bool{}}
	for _, managed := range []bool{true, false} {
		n.assign(managed)
	}
	return n.keys
}

type naming struct {
	objects []Object
	keys    []string
	taken   map[string]bool
}

// assign gives keys to the resources or to what data sources found: each the first of its candidates that is not taken and that no
// other one has which has none yet.
func (n *naming) assign(managed bool) {
	var open []int
	for i, o := range n.objects {
		if o.Managed() == managed {
			open = append(open, i)
		}
	}
	slices.SortStableFunc(open, func(a, b int) int {
		return cmp.Or(
			strings.Compare(n.objects[a].File, n.objects[b].File),
			strings.Compare(n.objects[a].Address(), n.objects[b].Address()),
		)
	})
	for level := range len(candidates(Object{})) {
		of := map[string][]int{}
		for _, i := range open {
			key := candidates(n.objects[i])[level]
			of[key] = append(of[key], i)
		}
		open = slices.DeleteFunc(open, func(i int) bool {
			key := candidates(n.objects[i])[level]
			return len(of[key]) == 1 && n.give(i, key)
		})
	}
	for _, i := range open { // the same address in one file twice, or names that differ only in characters that keys do not have
		all := candidates(n.objects[i])
		for number := 2; !n.give(i, fmt.Sprintf("%s-%d", cut(all[len(all)-1], maxKey-8), number)); number++ {
			continue
		}
	}
}

// give gives a key to an object unless it is taken.
func (n *naming) give(i int, key string) bool {
	if n.taken[key] {
		return false
	}
	n.keys[i], n.taken[key] = key, true
	return true
}

// candidates are the keys that an object may have, the best one first.
func candidates(o Object) []string {
	own := instanceName(o)
	long := o.Name
	if own != o.Name {
		long += "-" + own
	}
	typeName := strings.TrimPrefix(o.Type, dataPrefix)
	module := strings.Join(moduleNames(o.Module), ".")
	path := func(parts ...string) string {
		return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ".")
	}
	all := []string{own, long, path(module, long), path(module, typeName, long), path(fileName(o.File), module, typeName, long)}
	for i, key := range all {
		all[i] = validKey(key)
	}
	return all
}

// instanceName is the short name of an object: the ID of what a data source found, the key of an instance or the name of the
// resource, with the number of an instance of count.
func instanceName(o Object) string {
	switch {
	case o.Element != "":
		return o.Element
	case strings.HasPrefix(o.Instance, `["`):
		return o.InstanceKey
	case o.Instance != "":
		return o.Name + "-" + o.InstanceKey
	}
	return o.Name
}

// moduleNames are the names of the modules of an address, with the keys of their instances: net and prod of module.net["prod"].
func moduleNames(address string) []string {
	var names []string
	for address != "" {
		address = strings.TrimPrefix(address, "module.")
		end := strings.IndexAny(address+".", ".[")
		names = append(names, address[:end])
		address = address[end:]
		if strings.HasPrefix(address, "[") {
			key, rest := indexOf(address[1:])
			names, address = append(names, key), rest
		}
		address = strings.TrimPrefix(address, ".")
	}
	return names
}

// indexOf parts the key of an instance from what follows its bracket. A quoted key may have brackets and escaped quotes.
func indexOf(text string) (key, rest string) {
	if !strings.HasPrefix(text, `"`) {
		key, rest, _ = strings.Cut(text, "]")
		return key, rest
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return text[1:i], strings.TrimPrefix(text[i+1:], "]")
		}
	}
	return text[1:], ""
}

// fileName is the name of a file without its folders and its end.
func fileName(file string) string {
	base := filepath.Base(file)
	for _, end := range []string{".json", ".tfstate"} {
		base = strings.TrimSuffix(base, end)
	}
	return strings.Trim(base, ".-")
}

// maxKey is the number of characters of a key: that of names.
const maxKey = 128

// validKey is a text with "-" for what names do not have.
func validKey(text string) string {
	text = cut(strings.ToValidUTF8(text, "-"), maxKey)
	for {
		bad := ""
		topology.CheckName(text, func(b topology.BadName) { bad = b.Bad })
		if bad == "" {
			break
		}
		text = strings.ReplaceAll(text, bad, "-")
	}
	return cmp.Or(text, "-")
}

// cut is the beginning of a text, of so many characters at most.
func cut(text string, limit int) string {
	characters := []rune(text)
	return string(characters[:min(len(characters), limit)])
}
