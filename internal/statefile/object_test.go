package statefile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// shown is an object as one line: its address, and what is known of some attributes.
func shown(o Object) string {
	line := o.Address()
	for _, name := range []string{"id", "cidr", "secondary_cidrs", "destination", "vpc_id", "container_network_cidr"} {
		if o.Value.Kind() == clouds.Unknown {
			return line + " unknown"
		}
		member, has := o.Value.Members()[name]
		if !has {
			continue
		}
		switch member.Kind() {
		case clouds.Unknown:
			line += " " + name + "=?"
		case clouds.Text:
			line += " " + name + "=" + member.Text()
		case clouds.List:
			for _, e := range member.Elements() {
				line += " " + name + "[]=" + e.Text()
			}
		}
	}
	return line
}

const (
	prod  = "0f6a1c52-1b9e-4f0e-8a55-0c9b7a1d2e01"
	edge  = "0f6a1c52-1b9e-4f0e-8a55-0c9b7a1d2e02"
	dmz   = "0f6a1c52-1b9e-4f0e-8a55-0c9b7a1d2e03"
	read1 = "0f6a1c52-1b9e-4f0e-8a55-0c9b7a1d2e09"
)

func TestReadFindsTheObjectsOfAFile(t *testing.T) {
	vpc := "huaweicloud_vpc.prod id=" + prod + " cidr=10.0.0.0/16 secondary_cidrs[]=10.4.0.0/16"
	found := []string{
		"data.huaweicloud_vpcs.found (" + prod + ") id=" + prod + " cidr=10.0.0.0/16 secondary_cidrs[]=10.4.0.0/16",
		"data.huaweicloud_vpcs.found (" + read1 + ") id=" + read1 + " cidr=10.5.0.0/16",
	}
	state := slices.Concat(found, []string{
		"huaweicloud_cce_cluster.shop id=c1 vpc_id=" + prod + " container_network_cidr=10.8.0.0/17",
		vpc,
		"huaweicloud_vpc_route.idc[0] id=r0 destination=10.8.0.0/16 vpc_id=" + prod,
		`module.net["eu"].huaweicloud_vpc.all["dmz"] id=` + dmz + " cidr=10.2.0.0/24",
		`module.net["eu"].huaweicloud_vpc.all["edge"] id=` + edge + " cidr=10.1.0.0/16",
	})
	for file, want := range map[string][]string{
		"huaweicloud.tfstate":    state,
		"huaweicloud.state.json": state,
		"huaweicloud.plan.json": slices.Concat(found, []string{
			"data.huaweicloud_vpcs.later unknown",
			"huaweicloud_vpc.new id=? cidr=10.6.0.0/16 secondary_cidrs=?",
			vpc,
			"huaweicloud_vpc_route.new id=? destination=10.9.0.0/16 vpc_id=?",
		}),
	} {
		t.Run(file, func(t *testing.T) {
			contents := read(t, file)
			var got []string
			for _, o := range contents.Objects {
				got = append(got, shown(o))
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
			if contents.Plan != strings.Contains(file, "plan") {
				t.Errorf("plan: %t", contents.Plan)
			}
		})
	}
}

func TestKeysAreShortWhereTheyAreUnique(t *testing.T) {
	object := func(file, module, typeName, name, instance, element string) Object {
		return Object{
			File: file, Module: module, Type: typeName, Name: name, Instance: instance, InstanceKey: strings.Trim(instance, `[]"`),
			Element: element,
		}
	}
	const vpc, vpcs = "huaweicloud_vpc", "data.huaweicloud_vpcs"
	long := strings.Repeat("ü", maxKey)
	for name, test := range map[string]struct {
		objects []Object
		want    []string
	}{
		"the name of the resource": {[]Object{object("a", "", vpc, "prod", "", "")}, []string{"prod"}},
		"the key of the instance":  {[]Object{object("a", "module.net", vpc, "all", `["prod"]`, "")}, []string{"prod"}},
		"the number of an instance has the name": {
			[]Object{object("a", "", vpc, "all", "[0]", ""), object("a", "", vpc, "all", "[1]", "")}, []string{"all-0", "all-1"},
		},
		"two instances of one key have the name": {
			[]Object{object("a", "", vpc, "x", `["prod"]`, ""), object("a", "", vpc, "y", `["prod"]`, "")}, []string{"x-prod", "y-prod"},
		},
		"two modules": {
			[]Object{
				object("a", `module.net["eu"]`, vpc, "this", "", ""), object("a", `module.net["us"]`, vpc, "this", "", ""),
				object("a", "", vpc, "prod", "", ""),
			},
			[]string{"net.eu.this", "net.us.this", "prod"},
		},
		"two types": {
			[]Object{object("a", "", vpc, "this", "", ""), object("a", "", "alicloud_vpc", "this", "", "")},
			[]string{"huaweicloud_vpc.this", "alicloud_vpc.this"},
		},
		"two files": {
			[]Object{object("x/prod.tfstate", "", vpc, "this", "", ""), object("stage.json", "", vpc, "this", "", "")},
			[]string{"prod.huaweicloud_vpc.this", "stage.huaweicloud_vpc.this"},
		},
		"a resource before a data source": {
			[]Object{object("a", "", "data."+vpc, "prod", "", ""), object("a", "", vpc, "prod", "", "")},
			[]string{"huaweicloud_vpc.prod", "prod"},
		},
		"what a data source found has its ID": {[]Object{object("a", "", vpcs, "all", "", "vpc-1")}, []string{"vpc-1"}},
		"characters that names do not have": {
			[]Object{object("a", "", vpc, "all", `["a b:c"]`, ""), object("a", "", vpc, "all", "[\"\xff\u200bü\"]", "")},
			[]string{"a-b-c", "--ü"},
		},
		"a name of as many characters as keys have": {[]Object{object("a", "", vpc, long, "", "")}, []string{long}},
		"the same address twice": {
			[]Object{object("a", "", vpc, "x", "", ""), object("a", "", vpc, "x", "", "")}, []string{
				"a.huaweicloud_vpc.x-2", "a.huaweicloud_vpc.x-3",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Keys(test.objects); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
			reversed := slices.Clone(test.objects)
			slices.Reverse(reversed)
			got := Keys(reversed)
			slices.Reverse(got)
			if name != "the same address twice" && !slices.Equal(got, test.want) {
				t.Errorf("in another order %q, want %q", got, test.want)
			}
		})
	}
}

func TestKeysHaveAsManyCharactersAsNames(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"as many":            {strings.Repeat("ü", maxKey), strings.Repeat("ü", maxKey)},
		"one more":           {strings.Repeat("ü", maxKey) + "a", strings.Repeat("ü", maxKey)},
		"of different bytes": {"a" + strings.Repeat("中", maxKey), "a" + strings.Repeat("中", maxKey-1)},
		"nothing":            {"", "-"},
	} {
		if got := validKey(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestModuleNames(t *testing.T) {
	for address, want := range map[string]string{
		"":                                   "",
		"module.a":                           "a",
		"module.a.module.b":                  "a b",
		`module.a["x"].module.b[0].module.c`: "a x b 0 c",
		`module.a["x].y\"z"].module.b`:       `a x].y\"z b`,
		`module.a["x`:                        "a x",
		`module.a["x\`:                       `a x\`,
	} {
		if got := strings.Join(moduleNames(address), " "); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestTextIsWhatTerraformWritesInAString(t *testing.T) {
	for raw, want := range map[string]string{
		`24`: "24 a number", `24.0`: "24 a number", `0.5`: "0.5 a number", `true`: "true a bool", `"a\u0041"`: "aA a string",
		`null`: " null", `[1]`: " a list", `{}`: " an object",
	} {
		v := newValue([]byte(raw), nil)
		if got := v.Text() + " " + messages.TypeName(v.Type()); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

func TestUnknownPartsOfAValue(t *testing.T) {
	v := newValue(
		[]byte(`{"a": 1, "list": [{"x": 1}], "set": null}`),
		[]byte(`{"b": true, "list": [{"y": true}, true], "set": [], "object": {"c": true}}`),
	)
	members := v.Members()
	list := members["list"].Elements()
	got := []any{
		slices.Sorted(maps.Keys(members)), members["a"].Kind() == clouds.Text, members["b"].Kind() == clouds.Unknown,
		members["set"].Kind() == clouds.Null, members["object"].Members()["c"].Kind() == clouds.Unknown,
		len(list) == 2 && list[0].Members()["y"].Kind() == clouds.Unknown && list[1].Kind() == clouds.Unknown,
		newValue(nil, []byte("true")).Kind() == clouds.Unknown,
	}
	if text := fmt.Sprint(got...); text != "[a b list object set] true true true true true true" {
		t.Error(text)
	}
}

func TestObjectsOfThisProviderThatDeclare(t *testing.T) {
	for typ, want := range map[string]bool{
		"cidrplan_vpc": true, "cidrplan_cluster": true,
		"cidrplan_allocator": false, "data.cidrplan_allocator": false, "huaweicloud_vpc": false,
	} {
		if got := (Object{Type: typ}).Declares(); got != want {
			t.Errorf("%s: %t, want %t", typ, got, want)
		}
	}
}
