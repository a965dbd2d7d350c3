package provider

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/manifests"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// objectWith is an object of texts, numbers, flags, lists of texts and values.
func objectWith(attributes map[string]any) tftypes.Value {
	all, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	for name, v := range attributes {
		switch v := v.(type) {
		case tftypes.Value:
			all[name] = v
		case string:
			all[name] = tftypes.NewValue(tftypes.String, v)
		case bool:
			all[name] = tftypes.NewValue(tftypes.Bool, v)
		case int:
			all[name] = tftypes.NewValue(tftypes.Number, big.NewFloat(float64(v)))
		case []string:
			var list []tftypes.Value
			for _, s := range v {
				list = append(list, tftypes.NewValue(tftypes.String, s))
			}
			all[name] = tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, list)
		}
		types[name] = all[name].Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, all)
}

// shop are the attributes of an allocation.
func shop() map[string]any {
	return map[string]any{"pod_cidrs": []string{"10.64.0.0/18"}, "service_cidr": "10.65.0.0/20", "node_cidr_mask": 25, "usable": true}
}

// manifestOf calls the function with options, of which there may be none. The number is that of the argument of the error.
func manifestOf(allocation tftypes.Value, format string, options ...tftypes.Value) (result tftypes.Value, text string, number int64) {
	arguments := append([]tftypes.Value{allocation, tftypes.NewValue(tftypes.String, format)}, options...)
	result, failed := newManifestsFunction(messages.Writer{Catalog: profile.Default()}).Call(arguments)
	if failed != nil {
		return result, failed.Text, *failed.FunctionArgument
	}
	return result, "", -1
}

func TestManifestsOfAnAllocationOfAResource(t *testing.T) {
	allocator := whole(t, false, false, map[string]any{
		"name": "k8s", "supernets": []any{"10.64.0.0/10"},
		"vpcs": map[string]any{"lab": map[string]any{"platform": "generic", "cidr_blocks": []any{"192.168.0.0/16"}}},
		"clusters": map[string]any{
			"shop": map[string]any{"vpc": "lab", "profile": "kubernetes-overlay", "max_nodes": int64(100), "pods_per_node": int64(60)},
		},
	})
	allocation := values.AttributesOf(values.AttributesOf(allocator)["allocations"])["shop"]
	pods := values.TextOf(values.AttributesOf(allocation)["pod_cidr"])
	for _, format := range manifests.Formats() {
		result, failed, _ := manifestOf(allocation, format)
		text := values.TextOf(result)
		if failed != "" || format != "servicecidr" && (pods == "" || !strings.Contains(text, pods)) || !strings.HasSuffix(text, "\n") {
			t.Errorf("%s: %q, error %q", format, text, failed)
		}
	}
}

func TestManifestsWithOptions(t *testing.T) {
	for _, c := range []struct {
		format, want string
		options      map[string]any
	}{
		{"flannel", `"Type": "host-gw"`, map[string]any{"routed": true}},
		{"flannel", `"Type": "vxlan"`, map[string]any{"routed": false}},
		{"servicecidr", "name: services-10-66-0-0-20", map[string]any{"service_cidrs": []string{"10.66.0.0/20"}}},
		{"kube-ovn", "JOIN_CIDR: 10.66.0.0/20", map[string]any{"join_cidrs": []string{"10.66.0.0/20"}}},
		{"kops", "nonMasqueradeCIDR: 10.0.0.0/8", map[string]any{"non_masquerade_cidr": "10.0.0.0/8"}},
	} {
		result, failed, _ := manifestOf(objectWith(shop()), c.format, objectWith(c.options))
		if text := values.TextOf(result); failed != "" || !strings.Contains(text, c.want) {
			t.Errorf("%s with %v: %q, error %q", c.format, c.options, text, failed)
		}
	}
}

func TestManifestsAreUnknownWhereARangeIsUnknown(t *testing.T) {
	unknown, elsewhere := shop(), shop()
	unknown["service_cidr"] = values.Unknown(tftypes.String)
	elsewhere["usable"] = values.Unknown(tftypes.Bool)
	unknownList := map[string]any{"service_cidrs": values.Unknown(tftypes.List{ElementType: tftypes.String})}
	for name, c := range map[string]struct {
		allocation tftypes.Value
		options    []tftypes.Value
		known      bool
	}{
		"an unknown allocation":            {values.Unknown(tftypes.DynamicPseudoType), nil, false},
		"an allocation of a known type":    {values.Unknown(objectWith(shop()).Type()), nil, false},
		"an unknown range":                 {objectWith(unknown), nil, false},
		"an unknown range of the options":  {objectWith(shop()), []tftypes.Value{objectWith(unknownList)}, false},
		"unknown options":                  {objectWith(shop()), []tftypes.Value{values.Unknown(tftypes.DynamicPseudoType)}, false},
		"an attribute without effect":      {objectWith(elsewhere), nil, true},
		"options that are an empty object": {objectWith(shop()), []tftypes.Value{objectWith(nil)}, true},
	} {
		result, failed, _ := manifestOf(c.allocation, "servicecidr", c.options...)
		if failed != "" || result.IsKnown() != c.known || !values.IsA(result, tftypes.String) {
			t.Errorf("%s: %s, error %q", name, result, failed)
		}
	}
}

