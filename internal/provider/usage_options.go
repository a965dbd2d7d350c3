package provider

import (
	"maps"
	"math/big"
	"net/netip"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// usageOptions are the second argument of usage.
type usageOptions struct {
	observed usage.Observed
	growth   usage.Growth
	// date is a day if dated.
	date  time.Time
	dated bool
	// nodesUnknown and growthUnknown name the clusters of which the number is not known yet; all of them where everything is set.
	nodesUnknown, growthUnknown     topology.Unknown
	availableUnknown, dateIsUnknown bool
}

var usageOptionFields = values.Fields{
	"observed": {Shape: values.Object, Fields: values.Fields{
		"nodes":                      {Shape: values.Map, Element: &aNumber},
		"available_ip_address_count": {Shape: values.Map, Element: &values.Field{Shape: values.Map, Element: &aNumber}},
	}},
	"growth": {Shape: values.Objects, Fields: values.Fields{"nodes_per_month": {Shape: values.Number}}},
	"date":   {Shape: values.Text},
}

// usageOptionReader reads options for a request.
type usageOptionReader struct {
	values.Conformer
	request allocate.Request
	options usageOptions
}

// readUsageOptions reads the options; faults are what is wrong with them.
func readUsageOptions(given tftypes.Value, r allocate.Request) (usageOptions, []topology.Fault) {
	o := usageOptionReader{request: r}
	o.options.growth = usage.Growth{}
	of := values.Field{Shape: values.Object, Fields: usageOptionFields}
	all := o.Field(nil, given, of, of.Type())
	if !all.IsKnown() {
		everything := topology.Unknown{topology.Everything}
		return usageOptions{
			nodesUnknown: everything, growthUnknown: everything, availableUnknown: true, dateIsUnknown: true,
		}, slices.Concat(o.Faults, o.Unused)
	}
	options := values.AttributesOf(all)
	o.observed(options["observed"])
	o.growth(options["growth"])
	o.date(options["date"])
	return o.options, slices.Concat(o.Faults, o.Unused)
}

func (o *usageOptionReader) fault(at topology.Path, problem any) {
	o.Faults = append(o.Faults, topology.Fault{At: at, Problem: problem})
}

func (o *usageOptionReader) observed(v tftypes.Value) {
	at := topology.Path{}.Attr("observed")
	if !v.IsKnown() {
		o.options.nodesUnknown, o.options.availableUnknown = topology.Unknown{topology.Everything}, true
		return
	}
	observed := values.AttributesOf(v)
	o.options.observed.Nodes, o.options.nodesUnknown = o.wholeNumbers(
		at.Attr("nodes"), observed["nodes"], topology.ClusterName, o.clusters(),
	)
	at = at.Attr("available_ip_address_count")
	byVPC := observed["available_ip_address_count"]
	all, _ := values.Members(byVPC)
	o.options.availableUnknown = !byVPC.IsKnown()
	o.options.observed.Available = map[string]map[string]int64{}
	for _, vpc := range slices.Sorted(maps.Keys(all)) {
		declared, known := o.request.Facts.VPCs[vpc]
		if !known {
			o.undeclared(at.Key(vpc), topology.NetworkName, vpc, slices.Sorted(maps.Keys(o.request.Facts.VPCs)))
			continue
		}
		subnets, unknown := o.wholeNumbers(
			at.Key(vpc), all[vpc], topology.SubnetName, slices.Sorted(maps.Keys(declared.Subnets)),
		)
		for subnet, available := range subnets {
			o.atMost(at.Key(vpc).Key(subnet), available, declared.Subnets[subnet])
		}
		o.options.observed.Available[vpc] = subnets
		o.options.availableUnknown = o.options.availableUnknown || len(unknown) > 0
	}
}

// atMost refuses more free addresses than a subnet has.
func (o *usageOptionReader) atMost(at topology.Path, available int64, subnet netip.Prefix) {
	if !subnet.IsValid() {
		return
	}
	if all := cidr.Count(subnet); big.NewInt(available).Cmp(all) > 0 {
		o.fault(at, topology.OutOfRange{Value: available, Max: all.Int64()})
	}
}

func (o *usageOptionReader) clusters() []string {
	return slices.Sorted(maps.Keys(o.request.Facts.Clusters))
}

// wholeNumbers reads whole numbers that are not below 0, by names that are declared. unknown names those that are not known yet.
func (o *usageOptionReader) wholeNumbers(
	at topology.Path, v tftypes.Value, kind topology.NameKind, declared []string,
) (numbers map[string]int64, unknown topology.Unknown) {
	if !v.IsKnown() {
		return nil, topology.Unknown{topology.Everything}
	}
	numbers = map[string]int64{}
	all, _ := values.Members(v)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		at := at.Key(name)
		switch {
		case !slices.Contains(declared, name):
			o.undeclared(at, kind, name, declared)
		case !all[name].IsKnown():
			unknown = append(unknown, name)
		case !all[name].IsNull():
			number := values.NumberOf(all[name])
			whole, problem := values.Count(number)
			if number.Sign() < 0 {
				problem = topology.Negative{Value: values.NumberText(number)}
			}
			if problem != nil {
				o.fault(at, problem)
			}
			numbers[name] = whole
		}
	}
	return numbers, unknown
}

