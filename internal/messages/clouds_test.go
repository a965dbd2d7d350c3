package messages

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCloudFaults(t *testing.T) {
	at := topology.Path{}.Attr("alicloud").Attr("subnets").Key("a")
	for name, test := range map[string]struct {
		problem any
		want    []string
	}{
		"no object of platforms": {
			clouds.NotMap{Is: topology.ListType, Expected: clouds.OfPlatforms{Platforms: []string{"alicloud", "aws"}}},
			[]string{"This is a list", "alicloud, aws"},
		},
		"no object of arguments": {
			clouds.NotMap{Is: topology.TextType, Expected: clouds.OfArguments{Platform: "aws", Arguments: []clouds.Argument{clouds.VPCs}}},
			[]string{"a string", "vpcs"},
		},
		"a list of objects": {
			clouds.NotMap{Is: topology.ListType, Expected: clouds.OfObjects{Platform: "aws", Argument: clouds.VPCs}},
			[]string{"{ for v in LIST : v.id => v }"},
		},
		"a text for an object": {
			clouds.NotMap{Is: topology.TextType, Expected: clouds.OfObject{Platform: "aws", Argument: clouds.VPCs}},
			[]string{"one object"},
		},
		"another cloud": {clouds.NoSuchPlatform{Name: "azure", Known: []string{"alicloud"}}, []string{`"azure"`, "alicloud"}},
		"a misspelled argument": {
			clouds.NoSuchArgument{Platform: "aws", Name: "vpc", Known: []clouds.Argument{clouds.VPCs}},
			[]string{`"vpc" is not an argument for aws. Did you mean "vpcs"? Expected: vpcs`},
		},
		"one object for a map": {clouds.SingleObject{Argument: clouds.VPCs, Type: "aws_vpc"}, []string{"{ name = aws_vpc."}},
		"null":                 {clouds.NullObject{Argument: clouds.VPCs}, []string{"is null"}},
		"a name of nothing": {
			clouds.NoSuchOwner{Owner: clouds.VPCs, Name: "prood", Known: []string{"prod"}},
			[]string{`"prood"`, "prod"},
		},
		"a name where there is nothing": {
			clouds.NoSuchOwner{Owner: clouds.Gateways, Name: "cen"},
			[]string{`"cen" is none of the hubs: there are none. Add the object to gateways`},
		},
		"no range": {clouds.NotARange{}, []string{"This is not a CIDR range"}},
		"two owners": {
			clouds.TwoOwners{Owner: clouds.Gateways, A: "a", B: "b"},
			[]string{"two hubs", "Remove one of the two"},
		},
		"an ID of another": {
			clouds.Contradiction{
				Type:      "alicloud_vswitch",
				Owner:     clouds.VPCs,
				Name:      "prod",
				By:        clouds.ByKey,
				Reference: "vpc-2",
				Other:     "test",
			},
			[]string{`"prod"`, "has it in its key", `"vpc-2"`, `that of "test"`},
		},
		"an ID of nothing": {
			clouds.Contradiction{Type: "alicloud_vswitch", Owner: clouds.VPCs, Name: "prod", By: clouds.ByRange, Reference: "vpc-9"},
			[]string{"none of the VPCs has", "add the object with this ID to vpcs"},
		},
		"a route of another connection": {
			clouds.Contradiction{
				Type: "aws_vpn_connection_route", Owner: clouds.Connections, Name: "office", By: clouds.ByKey, Reference: "vpn-9",
			},
			[]string{"none of the connections has", "add the object with this ID to connections"},
		},
		"no prefix length": {clouds.NotALength{Type: "aws_eks_cluster", Value: "many"}, []string{`"many"`}},
		"a name on two clouds": {
			clouds.NameTwice{Argument: clouds.VPCs, Name: "prod", Platforms: [2]string{"alicloud", "aws"}},
			[]string{`"prod"`, "alicloud and aws"},
		},
		"an object of another": {
			clouds.WrongObject{
				Platform:   "aws",
				Argument:   clouds.VPCs,
				Expected:   []string{"aws_vpc"},
				Is:         "aws_subnet",
				IsPlatform: "aws",
				IsArgument: clouds.Subnets,
			},
			[]string{"aws_vpc", "aws_subnet", "aws.subnets"},
		},
		"an object of nothing": {
			clouds.WrongObject{Platform: "aws", Argument: clouds.VPCs, Expected: []string{"aws_vpc"}},
			[]string{"none of the attributes"},
		},
		"an attribute of no text": {
			topology.WrongType{Is: topology.ObjectType, Want: topology.TextType},
			[]string{"This is an object. Expected a string"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := CloudFaults([]topology.Fault{{At: at, Problem: test.problem}})
			for _, want := range append(test.want, `alicloud.subnets["a"]: `) {
				if !strings.Contains(got, want) {
					t.Errorf("want %q in %s", want, got)
				}
			}
		})
	}
}

// One error lists the first faults, and the number of the others.
func TestManyCloudFaults(t *testing.T) {
	var faults []topology.Fault
	for i := range 25 {
		faults = append(faults, topology.Fault{At: topology.Path{}.Attr("aws").Key(fmt.Sprint(i)), Problem: clouds.NotARange{}})
	}
	got := CloudFaults(faults)
	if strings.Count(got, "This is not a CIDR range") != 20 || !strings.HasSuffix(got, "\n\nand 5 more") {
		t.Errorf("got %s", got)
	}
	if got := CloudFaults(faults[:20]); strings.Contains(got, "more") {
		t.Errorf("got %s", got)
	}
}

func TestUnplaced(t *testing.T) {
	for want, u := range map[string]clouds.Unplaced{
		"a: nothing in vpcs has the ID vpc-9":                  {Type: "a", Missing: "vpcs", Reference: "vpc-9"},
		"a: it refers to nothing in vpcs":                      {Type: "a", Missing: "vpcs"},
		"a: it has no CIDR; if it learns routes, declare them": {Type: "a", Missing: clouds.NoRange},
		"a: the destination of a route is not a CIDR range, such as a prefix list; declare its ranges as routes": {
			Type: "a", Missing: clouds.NoRangeRoute,
		},
	} {
		if got := Unplaced(u); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
