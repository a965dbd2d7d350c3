package cli

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// adoption is what a plan of the configuration would say.
type adoption struct {
	supernets []netip.Prefix
	// missing is why a cluster cannot be declared yet, by its name.
	missing map[string]string
	// accepted are the conflicts to accept by key, ofVPC those that a VPC has by itself, wrong what has to be corrected first.
	accepted map[string]messages.AuditRow
	ofVPC    map[string]map[string]messages.AuditRow
	wrong    []messages.Message
}

// try plans what is to be written. Clusters that lack something are left out of it, until the others can be planned.
func (c *command) try(in *inventory, name string, supernets []netip.Prefix) adoption {
	c.progress("Planning the configuration")
	defer c.progress("")
	a := adoption{supernets: supernets, missing: map[string]string{}}
	for {
		request := in.adopted(name, a)
		result := allocate.Plan(request, c.writer.Catalog)
		left := len(a.missing)
		a.wrong = nil
		for _, f := range result.Faults {
			at := f.At
			switch _, declared := request.Facts.Clusters[keyAt(at)]; {
			case f.Warn:
			case declared && slices.Contains([]string{"clusters", "existing"}, at[0].Attr):
				a.missing[keyAt(at)] = c.writer.FaultMessages([]topology.Fault{f})[0].Detail
			default:
				a.wrong = append(a.wrong, c.writer.FaultMessages([]topology.Fault{f})...)
			}
		}
		if len(a.missing) == left {
			a.accepted = c.writer.AuditRows(allocate.AuditResult{Findings: result.Findings})
			maps.DeleteFunc(a.accepted, func(_ string, row messages.AuditRow) bool { return row.Level == messages.Note })
			return a
		}
	}
}

// placeAccepted moves the conflicts that a VPC has by itself to the VPC: its own declaration reports them as well.
func (a *adoption) placeAccepted() {
	a.ofVPC = map[string]map[string]messages.AuditRow{}
	for key, row := range a.accepted {
		name := keyAt(row.First.At)
		if row.First.At[0].Attr != "vpcs" || row.Second != nil && (row.Second.At[0].Attr != "vpcs" || keyAt(row.Second.At) != name) {
			continue
		}
		if a.ofVPC[name] == nil {
			a.ofVPC[name] = map[string]messages.AuditRow{}
		}
		a.ofVPC[name][key] = row
		delete(a.accepted, key)
	}
}

// keyAt is the name of the object that a place is in.
func keyAt(at topology.Path) string {
	if len(at) < 2 {
		return ""
	}
	return at[1].Key
}

// adopted is the request that the configuration is.
func (in *inventory) adopted(name string, a adoption) allocate.Request {
	facts := in.facts
	facts.Foreign = nil
	facts.Clusters = maps.Clone(facts.Clusters)
	existing := maps.Clone(in.existing)
	maps.DeleteFunc(existing, func(cluster string, _ allocate.Existing) bool { return in.isManaged(cluster) })
	maps.DeleteFunc(facts.Clusters, func(cluster string, _ topology.Cluster) bool { return in.isManaged(cluster) })
	for cluster := range existing {
		if _, declared := facts.Clusters[cluster]; a.missing[cluster] != "" || !declared {
			delete(facts.Clusters, cluster)
			existing[cluster] = undeclared(existing[cluster])
		}
	}
	return allocate.Request{Name: name, Supernets: a.supernets, Facts: facts, Existing: existing}
}

// isManaged says whether an allocator holds the ranges of a cluster already.
func (in *inventory) isManaged(cluster string) bool {
	_, is := in.managed[cluster]
	return is
}

// undeclared are the ranges of a cluster that is not declared: its Service range is in use in its network only, which is not known.
func undeclared(e allocate.Existing) allocate.Existing {
	e.ServiceCIDR, e.ServiceIPv6CIDR = netip.Prefix{}, netip.Prefix{}
	return e
}