func (o *usageOptionReader) undeclared(at topology.Path, kind topology.NameKind, name string, declared []string) {
	o.fault(at, topology.Undeclared{Kind: kind, Name: name, Known: declared})
}

func (o *usageOptionReader) growth(v tftypes.Value) {
	at := topology.Path{}.Attr("growth")
	if !v.IsKnown() {
		o.options.growthUnknown = topology.Unknown{topology.Everything}
		return
	}
	all, _ := values.Members(v)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		rate := values.AttributesOf(all[name])["nodes_per_month"]
		_, declared := o.request.Facts.Clusters[name]
		switch {
		case !declared:
			o.undeclared(at.Key(name), topology.ClusterName, name, o.clusters())
		case !all[name].IsKnown() || !rate.IsKnown():
			o.options.growthUnknown = append(o.options.growthUnknown, name)
		case rate.IsNull():
			o.fault(at.Key(name).Attr("nodes_per_month"), topology.Missing{})
		default:
			o.rate(at.Key(name).Attr("nodes_per_month"), name, values.NumberOf(rate))
		}
	}
}

// rate notes by how many nodes a cluster grows in a month.
func (o *usageOptionReader) rate(at topology.Path, name string, rate *big.Float) {
	if rate.Sign() < 0 {
		o.fault(at, topology.Negative{Value: values.NumberText(rate)})
		return
	}
	if _, observed := o.options.observed.Nodes[name]; !observed && !o.options.nodesUnknown.Has(name) {
		o.fault(topology.Path{}.Attr("observed").Attr("nodes").Key(name), topology.Missing{})
	}
	if rate.Sign() > 0 {
		o.options.growth[name] = exactRate(rate)
	}
}

// exactRate is a rate as it was written, in decimal notation. Digits of rates that are so small or large that no number of months
// changes with them are not needed: there can be millions.
func exactRate(rate *big.Float) *big.Rat {
	const most = 64 // as a power of 2
	switch exponent := rate.MantExp(nil); {
	case exponent > most:
		return new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), most))
	case exponent < -most:
		return new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), most))
	}
	exact, _ := new(big.Rat).SetString(rate.Text('f', -1))
	return exact
}

// date reads a day or the day of a timestamp.
func (o *usageOptionReader) date(v tftypes.Value) {
	o.options.dateIsUnknown = !v.IsKnown()
	text := values.TextOf(v)
	if text == "" {
		return
	}
	day, err := time.Parse(time.DateOnly, dayOf(text))
	if err != nil {
		o.fault(topology.Path{}.Attr("date"), messages.NotADate{Text: text})
	}
	o.options.date, o.options.dated = day, true
}
