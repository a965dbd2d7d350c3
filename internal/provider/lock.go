package provider

import (
	"encoding/json"
	"errors"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// lockEntry is an entry of a lock: ranges that are held, or with an owner ranges that it released.
type lockEntry struct {
	owner, profile string
	allocate.Allocation
}

// lockOf writes all held and released ranges, sorted by key. Each entry has the names
// of an entry of existing, which a decoded lock is.
func lockOf(
	held map[string]allocate.Allocation, profiles map[string]string, released map[string]allocate.Released, write func(lockEntry) any,
) string {
	all := map[string]any{}
	for name, a := range held {
		all[name] = write(lockEntry{"", profiles[name], a})
	}
	for key, r := range released {
		for _, taken := all[key]; taken; _, taken = all[key] {
			key += "~"
		}
		all[key] = write(lockEntry{r.Cluster, r.Profile, r.Allocation})
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(text) + "\n"
}

func lockRange(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}

// readLock reads a lock. It refuses what it does not know, because ranges that are missing from a state are allocated again.
func readLock[T any](
	text string,
	read func(T) (entry lockEntry, problem any),
) (held map[string]allocate.Allocation, released map[string]allocate.Released, profiles map[string]string, err error) {
	var all map[string]T
	var entry T
	if err := checkLockSyntax(text, entry); err != nil {
		return nil, nil, nil, err
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			problem := messages.WrongLockType{Value: wrong.Value, Field: wrong.Field}
			return nil, nil, nil, &messages.LockError{Line: lineOf(text, wrong.Offset), Problem: problem}
		}
		return nil, nil, nil, err
	}
	held, released, profiles = map[string]allocate.Allocation{}, map[string]allocate.Released{}, map[string]string{}
	for name, l := range all {
		e, problem := read(l)
		switch {
		case problem != nil:
			return nil, nil, nil, &messages.LockError{At: []string{name}, Problem: problem}
		case e.owner != "":
			released[name] = allocate.Released{Cluster: e.owner, Profile: e.profile, Allocation: e.Allocation}
		default:
			held[name], profiles[name] = e.Allocation, e.profile
		}
	}
	return held, released, profiles, nil
}
