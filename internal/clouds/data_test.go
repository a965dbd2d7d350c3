package clouds

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// forTypes calls check for each type that is held against its schema, with the attributes of its objects.
func forTypes(t *testing.T, check func(t *testing.T, typ *Type, attributes map[string]*attribute)) {
	t.Helper()
	for _, name := range Default().Platforms() {
		of := schemas(t, name)
		for _, typ := range Default().Platform(name).all() {
			if typ.Unchecked != "" {
				continue
			}
			t.Run(typ.Name, func(t *testing.T) {
				if of[typ.Name] == nil {
					t.Fatal("the schema is not in testdata/schemas: see testdata/trim_schemas.go")
				}
				check(t, typ, objectSchema(t, typ, of[typ.Name]))
			})
		}
	}
}

func TestEveryPathIsInTheSchemaOfTheProvider(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		for _, path := range typ.Paths() {
			along, err := alongPath(attributes, path)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			} else if last := along[len(along)-1]; !holds(typ, path, last) {
				t.Errorf("%s holds something else: %+v", path, last)
			}
		}
		for _, mark := range typ.Marks {
			if attributes[mark] == nil {
				t.Errorf("there is no mark %s", mark)
			}
		}
	})
}

// holds says whether an attribute can hold what the type reads at its path.
func holds(typ *Type, path string, a *attribute) bool {
	lists := slices.Concat(typ.CIDRs, typ.IPv6CIDRs, typ.Pods, typ.PodsIPv6, typ.Services, typ.ServicesIPv6, typ.PodSubnets)
	lists = append(lists, otherPaths(typ)...)
	for _, rule := range typ.Profiles {
		lists = slices.AppendSeq(lists, maps.Keys(rule.When))
	}
	switch {
	case path == typ.RoutesIn:
		return a.list && a.within != nil
	case slices.Contains(lists, path), typ.Route != nil && slices.Contains(typ.Route.Destination, path):
		return a.leaf == "string"
	case slices.Contains(joined(lists), path):
		return (a.leaf == "string" || a.leaf == "number") && !a.list
	case path == typ.NodeCIDRMask, path == typ.NodeIPv6CIDRMask:
		return (a.leaf == "string" || a.leaf == "number") && !a.list
	case typ.Route != nil && typ.Route.Skip[path] != nil:
		return (a.leaf == "string" || a.leaf == "bool") && !a.list
	case slices.Contains(slices.Collect(maps.Values(typ.AbsentUnless)), path):
		return a.leaf == "bool" && !a.list
	}
	return a.leaf == "string" && !a.list
}

func TestNoPathIsSensitive(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		for _, path := range typ.Paths() {
			along, _ := alongPath(attributes, path)
			if slices.ContainsFunc(along, func(a *attribute) bool { return a.Sensitive }) {
				t.Errorf("%s is sensitive", path)
			}
			for _, secret := range []string{"password", "psk", "pre_share", "secret", "kube_config", "certificate", "key_data", "md5"} {
				if strings.Contains(path, secret) {
					t.Errorf("%s names %s", path, secret)
				}
			}
		}
	})
}

func TestPathsThatAreAbsentWhenNewAreComputedAndOptional(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		if typ.Elements != "" && len(typ.AbsentWhenNew)+len(typ.AbsentUnless) > 0 {
			t.Error("a data source has nothing that is new")
		}
		for _, path := range typ.AbsentWhenNew {
			along, err := alongPath(attributes, path)
			isFilledLater := slices.Contains( // by objects that need this one
				[]string{"aws_vpn_connection.routes.destination_cidr_block", "ksyun_direct_connect_gateway.remote_cidr_set"},
				typ.Name+"."+path,
			)
			if err != nil || !along[0].Computed || !along[0].Optional && !isFilledLater {
				t.Errorf("%s is not both computed and optional", path)
			}
		}
		for path, flag := range typ.AbsentUnless {
			along, err := alongPath(attributes, path)
			flags, errFlag := alongPath(attributes, flag)
			if err != nil || errFlag != nil || !along[0].Computed || !flags[0].Optional {
				t.Errorf("%s is not computed, or %s not optional", path, flag)
			}
			if flags[0].Computed != slices.Contains(typ.AbsentWhenNew, flag) {
				t.Errorf("%s is unknown in a new object that does not set it, and that is not noted, or it is known", flag)
			}
		}
	})
}

func TestEveryRangeThatMayBeUnknownOnlyBecauseItIsNewIsAbsent(t *testing.T) {
	unknownUntilApplied := []string{ // the value follows from what the object is, so that none would be wrong
		"alicloud_vpc.cidr_block", "alicloud_vswitch.cidr_block", "alicloud_vpc_ipv4_cidr_block.secondary_cidr_block",
		"aws_vpc.cidr_block", "aws_vpc_ipv4_cidr_block_association.cidr_block", "aws_vpc_ipv6_cidr_block_association.ipv6_cidr_block",
		"google_compute_global_address.address", "google_compute_global_address.prefix_length", "google_compute_subnetwork.ip_cidr_range",
		"google_container_cluster.cluster_ipv4_cidr",
		"huaweicloud_cce_cluster.container_network_cidr", "huaweicloud_cce_cluster.service_network_cidr",
	}
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		if strings.HasPrefix(typ.Name, dataSource) {
			return
		}
		for _, path := range joined(slices.Concat(typ.CIDRs, typ.IPv6CIDRs, typ.Pods, typ.Services)) {
			_, unless := typ.AbsentUnless[path]
			if strings.Contains(path, ".") || !attributes[path].Computed || unless || slices.Contains(typ.AbsentWhenNew, path) {
				continue
			}
			if !slices.Contains(unknownUntilApplied, typ.Name+"."+path) {
				t.Errorf("%s is unknown in a new object and not absent_when_new", path)
			}
		}
	})
}

