package profile

import "slices"

// Change says what Terraform does with the resource of a cluster that exists when arguments that carry its
// addresses change. Outcomes that a mode cannot have are empty.
type Change struct {
	// Resources are the types of resources that have the arguments, none where no cloud runs the cluster.
	Resources []string `yaml:"resources"`
	// Pods, Services and Nodes are about the arguments for Pod ranges, for the Service range and for the
	// size of node blocks.
	Pods     Outcome `yaml:"pods"`
	Services Outcome `yaml:"services"`
	Nodes    Outcome `yaml:"nodes"`
	// SubnetAdded and SubnetRemoved are about the argument that lists Pod subnets.
	SubnetAdded   Outcome `yaml:"subnet_added"`
	SubnetRemoved Outcome `yaml:"subnet_removed"`
	// Profile is about other profiles that a cluster that exists can change to, none where it keeps its own.
	Profile OtherProfiles `yaml:"profile"`
	// Imported is about a cluster that was built elsewhere and then imported.
	Imported Import `yaml:"imported"`
}

// OtherProfiles are profiles that a cluster that exists can change to, with the ranges it has.
type OtherProfiles struct {
	To []string `yaml:"to"`
	// Text says how, as part of a sentence, for guides.
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
}

// Import says what the first plan after an import does with the arguments that carry addresses and with those
// that an example gives beside them.
type Import struct {
	// Text says it as part of a sentence, for guides.
	Text string `yaml:"text"`
	// Ignore are the arguments for ignore_changes that keep the plan from replacing or changing the cluster.
	Ignore  []string `yaml:"ignore"`
	Sources []string `yaml:"sources"`
}

// Outcome is what becomes of a changed argument. The zero value says that this was not looked up.
type Outcome struct {
	Does Does `yaml:"does"`
	// Text says it as part of a sentence, for messages and guides.
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
}

// Does is what the provider of a cloud does with a changed argument.
type Does string

const (
	// Replaces means that the plan replaces the cluster.
	Replaces Does = "replaces"
	// Refuses means that the plan shows an update in place and the apply fails.
	Refuses Does = "refuses"
	// Ignores means that the plan shows an update in place and the cluster stays as it is.
	Ignores Does = "ignores"
	// Fails means that the plan of the resource fails.
	Fails Does = "fails"
	// Updates means that the cluster is updated in place.
	Updates Does = "updates"
)

var allDoes = []Does{Replaces, Refuses, Ignores, Fails, Updates}

// carried says which part of a cluster a value of an output attribute belongs to.
var carried = map[string]func(Change) Outcome{
	"pod_cidr":            func(c Change) Outcome { return c.Pods },
	"pod_cidrs_comma":     func(c Change) Outcome { return c.Pods },
	"pod_cidrs_dual":      func(c Change) Outcome { return c.Pods },
	"pod_ipv6_cidr":       func(c Change) Outcome { return c.Pods },
	"pod_cidr_single":     func(c Change) Outcome { return c.Pods },
	"pod_cidrs_both":      func(c Change) Outcome { return c.Pods },
	"pod_range_name":      func(c Change) Outcome { return c.Pods },
	"pod_range_names":     func(c Change) Outcome { return c.Pods },
	"named_ranges":        func(c Change) Outcome { return c.Pods },
	"service_cidr":        func(c Change) Outcome { return c.Services },
	"service_cidrs_dual":  func(c Change) Outcome { return c.Services },
	"service_cidr_single": func(c Change) Outcome { return c.Services },
	"service_cidrs_both":  func(c Change) Outcome { return c.Services },
	"service_range_name":  func(c Change) Outcome { return c.Services },
	"service_ipv6_cidr":   func(c Change) Outcome { return c.Services },
	"service_cidr_apart":  func(c Change) Outcome { return c.Services },
	"service_addresses":   func(c Change) Outcome { return c.Services },
	"service_address_1":   func(c Change) Outcome { return c.Services },
	"service_address_10":  func(c Change) Outcome { return c.Services },
	"dns_service_ip":      func(c Change) Outcome { return c.Services },
	"node_addresses":      func(c Change) Outcome { return c.Nodes },
	"pods_per_node":       func(c Change) Outcome { return c.Nodes },
	"node_mask":           func(c Change) Outcome { return c.Nodes },
	"node_mask_single":    func(c Change) Outcome { return c.Nodes },
	"node_ipv6_mask":      func(c Change) Outcome { return c.Nodes },
}

// Outcome returns what becomes of a changed argument of an output of the profile.
func (p *Profile) Outcome(a OutputAttribute) Outcome {
	if of, ok := carried[a.Value]; ok {
		return of(p.Change)
	}
	return Outcome{}
}

// ChangesTo says whether a cluster that exists can change to another profile with the ranges it has.
func (p *Profile) ChangesTo(other string) bool { return slices.Contains(p.Change.Profile.To, other) }

func (c *Catalog) checkChange(change Change, wrong complaint) {
	if o := change.Profile; len(o.To) > 0 && (o.Text == "" || len(o.Sources) == 0) {
		wrong("profile: a change needs a text and a source")
	}
	c.checkSources("profile", change.Profile.Sources, wrong)
	for name, o := range map[string]Outcome{
		"pods": change.Pods, "services": change.Services, "nodes": change.Nodes,
		"subnet_added": change.SubnetAdded, "subnet_removed": change.SubnetRemoved,
	} {
		if o.Does == "" && o.Text == "" {
			continue
		}
		if !slices.Contains(allDoes, o.Does) {
			wrong("%s: does %q, not one of %v", name, o.Does, allDoes)
		}
		if o.Text == "" || len(o.Sources) == 0 || len(change.Resources) == 0 {
			wrong("%s: an outcome needs a text, a source and resources", name)
		}
		c.checkSources(name, o.Sources, wrong)
	}
	if i := change.Imported; (i.Text == "") != (len(i.Sources) == 0) || i.Text == "" && len(i.Ignore) > 0 {
		wrong("imported: an import needs a text and a source")
	}
	c.checkSources("imported", change.Imported.Sources, wrong)
}
