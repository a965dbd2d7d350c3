package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planAndReport plans a request, and returns the messages on it with the result. Values that could not be read stop the planning,
// because the plan would be made without them.
func planAndReport(p messages.Writer, request allocate.Request, unread []topology.Fault) ([]messages.Message, allocate.Result) {
	if len(unread) > 0 {
		return p.Faults(p.Mark(request.Name), append(unread, allocate.Check(request, p.Catalog)...)), allocate.Result{}
	}
	result := allocate.WithRoomOptions(request, allocate.Plan(request, p.Catalog), p.Catalog)
	return p.Planned(request.Name, result), result
}