func TestNoAttributeHasTheNameOfALabel(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		for _, label := range []string{LabelVPC, LabelHub, LabelPeer} {
			if attributes[label] != nil {
				t.Errorf("there is an attribute %s, which users add with merge()", label)
			}
		}
	})
}

func TestTypesWithoutASchemaSayWhy(t *testing.T) {
	var without []string
	for _, name := range Default().Platforms() {
		for _, typ := range Default().Platform(name).all() {
			if typ.Unchecked != "" {
				without = append(without, typ.Name)
			}
		}
	}
	expected := []string{
		"alicloud_vpc_route_entry", "data.ctyun_ec_routes", "ctyun_vpc_peer_connection", "huaweicloud_cc_connection",
		"alicloud_cen_transit_router_prefix_list_association", "alicloud_cen_transit_router_vpn_attachment", "alicloud_ssl_vpn_server",
		"alicloud_vpc_prefix_list", "alicloud_vpn_gateway_vpn_attachment", "alicloud_vpn_route_entry", "huaweicloud_vpn_server",
		"tencentcloud_dc_gateway", "tencentcloud_vpn_gateway", "tencentcloud_vpn_gateway_route", "tencentcloud_vpn_ssl_server",
	}
	slices.Sort(expected)
	if slices.Sort(without); !slices.Equal(without, expected) {
		t.Errorf("without a schema are %v, expected %v", without, expected)
	}
}

func TestHubKindsAreThoseOfTheProfiles(t *testing.T) {
	for _, name := range Default().Platforms() {
		for _, typ := range Default().Platform(name).Of(Gateways) {
			if !slices.Contains(profile.Default().HubKinds(), typ.HubKind) {
				t.Errorf("%s: there is no kind of hub %q", typ.Name, typ.HubKind)
			}
		}
	}
}

func TestPlatformsAreThoseOfTheProfiles(t *testing.T) {
	for _, name := range Default().Platforms() {
		if !slices.Contains(profile.Default().Platforms(), name) {
			t.Errorf("there is no platform %q", name)
		}
	}
}

// The names of other ranges are those that the profiles have, and what a profile has as an argument of its cluster resource is read.
func TestOtherRangesAreThoseOfTheProfiles(t *testing.T) {
	profiles, uses := profile.Default(), map[string]bool{}
	for _, name := range profiles.Names() {
		p, _ := profiles.Profile(name)
		for _, use := range p.OtherNames() {
			uses[p.Platform+" "+use] = true
			for _, resource := range p.Change.Resources {
				typ := Default().Platform(p.Platform).Types[resource]
				isRead := typ != nil && len(typ.OtherRanges[use]) > 0
				if p.OtherRanges[use].Argument != "" && !isRead {
					t.Errorf("%s: %s is not read from %s", name, use, resource)
				}
			}
		}
	}
	for _, platform := range Default().Platforms() {
		for _, typ := range Default().Platform(platform).Of(Clusters) {
			for _, use := range sortedKeys(typ.OtherRanges) {
				if !uses[platform+" "+use] {
					t.Errorf("%s: no profile of %s has other ranges %q", typ.Name, platform, use)
				}
			}
		}
	}
}

func TestTrapsOfTheProvidersAreRespected(t *testing.T) {
	for _, at := range []struct{ typ, path string }{
		{"tencentcloud_vpc", "docker_assistant_cidrs"},
		{"data.tencentcloud_vpc_instances", "container_assistant_cidr"},
		{"alicloud_vpc", "user_cidrs"},
		{"data.alicloud_vpcs", "user_cidrs"},
		{"huaweicloud_cce_cluster", "eni_subnet_cidr"},
		{"huaweicloud_cc_network_instance", "cidrs"},
		{"alicloud_vpn_connection", "local_subnet"},
	} {
		platform, _, _ := strings.Cut(strings.TrimPrefix(at.typ, dataSource), "_")
		if slices.Contains(Default().Platform(platform).Types[at.typ].Paths(), at.path) {
			t.Errorf("%s of %s is read and must not be", at.path, at.typ)
		}
	}
	for _, typ := range []string{"data.tencentcloud_vpc_instances", "data.ctyun_vpcs"} {
		platform, _, _ := strings.Cut(strings.TrimPrefix(typ, dataSource), "_")
		if t1 := Default().Platform(platform).Types[typ]; !slices.Equal(t1.ID, []string{"vpc_id"}) || len(t1.VPC) > 0 {
			t.Errorf("%s: vpc_id is the own ID of the VPC: id %v, vpc %v", typ, t1.ID, t1.VPC)
		}
	}
}
