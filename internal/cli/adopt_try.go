package cli

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// adoption is what a plan of the configuration would say.
type adoption struct {
	supernets []netip.Prefix
	// missing is why a cluster cannot be declared yet, by its name; left why other parts cannot.
	missing map[string]string
	left    leftOut
	// accepted are the conflicts to accept by key, of those that a network has without a cluster, by the place of the network; wrong is
	// what has to be corrected first.
	accepted map[string]messages.AuditRow
	of       map[string]map[string]messages.AuditRow
	wrong    []messages.Message
}

// try plans what is to be written. What cannot be declared is left out of it, until the rest can be planned.
func (c *command) try(in *inventory, name string, supernets []netip.Prefix) adoption {
	c.progress("Planning the configuration")
	defer c.progress("")
	a := adoption{supernets: supernets, missing: map[string]string{}, left: leftOut{}}
	for {
		request := in.adopted(name, a)
		result := allocate.Plan(request, c.writer.Catalog)
		before := len(a.missing) + len(a.left)
		a.wrong = nil
		for _, fault := range result.Faults {
			if !fault.Warn {
				a.leave(request, fault.At, c.writer.FaultMessages([]topology.Fault{fault}))
			}
		}
		if len(a.missing)+len(a.left) == before {
			a.accepted = c.writer.AuditRows(allocate.AuditResult{Findings: result.Findings})
			maps.DeleteFunc(a.accepted, func(_ string, row messages.AuditRow) bool { return row.Level == messages.Note })
			return a
		}
	}
}

// leave leaves out the cluster or the other part that a fault is at, or notes that something is wrong.
func (a *adoption) leave(request allocate.Request, at topology.Path, found []messages.Message) {
	part, ok := partAt(at)
	switch _, declared := request.Facts.Clusters[keyAt(at)]; {
	case declared && slices.Contains([]string{"clusters", "existing"}, at[0].Attr):
		a.missing[keyAt(at)] = found[0].Detail
	case !ok:
		a.wrong = append(a.wrong, found...)
	default:
		a.left[part.String()] = found[0].Detail
		for name, cl := range request.Facts.Clusters {
			if part[0].Attr == "vpcs" && len(part) == 2 && cl.VPC == part[1].Key {
				a.missing[name] = "Its VPC is not declared."
			}
		}
	}
}

// placeAccepted moves the conflicts of networks without a cluster to the first of them: its own declaration reports them as well.
func (a *adoption) placeAccepted() {
	a.of = map[string]map[string]messages.AuditRow{}
	for key, row := range a.accepted {
		if !isOfNetwork(row.First.At) || row.Second != nil && !isOfNetwork(row.Second.At) {
			continue
		}
		at := row.First.At[:2].String()
		if a.of[at] == nil {
			a.of[at] = map[string]messages.AuditRow{}
		}
		a.of[at][key] = row
		delete(a.accepted, key)
	}
}

// isOfNetwork says whether a place is in a VPC or site.
func isOfNetwork(at topology.Path) bool {
	return len(at) > 1 && slices.Contains([]string{"vpcs", "sites"}, at[0].Attr) && at[1].Key != ""
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
	facts := a.left.without(in.facts)
	facts.Foreign = nil
	facts.Clusters = maps.Clone(facts.Clusters)
	existing := maps.Clone(in.existing)
	maps.DeleteFunc(existing, func(cluster string, _ allocate.Existing) bool { return in.isManaged(cluster) })
	maps.DeleteFunc(facts.Clusters, func(cluster string, _ topology.Cluster) bool { return in.isManaged(cluster) })
	for cluster := range existing {
		if _, declared := facts.Clusters[cluster]; a.missing[cluster] != "" || !declared {
			e := undeclared(existing[cluster])
			e.OtherRanges = statefile.WithOthers(e.OtherRanges, facts.Clusters[cluster].OtherRanges)
			delete(facts.Clusters, cluster)
			if existing[cluster] = e; !existing[cluster].Ranges().Held() {
				delete(existing, cluster)
			}
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
	e.Further.Services, e.Further.ServicesIPv6 = nil, nil
	return e
}
