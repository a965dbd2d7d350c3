package provider

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// locked is an entry of a lock: what one cluster holds, or with cluster what one gave up. Its names
// are those of an entry of existing, which a decoded lock is.
type locked struct {
	Cluster         string   `json:"cluster,omitempty"`
	Profile         string   `json:"profile,omitempty"`
	PodCIDRs        []string `json:"pod_cidrs,omitempty"`
	PodAggregate    string   `json:"pod_aggregate,omitempty"`
	ServiceCIDR     string   `json:"service_cidr,omitempty"`
	PodIPv6CIDR     string   `json:"pod_ipv6_cidr,omitempty"`
	ServiceIPv6CIDR string   `json:"service_ipv6_cidr,omitempty"`
	NodeCIDRMask    int      `json:"node_cidr_mask,omitempty"`
}

// lockOf writes all that is held and all that rests, sorted, one entry a line.
func lockOf(held map[string]allocate.Allocation, profiles map[string]string, released map[string]allocate.Released) string {
	all := map[string]locked{}
	for name, a := range held {
		all[name] = lockEntry("", profiles[name], a.Ranges)
	}
	for key, r := range released {
		for _, taken := all[key]; taken; _, taken = all[key] {
			key += "~"
		}
		all[key] = lockEntry(r.Cluster, r.Profile, r.Ranges)
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(text) + "\n"
}

func lockEntry(cluster, profileName string, held profile.Ranges) locked {
	l := locked{
		Cluster: cluster, Profile: profileName, ServiceCIDR: lockRange(held.Service), NodeCIDRMask: held.NodeMask,
		PodAggregate: lockRange(held.Aggregate), PodIPv6CIDR: lockRange(held.PodIPv6), ServiceIPv6CIDR: lockRange(held.ServiceIPv6),
	}
	for _, pods := range held.Pods {
		l.PodCIDRs = append(l.PodCIDRs, pods.String())
	}
	return l
}

func lockRange(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}

// readLock reads a lock back. It refuses what it does not know: a memory that lacks something would
// hand it out again.
func readLock(catalog *profile.Catalog, text string) (held map[string]allocate.Allocation, released map[string]allocate.Released, profiles map[string]string, err error) {
	var all map[string]locked
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			return nil, nil, nil, fmt.Errorf("the lock is not as an allocator writes it: a %s stands where none belongs, at byte %d", wrong.Value, wrong.Offset)
		}
		return nil, nil, nil, fmt.Errorf("the lock is not as an allocator writes it: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, nil, errors.New("the lock is not as an allocator writes it: more follows behind it")
	}
	held, released, profiles = map[string]allocate.Allocation{}, map[string]allocate.Released{}, map[string]string{}
	for name, l := range all {
		ranges, err := l.ranges()
		if err != nil {
			return nil, nil, nil, fmt.Errorf("entry %q of the lock: %w", name, err)
		}
		p, known := catalog.Profile(l.Profile)
		switch {
		case !known:
			return nil, nil, nil, fmt.Errorf("entry %q of the lock has the profile %q, which this version does not know", name, l.Profile)
		case l.Cluster != "":
			released[name] = allocate.Released{Cluster: l.Cluster, Profile: l.Profile, Allocation: allocate.Allocation{Ranges: ranges}}
		default:
			held[name], profiles[name] = allocate.Restore(p, catalog, ranges), l.Profile
		}
	}
	return held, released, profiles, nil
}

func (l locked) ranges() (profile.Ranges, error) {
	out := profile.Ranges{NodeMask: l.NodeCIDRMask}
	for _, text := range l.PodCIDRs {
		pods, err := cidr.Parse(text)
		if err != nil {
			return out, err
		}
		out.Pods = append(out.Pods, pods)
	}
	for _, one := range []struct {
		text string
		to   *netip.Prefix
	}{{l.ServiceCIDR, &out.Service}, {l.PodAggregate, &out.Aggregate}, {l.PodIPv6CIDR, &out.PodIPv6}, {l.ServiceIPv6CIDR, &out.ServiceIPv6}} {
		if one.text == "" {
			continue
		}
		var err error
		if *one.to, err = cidr.Parse(one.text); err != nil {
			return out, err
		}
	}
	return out, nil
}
