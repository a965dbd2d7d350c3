package statefile

import (
	"cmp"
	"encoding/json"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// isLock says whether a document is a lock of cidrplan: an object of objects, each with ranges.
func isLock(text []byte) bool {
	var entries map[string]struct {
		Pods    json.RawMessage `json:"pod_cidrs"`
		Service json.RawMessage `json:"service_cidr"`
		CIDR    json.RawMessage `json:"cidr"`
	}
	if json.Unmarshal(text, &entries) != nil {
		return false
	}
	for _, e := range entries {
		if e.Pods == nil && e.Service == nil && e.CIDR == nil {
			return false
		}
	}
	return len(entries) > 0
}

// readLock reads a lock. It does not say the name of its planner, which is that of the file.
func readLock(file string, text []byte) (*Planner, error) {
	p := &Planner{
		Object: Object{Type: ownTypes + "lock", Name: fileName(file), File: file}, Name: validKey(fileName(file)),
		Held: map[string]Ranges{}, Released: map[string]Ranges{}, VRFs: []string{""},
	}
	for name, entry := range newValue(text, nil).Members() {
		r := ranges(entry)
		owner := cmp.Or(textOf(entry, "cluster"), textOf(entry, "block"))
		if cidr := prefixes(entry, "cidr"); len(cidr) > 0 {
			r.Pods, p.OfBlocks = []netip.Prefix{cidr[0]}, true
		}
		if len(r.Used()) == 0 || !readable(entry) {
			return nil, &messages.FileError{
				File:    file,
				Problem: messages.WrongLockEntry{},
			}
		}
		if owner != "" {
			r.Owner = owner
			p.Released[name] = r
			continue
		}
		r.Owner = name
		p.Held[name] = r
	}
	return p, nil
}

// readable says whether all ranges of an entry can be read.
func readable(entry clouds.Value) bool {
	for _, name := range []string{"pod_cidrs", "pod_aggregate", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "cidr",
		"further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs"} {
		written := texts(entry, name)
		if one := textOf(entry, name); one != "" {
			written = []string{one}
		}
		if len(prefixes(entry, name)) != len(written) {
			return false
		}
	}
	return true
}
