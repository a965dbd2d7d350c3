package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// textsOf is an object of texts.
func textsOf(attributes map[string]string) tftypes.Value {
	types, members := map[string]tftypes.Type{}, map[string]tftypes.Value{}
	for name, text := range attributes {
		types[name], members[name] = tftypes.String, tftypes.NewValue(tftypes.String, text)
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, members)
}

// membersOf is an object of values.
func membersOf(members map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	for name, v := range members {
		types[name] = v.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, members)
}

// manyObjects are 200 VPCs with 600 subnets, 2,000 routes and 300 clusters of a cloud.
func manyObjects() tftypes.Value {
	vpcs, subnets := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	routes, clusters := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	for i := range 200 {
		vpcs[fmt.Sprintf("vpc%d", i)] = textsOf(map[string]string{
			"id": fmt.Sprintf("id-%d", i), "cidr": fmt.Sprintf("10.%d.0.0/16", i),
			"secondary_cidr": "", "secondary_cidrs": "", "region": "cn",
		})
	}
	for i := range 600 {
		subnets[fmt.Sprintf("subnet%d", i)] = textsOf(map[string]string{
			"id": fmt.Sprintf("s-%d", i), "vpc_id": fmt.Sprintf("id-%d", i%200), "cidr": fmt.Sprintf("10.%d.%d.0/24", i%200, i/200),
			"ipv6_cidr": "", "ipv6_enable": "false", "gateway_ip": "",
		})
	}
	for i := range 2000 {
		routes[fmt.Sprintf("vpc%d/%d", i%200, i)] = textsOf(map[string]string{
			"id": fmt.Sprintf("r-%d", i), "vpc_id": fmt.Sprintf("id-%d", i%200),
			"destination": fmt.Sprintf("172.%d.%d.0/24", 16+i/256, i%256), "type": "vpn", "nexthop": "x",
		})
	}
	for i := range 300 {
		clusters[fmt.Sprintf("c%d", i)] = textsOf(map[string]string{
			"id": fmt.Sprintf("c-%d", i), "container_network_cidr": fmt.Sprintf("11.%d.%d.0/24", i/256, i%256), "service_network_cidr": "",
			"container_network_type": "vpc-router", "eni_subnet_cidr": "", "vpc_id": fmt.Sprintf("id-%d", i%200),
		})
	}
	return membersOf(map[string]tftypes.Value{"huaweicloud": membersOf(map[string]tftypes.Value{
		"vpcs": membersOf(vpcs), "subnets": membersOf(subnets), "routes": membersOf(routes), "clusters": membersOf(clusters),
	})})
}

// BenchmarkFacts is the function facts with the facts of a large company: the call with its decoding and encoding.
func BenchmarkFacts(b *testing.B) {
	f := newFactsFunction(messages.Writer{Catalog: profile.Default()}, clouds.Default)
	argument, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, manyObjects())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		given, err := argument.Unmarshal(tftypes.DynamicPseudoType)
		if err != nil {
			b.Fatal(err)
		}
		result, fault := f.Call([]tftypes.Value{given})
		if fault != nil {
			b.Fatal(fault.Text)
		}
		if _, err := tfprotov6.NewDynamicValue(f.result, result); err != nil {
			b.Fatal(err)
		}
	}
}
