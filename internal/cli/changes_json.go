package cli

import (
	"io"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
)

// The changes of a plan in the form of their JSON.
type (
	changesJSON struct {
		Version string   `json:"version"`
		Files   []string `json:"files"`
		// Failed says that a plan failed, so that it has only a part of the changes.
		Failed bool `json:"failed"`
		// Partial says that a plan leaves out changes, because of -target or because they are deferred.
		Partial     bool             `json:"partial"`
		Resources   []resourceJSON   `json:"resources"`
		Diagnostics []diagnosticJSON `json:"diagnostics"`
		// Others is the number of diagnostics that are not of this provider.
		Others int `json:"other_diagnostics"`
	}
	resourceJSON struct {
		Address   string       `json:"address"`
		Previous  string       `json:"previous_address,omitempty"`
		Created   bool         `json:"created"`
		Destroyed bool         `json:"destroyed"`
		Forgotten bool         `json:"forgotten,omitempty"`
		Unchanged int          `json:"unchanged"`
		Changes   []changeJSON `json:"changes"`
	}
	changeJSON struct {
		Kind         changes.Kind   `json:"kind"`
		Name         string         `json:"name,omitempty"`
		Part         changes.Part   `json:"part,omitempty"`
		From         []netip.Prefix `json:"from,omitempty"`
		To           []netip.Prefix `json:"to,omitempty"`
		Nodes        int64          `json:"nodes,omitempty"`
		Services     int64          `json:"services,omitempty"`
		PreviousName string         `json:"previous_name,omitempty"`
		Reason       string         `json:"reason,omitempty"`
		Until        string         `json:"until,omitempty"`
	}
	diagnosticJSON struct {
		Severity string `json:"severity"`
		Summary  string `json:"summary"`
		Detail   string `json:"detail"`
		Address  string `json:"address,omitempty"`
	}
)

func (c *command) writeChangesJSON(out io.Writer, p planned) error {
	r := changesJSON{Version: c.version, Files: p.files, Failed: p.failed, Partial: p.partial,
		Resources: []resourceJSON{}, Diagnostics: []diagnosticJSON{}, Others: p.others}
	for _, report := range p.reports {
		resource := resourceJSON{
			report.Address, report.Previous, report.Created, report.Destroyed, report.Forgotten, report.Unchanged, []changeJSON{},
		}
		for _, change := range report.Changes {
			resource.Changes = append(resource.Changes, changeJSON{
				change.Kind, change.Owner, change.Part, change.From, change.To, change.Nodes, change.Services, change.PreviousName,
				change.Acceptance.Reason, change.Acceptance.Until,
			})
		}
		r.Resources = append(r.Resources, resource)
	}
	for _, d := range p.diagnostics {
		r.Diagnostics = append(r.Diagnostics, diagnosticJSON(d))
	}
	return encode(out, r)
}
