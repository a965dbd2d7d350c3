package provider

import (
	"errors"
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// manifestsFunction writes an allocation as the configuration of a tool.
type manifestsFunction struct{ writer messages.Writer }

func newManifestsFunction(p messages.Writer) *manifestsFunction { return &manifestsFunction{p} }

func (m *manifestsFunction) Definition() *tfprotov6.Function {
	allocation := parameter(
		"allocation",
		tftypes.DynamicPseudoType,
		"An element of `allocations`, such as `cidrplan_allocator.k8s.allocations[\"shop\"]`, or an object with its attributes "+
			"`pod_cidrs`, `service_cidr`, `node_cidr_mask`, `pod_ipv6_cidr`, `service_ipv6_cidr`, `node_ipv6_cidr_mask` and "+
			"`pod_aggregate`. Other attributes have no effect.",
	)
	allocation.AllowUnknownValues = true
	format := parameter(
		"format",
		tftypes.String,
		"Format of the text: "+values.Choice(manifests.Formats())+". If the format cannot express the allocation, such as several Pod "+
			"ranges in `kubeadm`, the call fails and the error lists the formats that can.",
	)
	definition := defined(
		"Write an allocation as configuration of a self-managed cluster",
		"Writes the ranges, node masks and the DNS address of one cluster as the configuration of kubeadm, a network plug-in or a "+
			"Kubernetes distribution, or as an admission policy that allows planned ranges only. All formats of one allocation agree "+
			"with each other. The result is a text: YAML documents that are separated by `---`, and JSON for `flannel`. It is known at "+
			"plan if the ranges are known, and depends on nothing but the arguments.",
		tftypes.String,
		allocation,
		format,
	)
	definition.VariadicParameter = parameter(
		"options", tftypes.DynamicPseudoType,
		"An object with any of these attributes. `routed = true` for Pods that the network routes: the plug-in does not encapsulate "+
			"(`calico`, `calico-ippools`, `cilium`, `cilium-multi-pool`, `flannel`) and does not translate addresses "+
			"(`kube-ovn-subnets`); default `false`. `service_cidrs`: further Service ranges of the cluster, a list (`servicecidr`). "+
			"`join_cidrs`: ranges between nodes and Pods, at most one of each family, a list (`kube-ovn`, `kube-ovn-subnets`, and IPv4 in "+
			"`openshift`). `non_masquerade_cidr`: range of the destinations to which Pods keep their own addresses, if it is not the Pod "+
			"range (`kops`): that of `other_ranges` of the cluster.",
	)
	definition.VariadicParameter.AllowUnknownValues = true
	return definition
}

func (m *manifestsFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none, format, further := tftypes.Value{}, values.TextOf(arguments[1]), arguments[2:]
	switch {
	case len(further) > 1:
		return none, argumentError(3, messages.SecondOptions)
	case !slices.Contains(manifests.Formats(), format):
		return none, argumentError(1, "format = "+messages.NotAmong(format, manifests.Formats()))
	}
	allocation, known, err := m.allocation(arguments[0])
	if err != nil {
		return none, argumentError(0, err.Error())
	}
	options, optionsKnown, err := m.options(further)
	if err != nil {
		return none, argumentError(2, err.Error())
	}
	if !known || !optionsKnown {
		return values.Unknown(tftypes.String), nil
	}
	text, problem := manifests.Write(format, allocation, options)
	switch {
	case problem == nil:
		return tftypes.NewValue(tftypes.String, text), nil
	case messages.OfOptions(problem):
		return none, argumentError(2, messages.ManifestProblem(problem))
	}
	return none, argumentError(0, messages.ManifestProblem(problem))
}

// allocation reads the first argument; known is false if a range is known only after apply.
func (m *manifestsFunction) allocation(given tftypes.Value) (a manifests.Allocation, known bool, err error) {
	if !given.IsKnown() && values.IsA(given, tftypes.DynamicPseudoType) {
		return a, false, nil
	}
	if !hasRanges(given) {
		return a, false, errors.New(notAnAllocation(given))
	}
	fields, all := values.Fields{}, allocationFields(m.writer.Catalog)
	for _, name := range heldFields {
		fields[name] = all[name]
	}
	n, err := m.read(given, fields, true)
	if err != nil {
		return a, false, err
	}
	held := readRanges(n)
	if err := m.faults(append(n.Faults, wrongFamilies(held)...)); err != nil {
		return a, false, err
	}
	return manifests.Of(held), len(n.Unknown) == 0, nil
}

// wrongFamilies finds ranges of another address family than their attributes have. The attributes of both families have IPv4 first; a
// cluster of one family has it in the first attributes.
func wrongFamilies(held profile.Ranges) (faults []topology.Fault) {
	check := func(at topology.Path, p netip.Prefix, want cidr.Family) {
		if p.IsValid() && cidr.FamilyOf(p) != want {
			faults = append(faults, topology.Fault{At: at, Problem: topology.WrongFamily{Range: p, Want: want.String()}})
		}
	}
	top, first, both := topology.Path{}, cidr.V4, held.PodIPv6.IsValid() || held.ServiceIPv6.IsValid()
	for _, p := range append(slices.Clone(held.Pods), held.Service) {
		if p.IsValid() && !both {
			first = cidr.FamilyOf(p)
			break
		}
	}
	for i, p := range held.Pods {
		check(top.Attr("pod_cidrs").At(i), p, first)
	}
	check(top.Attr("service_cidr"), held.Service, first)
	check(top.Attr("pod_aggregate"), held.Aggregate, first)
	check(top.Attr("pod_ipv6_cidr"), held.PodIPv6, cidr.V6)
	check(top.Attr("service_ipv6_cidr"), held.ServiceIPv6, cidr.V6)
	for i, r := range held.Further.Services {
		check(top.Attr("further_service_cidrs").At(i), r, first)
	}
	for i, r := range held.Further.PodsIPv6 {
		check(top.Attr("further_pod_ipv6_cidrs").At(i), r, cidr.V6)
	}
	for i, r := range held.Further.ServicesIPv6 {
		check(top.Attr("further_service_ipv6_cidrs").At(i), r, cidr.V6)
	}
	return faults
}

// hasRanges says whether a value has attributes of an allocation.
func hasRanges(v tftypes.Value) bool {
	types := attributeTypes(v)
	return slices.ContainsFunc(heldFields, func(name string) bool { return types[name] != nil })
}

// notAnAllocation says what an argument is, and what is expected.
func notAnAllocation(given tftypes.Value) string {
	all, _ := values.Members(given)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if hasRanges(all[name]) {
			return messages.ArgumentIsAllocations(name)
		}
	}
	if given.IsNull() {
		return messages.ArgumentIs("null", nil, messages.AnAllocation)
	}
	names := slices.Sorted(maps.Keys(attributeTypes(given)))
	return messages.ArgumentIs(messages.TypeName(values.KindOf(given)), names, messages.AnAllocation)
}

