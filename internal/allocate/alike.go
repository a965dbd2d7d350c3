package allocate

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// oneOfAKind makes one warning of those that say the same of many clusters: Terraform shows the first of several
// and only counts the others.
func (r Request) oneOfAKind(faults []topology.Fault) []topology.Fault {
	var kept []topology.Fault
	assumed, doubled := -1, -1
	for _, f := range faults {
		switch e := f.Problem.(type) {
		case Assumed:
			if assumed < 0 {
				assumed = len(kept)
				break
			}
			first := kept[assumed].Problem.(Assumed)
			first.Others = append(first.Others, e)
			kept[assumed].At, kept[assumed].Problem = r.all(), first
			continue
		case Doubled:
			if doubled < 0 {
				doubled = len(kept)
				break
			}
			first := kept[doubled].Problem.(Doubled)
			first.Others = append(first.Others, e)
			kept[doubled].At, kept[doubled].Problem = r.all(), first
			continue
		}
		kept = append(kept, f)
	}
	return kept
}
