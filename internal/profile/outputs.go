package profile

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Output is an object of an allocation whose attributes are named and shaped as the arguments
// of a cloud resource.
type Output struct {
	Description string                     `yaml:"description"`
	Attributes  map[string]OutputAttribute `yaml:"attributes"`
}

// OutputAttribute is one argument and where its value comes from.
type OutputAttribute struct {
	// Type is "string" or "number".
	Type string `yaml:"type"`
	// Value is a key of the values below.
	Value       string `yaml:"value"`
	Description string `yaml:"description"`
}

// Ranges are what one cluster holds.
type Ranges struct {
	// Pods are the Pod ranges in the order in which the platform got them.
	Pods    []netip.Prefix
	Service netip.Prefix
	// NodeMask is the prefix length of each node's block, 0 when there is none.
	NodeMask int
}

// values are all that an output attribute can be made of. A missing value is the empty string.
var values = map[string]func(Ranges) string{
	"pod_cidr":           func(r Ranges) string { return strings.Join(texts(r.Pods[:min(1, len(r.Pods))]), "") },
	"pod_cidrs_comma":    func(r Ranges) string { return strings.Join(texts(r.Pods), ",") },
	"service_cidr":       func(r Ranges) string { return strings.Join(texts([]netip.Prefix{r.Service}), "") },
	"node_mask":          func(r Ranges) string { return number(r.NodeMask) },
	"service_address_1":  func(r Ranges) string { return address(r.Service, 1) },
	"service_address_10": func(r Ranges) string { return address(r.Service, 10) },
}

// Values returns the attributes of the output for what a cluster holds, as text; those without
// a value are left out.
func (o Output) Values(held Ranges) map[string]string {
	out := map[string]string{}
	for name, attribute := range o.Attributes {
		if text := values[attribute.Value](held); text != "" {
			out[name] = text
		}
	}
	return out
}

func texts(prefixes []netip.Prefix) []string {
	var out []string
	for _, p := range prefixes {
		if p.IsValid() {
			out = append(out, p.String())
		}
	}
	return out
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func address(p netip.Prefix, n uint64) string {
	if a, ok := cidr.NthAddr(p, n); ok {
		return a.String()
	}
	return ""
}