// options reads the third argument, of which there may be none.
func (m *manifestsFunction) options(given []tftypes.Value) (o manifests.Options, known bool, err error) {
	if len(given) == 0 {
		return o, true, nil
	}
	fields := values.Fields{
		manifests.RoutedOption:   {Shape: values.Flag},
		manifests.ServicesOption: {Shape: values.Texts},
		manifests.JoinOption:     {Shape: values.Texts},
		manifests.NativeOption:   {Shape: values.Text},
	}
	n, err := m.read(given[0], fields, false)
	if err != nil {
		return o, false, err
	}
	routed := n.Flag(manifests.RoutedOption)
	o.Routed = routed != nil && *routed
	o.Services, o.Join = n.Prefixes(manifests.ServicesOption), n.Prefixes(manifests.JoinOption)
	o.Native = n.Prefix(manifests.NativeOption)
	return o, len(n.Unknown) == 0, m.faults(n.Faults)
}

// read gives an object the types of fields. With surplus, it may have attributes that the fields lack.
func (m *manifestsFunction) read(given tftypes.Value, fields values.Fields, surplus bool) (*values.Node, error) {
	c := &values.Conformer{SurplusAllowed: surplus}
	conformed := c.Field(nil, given, values.Field{Shape: values.Object, Fields: fields}, fields.Type())
	if err := m.faults(slices.Concat(c.Faults, c.Unused)); err != nil { // a function has no place for warnings
		return nil, err
	}
	return (&values.Reader{}).Root(conformed, nil), nil
}

// faults is what is wrong with an argument as one error, nil where there is nothing.
func (m *manifestsFunction) faults(all []topology.Fault) error {
	if len(all) == 0 {
		return nil
	}
	return errors.New(messages.ErrorText(m.writer.FaultMessages(all)))
}
