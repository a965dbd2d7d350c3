package main

import (
	"fmt"
	"net/netip"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Every rule and every range of a platform's data is in its page. The fictitious platforms of the
// profiles' own tests fill fields that no shipped platform does.
func TestEveryRuleIsOnThePage(t *testing.T) {
	type made struct {
		catalog   *profile.Catalog
		platforms []string
	}
	all := []made{
		{profile.Default(), slices.Concat(profile.Default().Platforms(), profile.Default().Distributions())},
		{fictitious(t, "one"), []string{"fictitious-one"}},
		{fictitious(t, "many"), []string{"fictitious-many"}},
		{fictitious(t, "other"), []string{"fictitious-other"}},
	}
	for _, m := range all {
		for _, platform := range m.platforms {
			text, rules := pageOf(t, m.catalog, platform), 0
			walk(platform, reflect.ValueOf(m.catalog.Platform(platform)), func(at, shown string) {
				rules++
				if !strings.Contains(text, cell(shown)) {
					t.Errorf("the page of %s lacks %s: %q", platform, at, shown)
				}
			})
			for _, p := range profilesOf(m.catalog, platform) {
				section := sectionOf(text, p.Name)
				for _, shown := range p.NotKnown {
					rules++
					if !strings.Contains(section, "\n- "+cell(shown)+".") {
						t.Errorf("the section of %s does not say that it is not known: %q", p.Name, shown)
					}
				}
				if sizes, _, _ := strings.Cut(section, "\n### Limits"); strings.Contains(sizes, "|  |") {
					t.Errorf("%s: a size has no words:\n%s", p.Name, sizes)
				}
				walk(p.Name, reflect.ValueOf(*p), func(at, shown string) {
					rules++
					if !strings.Contains(section, cell(shown)) {
						t.Errorf("the section of %s lacks %s: %q", p.Name, at, shown)
					}
				})
			}
			if rules < 10 {
				t.Errorf("only %d rules of %s were found: the test no longer sees them", rules, platform)
			}
		}
	}
}

// walk calls seen with all that a page has to show of a value: texts, codes and overrides of
// rules, texts of growth, titles of hubs, and ranges.
func walk(at string, v reflect.Value, seen func(at, shown string)) {
	show := func(texts ...string) {
		for _, text := range slices.DeleteFunc(texts, func(text string) bool { return text == "" }) {
			seen(at, text)
		}
	}
	switch v.Type() {
	case reflect.TypeFor[profile.Rule]():
		r := v.Interface().(profile.Rule)
		show(r.Text, r.ErrorCode, r.Override)
		return
	case reflect.TypeFor[netip.Prefix]():
		// a window of a whole family is said in words
		if p := v.Interface().(netip.Prefix); p.IsValid() && p.Bits() > 0 {
			show(p.String())
		}
		return
	case reflect.TypeFor[profile.Growth]():
		g := v.Interface().(profile.Growth)
		show(g.Text, g.Removal.Text, g.Requires.Text, g.SameBase.Text, g.Services.Text, g.Services.Requires.Text,
			g.Services.Removal.Text, g.Apply.Text, g.Services.Apply.Text)
		return
	case reflect.TypeFor[profile.OtherRange]():
		o := v.Interface().(profile.OtherRange)
		show(o.Title, o.Description, o.Argument)
	case reflect.TypeFor[profile.Outcome]():
		show(v.Interface().(profile.Outcome).Text)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walk(at+"."+v.Type().Field(i).Name, v.Field(i), seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(fmt.Sprintf("%s[%d]", at, i), v.Index(i), seen)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walk(fmt.Sprintf("%s[%v]", at, key), v.MapIndex(key), seen)
		}
	}
}

func sectionOf(page, profile string) string {
	_, section, _ := strings.Cut(page, "\n## "+profile+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	return section
}

// The page has one line for each size that the data has, and none for others.
func TestThePageShowsEachSize(t *testing.T) {
	one, many := pageOf(t, fictitious(t, "one"), "fictitious-one"), pageOf(t, fictitious(t, "many"), "fictitious-many")
	tests := map[string]struct{ text, want string }{
		"a node block":            {one, "| each node uses | a block of /22 to /26 (`mask`) |"},
		"a block of no argument":  {many, "| each node uses | as many blocks of /28 as its Pods require |"},
		"Pods in subnets":         {many, "| each node uses | single addresses |"},
		"Pods counted usable":     {one, "| `pods_per_node` counts | Pods, not including addresses that the platform reserves |"},
		"Pods counted addresses":  {many, "| `pods_per_node` counts | addresses, including those that the platform reserves |"},
		"no cloud's resource":     {one, "| change of a range of an existing cluster | not known to cidrplan, "},
		"what is not known":       {one, "\n- how many routes a table holds.\n"},
		"growth":                  {one, "| growth of an existing cluster | Pod ranges can be added [1] |"},
		"the number of ranges":    {one, "| maximum number of Pod ranges of a cluster | 3 |"},
		"windows":                 {one, "| Pod range: `10.0.0.0/8` /12 to /20, `192.168.0.0/16` /18 to /22 | error |"},
		"a cap":                   {one, "| nodes of a cluster: at most 150 | error | in one region, a hundred and fifty |"},
		"an answer":               {one, "| `Fictitious.PodRange` |"},
		"a route quota":           {one, "| routes of the VPC, 2 for each node: 60 unless the VPC sets `route_quota` | warn |"},
		"a default Service range": {many, "| Service range if none is set: `10.247.0.0/16` | warn |"},
		"a Service range by need": {many, "| Service range whose size follows from `max_services`: /17 to /27 | error |"},
		"both families":           {many, "| IPv6 of Services | a range that the platform chooses |"},
		"reserved addresses":      {many, "| addresses of each subnet that the platform reserves: 5 | allow |"},
		"a range as a whole":      {many, "| additional VPC block that is exactly `172.16.0.0/12` | error |"},
		"a hub":                   {many, "| `gateway`, Gateway: subnets of two VPCs must not overlap, their CIDR blocks may | warn |"},
		"a protection level": {
			many,
			"| `gateway`, Gateway with protection level `open`: only identical CIDR blocks are refused | error |",
		},
		"what no network can have": {one, "| any range with addresses of `127.0.0.0/8` | error |"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(test.text, test.want) {
				t.Errorf("the page lacks\n%s\n%s", test.want, test.text)
			}
		})
	}
	if strings.Contains(one, "## Hubs") {
		t.Error("the page of a platform without hubs has a section for them")
	}
}

// What would break a table or a template that tfplugindocs executes is written as what it means.
func TestCellsCannotBreakThePage(t *testing.T) {
	for text, want := range map[string]string{
		"a | b":          `a \| b`,
		"one\ntwo":       "one two",
		"a <b>":          "a &lt;b>",
		"{{ .Name }} it": `{{ "{{" }} .Name }} it`,
	} {
		if got := cell(text); got != want {
			t.Errorf("cell(%q) = %q, want %q", text, got, want)
		}
	}
	empty, err := page{Platform: "void", Title: "void"}.render()
	if err != nil {
		t.Fatal(err)
	}
	if headings := strings.Count(string(empty), "\n## "); headings != 1 || strings.Contains(string(empty), "|---") {
		t.Errorf("a platform of which nothing is known has more than an example:\n%s", empty)
	}
}

func fictitious(t *testing.T, platform string) *profile.Catalog {
	t.Helper()
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_" + platform))
	if err != nil {
		t.Fatal(err)
	}
	return catalog
}
