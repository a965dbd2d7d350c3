package provider

import (
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// readObserved reads what a cloud reports, nil where nothing is given.
func readObserved(arguments map[string]tftypes.Value) (*drift.Observed, []topology.Fault) {
	r := &values.Reader{}
	n := r.Attributes(arguments, nil).Child("observed")
	if n == nil {
		return nil, nil
	}
	observed := drift.Observed{
		VPCs: values.Each(n, "vpcs", readVPC), Sites: values.Each(n, "sites", readSite), Clusters: map[string]profile.Ranges{},
		Unplaced: n.TextMap("unplaced"), Others: map[string]map[string][]netip.Prefix{},
	}
	for name, e := range values.Each(n, "existing", readExisting) {
		observed.Clusters[name], observed.Others[name] = e.Ranges(), e.OtherRanges
	}
	return &observed, r.Faults
}

// takeDriftSettings takes out of a request the levels and acceptances that are about differences, which no rule has.
func takeDriftSettings(request *allocate.Request) conflict.Settings {
	own := conflict.Settings{
		Levels: map[string]string{}, Accepted: map[string]topology.Acceptance{}, Today: request.Settings.Today,
	}
	for code, level := range request.Settings.Levels {
		if slices.Contains(drift.Codes(), code) && slices.Contains(conflict.Levels, level) {
			own.Levels[code] = level
			delete(request.Settings.Levels, code)
		}
	}
	for text, acceptance := range request.Settings.Accepted {
		if key, ok := conflict.ParseKey(text); ok && slices.Contains(drift.Codes(), key.Code) {
			own.Accepted[text] = acceptance
			delete(request.Settings.Accepted, text)
		}
	}
	return own
}
