package provider

import (
	"maps"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// usageOf calls the function; text is the error, "" where there is none.
func usageOf(arguments ...tftypes.Value) (answer tftypes.Value, text string) {
	answer, fault := newUsageFunction(messages.Writer{Catalog: profile.Default()}).Call(arguments)
	if fault != nil {
		return answer, fault.Text
	}
	return answer, ""
}

// at is a part of a value, by names of attributes and keys; numbers and texts are written as a text, null as "null" and unknown as
// "unknown".
func at(t *testing.T, v tftypes.Value, path ...string) string {
	t.Helper()
	for _, name := range path {
		next, has := values.AttributesOf(v)[name]
		if !has {
			t.Fatalf("%v: no %s in %v", path, name, v)
		}
		v = next
	}
	switch {
	case !v.IsKnown():
		return "unknown"
	case v.IsNull():
		return "null"
	case values.IsA(v, tftypes.Number):
		return values.NumberOf(v).Text('f', -1)
	case values.IsA(v, tftypes.String):
		return values.TextOf(v)
	}
	return v.String()
}

// countable is an allocator whose figures can be counted by hand: two /16 and one /20 of IPv6 are its supernets.
var countable = map[string]any{
	"name": "k8s", "supernets": []string{"10.64.0.0/16", "fd00::/20"}, "service_supernets": []string{"10.80.0.0/16"},
	"pools":    map[string]any{"south": map[string]any{"supernets": []string{"10.96.0.0/16"}}},
	"reserved": map[string]any{"later": map[string]any{"cidr": "10.64.128.0/18"}},
	"vpcs": map[string]any{
		"prod": map[string]any{
			"platform": "huaweicloud", "cidr_blocks": []string{"192.168.0.0/16"},
			"routes":  map[string]any{"idc": map[string]any{"destination": "10.64.192.0/20", "next_hop": "vpn", "summary": false}},
			"subnets": map[string]any{"pods": "192.168.32.0/24"},
		},
	},
	"clusters": map[string]any{
		"shop":  map[string]any{"vpc": "prod", "profile": "cce-vpc-router", "max_nodes": int64(100), "pods_per_node": int64(61)},
		"turbo": map[string]any{"vpc": "prod", "profile": "cce-turbo", "pod_subnets": []string{"pods"}, "max_services": int64(900)},
	},
}

// optionsValue is an object of options, as Terraform passes it.
func optionsValue(all map[string]any) tftypes.Value {
	attributes, types := map[string]tftypes.Value{}, map[string]tftypes.Type{}
	for name, v := range all {
		switch v := v.(type) {
		case map[string]any:
			attributes[name] = optionsValue(v)
		case string:
			attributes[name] = tftypes.NewValue(tftypes.String, v)
		case tftypes.Value:
			attributes[name] = v
		default:
			attributes[name] = tftypes.NewValue(tftypes.Number, v)
		}
		types[name] = attributes[name].Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, attributes)
}

var observedAndGrowth = map[string]any{
	"observed": map[string]any{
		"nodes": map[string]any{"shop": 40}, "available_ip_address_count": map[string]any{"prod": map[string]any{"pods": 151}},
	},
	"growth": map[string]any{"shop": map[string]any{"nodes_per_month": 2.5}},
	"date":   "2026-08-31",
}

// The figures of an allocator, in addresses.
func TestUsageOfAnAllocator(t *testing.T) {
	all, text := usageOf(whole(t, false, false, countable), optionsValue(observedAndGrowth))
	if text != "" {
		t.Fatal(text)
	}
	for path, want := range map[string]string{
		// a Pod range of 128 node blocks of 64 addresses, a /18 and a /20
		"default_pool ipv4 addresses":               "65536",
		"default_pool ipv4 unusable":                "4096",
		"default_pool service_ipv4 addresses":       "65536",
		"default_pool service_ipv4 free":            "63488", // two /22
		"default_pool service_ipv6":                 "null",
		"pools south service_ipv4":                  "null",
		"supernets 10.64.0.0/16 allocated":          "8192",
		"supernets 10.64.0.0/16 reserved":           "16384",
		"supernets 10.64.0.0/16 unusable":           "4096",
		"supernets 10.64.0.0/16 released":           "0",
		"supernets 10.64.0.0/16 growth_reserve":     "0",
		"supernets 10.64.0.0/16 free":               "36864",
		"supernets 10.64.0.0/16 percent":            "43.75",
		"supernets 10.64.0.0/16 largest_free":       "10.64.0.0/17",
		"supernets 10.64.0.0/16 fits 18":            "2",
		"supernets 10.64.0.0/16 fits 19":            "4",
		"supernets 10.64.0.0/16 networks prod free": "36864",
		"supernets 10.96.0.0/16 free":               "65536",
		"pools south ipv4 free":                     "65536",
		"pools south ipv6":                          "null",
		"total ipv4 addresses":                      "196608",
		"total ipv6 free":                           "324518553658426726783156020576256",
		"total ipv6 percent":                        "0",
		"clusters shop nodes asked":                 "100",
		"clusters shop nodes observed":              "40",
		"clusters shop nodes served":                "128",
		"clusters shop nodes percent":               "31.25",
		"clusters shop pods asked":                  "6100",
		"clusters shop pods served":                 "7808",
		"clusters shop services asked":              "null",
		"clusters shop services served":             "1022",
		"clusters shop pod_ranges count":            "1",
		"clusters shop pod_ranges limit":            "20",
		"clusters shop pod_ranges percent":          "5",
		"clusters shop routes count":                "101",
		"clusters shop routes limit":                "200",
		"clusters shop routes more_clusters":        "0",
		"clusters shop routes months_left":          "63.6", // 200 entries without a route and 40 nodes
		"clusters shop percent":                     "31.25",
		"clusters shop more_clusters":               "4",
		"clusters shop months_left":                 "35.2",
		"clusters shop lasts_until":                 "2029-07-31",
		"clusters turbo pods served":                "251",
		"clusters turbo pods observed":              "100",
		"clusters turbo pods percent":               "39.84",
		"clusters turbo nodes served":               "null",
		"clusters turbo services percent":           "88.06",
		"clusters turbo percent":                    "88.06",
		"clusters turbo months_left":                "null",
		// (128 nodes - 40) / 2.5 months, then 64 addresses for each of 2.5 nodes a month
		"supernets 10.64.0.0/16 months_left": "265.6",
		"supernets 10.64.0.0/16 lasts_until": "2048-09-30",
		"default_pool ipv4 months_left":      "265.6",
		"total ipv4 months_left":             "265.6",
		"supernets 10.80.0.0/16 months_left": "null",
		"supernets 10.96.0.0/16 months_left": "null",
		"default_pool ipv6 months_left":      "null",
	} {
		if got := at(t, all, strings.Split(path, " ")...); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	because := values.AttributesOf(values.AttributesOf(all)["supernets"])["10.64.0.0/16"]
	facts, _ := values.Elements(values.AttributesOf(because)["unusable_because"])
	if len(facts) != 1 || at(t, facts[0], "kind")+" "+at(t, facts[0], "name")+" "+at(t, facts[0], "part")+" "+
		at(t, facts[0], "cidr")+" "+at(t, facts[0], "addresses") != "route prod idc 10.64.192.0/20 4096" {
		t.Errorf("facts %v", facts)
	}
}

// The months of a cluster are those of the limit that is reached first: the ranges above, here the route quota of the VPC, or the
// addresses of subnets.
func TestUsageMonthsOfClusters(t *testing.T) {
	limited := maps.Clone(countable)
	prod := maps.Clone(countable["vpcs"].(map[string]any)["prod"].(map[string]any))
	prod["route_quota"] = int64(111)
	limited["vpcs"] = map[string]any{"prod": prod}
	all, text := usageOf(whole(t, false, false, limited), optionsValue(map[string]any{
		"observed": map[string]any{
			"nodes":                      map[string]any{"shop": 40, "turbo": 3},
			"available_ip_address_count": map[string]any{"prod": map[string]any{"pods": 151}},
		},
		"growth": map[string]any{"shop": map[string]any{"nodes_per_month": 2.5}, "turbo": map[string]any{"nodes_per_month": 1}},
		"date":   "2026-12-31T23:59:59+08:00",
	}))
	if text != "" {
		t.Fatal(text)
	}
	for path, want := range map[string]string{
		"clusters shop months_left": "28", "clusters shop routes months_left": "28", "clusters shop lasts_until": "2029-04-30",
		// 151 addresses for 110 Pods on each further node
		"clusters turbo months_left": "1.37", "clusters turbo lasts_until": "2027-01-31", "clusters turbo routes": "null",
		"default_pool ipv4 months_left": "265.6",
	} {
		if got := at(t, all, strings.Split(path, " ")...); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

// A day is no special value: months are counted from the first one as from any other.
func TestUsageCountsFromAnyDay(t *testing.T) {
	options := maps.Clone(observedAndGrowth)
	for date, want := range map[string]string{
		"0001-01-01": "0003-12-01", "2024-02-29": "2027-01-29", "2023-03-31": "2026-02-28", "9999-12-31": "null", "": "null",
		"2026-08-31T23:59:59Z": "2029-07-31",
	} {
		options["date"] = date
		all, text := usageOf(whole(t, false, false, countable), optionsValue(options))
		if text != "" {
			t.Fatalf("%s: %s", date, text)
		}
		if got := at(t, all, "clusters", "shop", "lasts_until"); got != want {
			t.Errorf("%s: %s, want %s", date, got, want)
		}
	}
}

// Rates with millions of digits are refused by nobody, and take no time.
func TestUsageOfExtremeRates(t *testing.T) {
	options := maps.Clone(observedAndGrowth)
	for rate, want := range map[string]string{"1e-9000000": "12000", "1e9000000": "0"} {
		number, _, err := big.ParseFloat(rate, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		options["growth"] = map[string]any{"shop": map[string]any{"nodes_per_month": tftypes.NewValue(tftypes.Number, number)}}
		all, text := usageOf(whole(t, false, false, countable), optionsValue(options))
		if got := at(t, all, "clusters", "shop", "months_left"); text != "" || got != want {
			t.Errorf("%s: %s months, want %s; %s", rate, got, want, text)
		}
	}
}

func TestUsageOfBlocks(t *testing.T) {
	all, text := usageOf(whole(t, true, false, map[string]any{
		"name": "net", "supernets": []string{"10.0.0.0/16"},
		"blocks": map[string]any{"a": map[string]any{"prefix_length": int64(18)}},
	}))
	if text != "" {
		t.Fatal(text)
	}
	for path, want := range map[string]string{
		"total ipv4 allocated": "16384", "total ipv4 free": "49152", "total ipv4 percent": "25", "total ipv4 fits 17": "1",
		"total ipv4 fits 32": "49152", "total ipv6": "null",
	} {
		if got := at(t, all, strings.Split(path, " ")...); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