func TestManifestsRefuseWrongArguments(t *testing.T) {
	with := func(attribute string, value any) tftypes.Value {
		all := shop()
		all[attribute] = value
		return objectWith(all)
	}
	several, bad, none := shop(), shop(), shop()
	several["pod_cidrs"], bad["service_cidr"] = []string{"10.64.0.0/18", "10.80.0.0/18"}, "10.65.0.1/20"
	none["pod_cidrs"] = values.Null(tftypes.List{ElementType: tftypes.String})
	one := objectWith(shop())
	for name, c := range map[string]struct {
		allocation tftypes.Value
		format     string
		options    []tftypes.Value
		number     int64
		texts      []string
	}{
		"null": {
			values.Null(tftypes.DynamicPseudoType), "flags", nil, 0, []string{"the argument is null. Expected an element of allocations"},
		},
		"a text": {
			tftypes.NewValue(tftypes.String, "shop"), "flags", nil, 0,
			[]string{"the argument is a string. Expected an element of allocations"},
		},
		"an object of another kind": {objectWith(map[string]any{"id": "x"}), "flags", nil, 0, []string{"with the attributes id"}},
		"all allocations": {
			objectWith(map[string]any{"shop": one}), "flags", nil, 0,
			[]string{"a map of allocations", `cidrplan_allocator.k8s.allocations["shop"]`},
		},
		"a CIDR with host bits": {objectWith(bad), "flags", nil, 0, []string{"service_cidr", "10.65.0.0/20"}},
		"no Pod range":          {objectWith(none), "flags", nil, 0, []string{"flags requires a Pod range", "has none"}},
		"several Pod ranges": {
			objectWith(several), "kubeadm", nil, 0, []string{"kubeadm has one Pod range", "10.80.0.0/18", "calico, calico-ippools"},
		},
		"IPv4 in an attribute for IPv6": {
			with("pod_ipv6_cidr", "10.70.0.0/18"), "calico", nil, 0, []string{"pod_ipv6_cidr", "10.70.0.0/18", "IPv6"},
		},
		"IPv6 Services in an attribute for IPv4": {
			with("service_cidr", "fd00::/112"), "flags", nil, 0, []string{"service_cidr", "fd00::/112", "IPv4"},
		},
		"IPv6 beside IPv4": {
			with("pod_cidrs", []string{"10.64.0.0/18", "fd00::/56"}), "calico", nil, 0, []string{"pod_cidrs[1]", "fd00::/56"},
		},
		"an IPv6 aggregate": {with("pod_aggregate", "fd00::/48"), "cilium", nil, 0, []string{"pod_aggregate"}},
		"IPv6 in the first attribute, and IPv6 besides": {
			objectWith(map[string]any{"pod_cidrs": []string{"fd00::/56"}, "service_ipv6_cidr": "fd01::/112"}), "calico", nil, 0,
			[]string{"pod_cidrs[0]"},
		},
		"IPv4 in the attribute for IPv6 Services": {
			with("service_ipv6_cidr", "10.70.0.0/20"), "servicecidr", nil, 0, []string{"service_ipv6_cidr"},
		},
		"a misspelled format": {one, "kubeadmn", nil, 1, []string{`"kubeadmn" is not one of`, `Did you mean "kubeadm"?`}},
		"options without effect": {
			one, "kubeadm", []tftypes.Value{objectWith(map[string]any{"routed": true})}, 2,
			[]string{"routed has no effect on the format kubeadm"},
		},
		"a misspelled option": {
			one, "calico", []tftypes.Value{objectWith(map[string]any{"route": true})}, 2, []string{"route", `"routed"`},
		},
		"an unknown option": {one, "calico", []tftypes.Value{objectWith(map[string]any{"mtu": 1450})}, 2, []string{"mtu"}},
		"a bad range in options": {
			one, "servicecidr", []tftypes.Value{objectWith(map[string]any{"service_cidrs": []string{"x"}})}, 2,
			[]string{"service_cidrs[0]"},
		},
		"options that are a list": {one, "calico", []tftypes.Value{objectWith(map[string]any{"a": []string{"x"}})}, 2, []string{"a"}},
		"options that are a text": {one, "calico", []tftypes.Value{tftypes.NewValue(tftypes.String, "x")}, 2, []string{"the argument"}},
		"two options":             {one, "calico", []tftypes.Value{objectWith(nil), objectWith(nil)}, 3, []string{messages.SecondOptions}},
	} {
		result, failed, number := manifestOf(c.allocation, c.format, c.options...)
		if failed == "" || number != c.number {
			t.Errorf("%s: %s, error %q of argument %d", name, result, failed, number)
		}
		for _, want := range c.texts {
			if !strings.Contains(failed, want) {
				t.Errorf("%s: %q lacks %q", name, failed, want)
			}
		}
	}
}
