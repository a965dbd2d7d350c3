package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// checkVPCs reports which blocks, subnets and routes of declared VPCs break rules of their platforms, and acceptances of such
// rules that nothing is left for. What the state had before only warns.
func (s *session) checkVPCs(p messages.Writer, mark string, now, before topology.Facts) []messages.Message {
	var found []messages.Message
	for name, v := range now.VPCs {
		findings := conflict.CheckVPC(nil, name, v, p.Catalog)
		for _, was := range before.VPCs { // of the same resource, which may have had another name
			conflict.MarkPreExisting(findings, conflict.CheckVPC(nil, name, was, p.Catalog))
		}
		settings := conflict.Settings{Accepted: v.Accepted}
		v.Accepted = nil
		findings, unused := s.lenient(settings).Apply(findings, topology.Facts{VPCs: map[string]topology.VPC{name: v}})
		s.noteReported(findings)
		found = append(found, messages.DistinctSummaries(mark, p.Report(p.PlaceFindings(findings)))...)
		if len(v.Unknown) == 0 {
			found = append(found, p.Faults(mark, unusedOfVPC(unused, p.Catalog))...)
		}
	}
	return found
}

// unusedOfVPC warns of acceptances of rules that a VPC breaks by itself. Whether others have an effect is not known without the
// other networks.
func unusedOfVPC(unused []topology.Path, catalog *profile.Catalog) []topology.Fault {
	var faults []topology.Fault
	for _, at := range unused {
		text := at[len(at)-1].Key
		key, _ := conflict.ParseKey(text)
		if rule, known := rules.Find(key.Code, catalog); known && rule.IsFoundBy(rules.Declaration) {
			faults = append(faults, topology.Fault{At: at, Warn: true, Problem: allocate.UnusedAcceptance{Key: text}})
		}
	}
	return faults
}

// noteReported notes the warnings of declarations, which planners that receive the same VPC do not repeat.
func (s *session) noteReported(findings []conflict.Finding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range findings {
		if f.Level() == profile.Warn {
			s.reported[f.Key().String()] = true
		}
	}
}

// isReported says whether a finding is a warning on a single VPC that a declaration of the configuration reports.
func (s *session) isReported(f conflict.Finding) bool {
	if s == nil || f.VPCPlatform == "" || f.Level() != profile.Warn {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reported[f.Key().String()]
}
