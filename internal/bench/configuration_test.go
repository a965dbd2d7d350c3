package main

import (
	"net/netip"
	"strings"
	"testing"
)

func TestConfigurationHasWhatTheSizeSays(t *testing.T) {
	for _, c := range []struct {
		name         string
		clusters     int
		vpcs, routes int
	}{
		{"a few clusters are in one VPC", 3, 1, 10},
		{"a full VPC is followed by another", 51, 2, 20},
		{"1,000 clusters are in 20 VPCs", 1000, 20, 200},
		{"10,000 clusters are in 200 VPCs", 10000, 200, 2000},
	} {
		for name, layout := range layoutOf {
			for of := range layout {
				text := scenario{c.clusters, name}.configuration(of, asDeclared)
				for what, want := range map[string]int{
					"max_nodes = ":   c.clusters,
					"route_quota = ": c.vpcs,
					"destination = ": c.routes,
					"kind = ":        1,
				} {
					got := strings.Count(text, what) - strings.Count(text, what+"each.value")
					if got != want {
						t.Errorf("%s: %s of %s has %q %d times, want %d", c.name, name, of, what, got, want)
					}
				}
			}
		}
	}
}

func TestEditsChangeOneCluster(t *testing.T) {
	for name, layout := range layoutOf {
		for of := range layout {
			s := scenario{60, name}
			before := s.configuration(of, asDeclared)
			if added := unlike(s.configuration(of, oneAdded), before); len(added) != 1 || !strings.HasPrefix(added[0], "added = {") {
				t.Errorf("%s of %s: the added cluster adds the lines %q", name, of, added)
			}
			if removed := unlike(before, s.configuration(of, oneRemoved)); len(removed) != 1 ||
				!strings.HasPrefix(removed[0], "cluster-00000 = {") {
				t.Errorf("%s of %s: the removed cluster takes away the lines %q", name, of, removed)
			}
			if gone := unlike(before, s.configuration(of, oneAdded)); len(gone) != 0 {
				t.Errorf("%s of %s: the added cluster takes away the lines %q", name, of, gone)
			}
		}
	}
}

// unlike are the lines of a text that another lacks.
func unlike(text, other string) (lines []string) {
	there := map[string]bool{}
	for line := range strings.Lines(other) {
		there[line] = true
	}
	for line := range strings.Lines(text) {
		if !there[line] {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// The networks of the largest size share no addresses with each other or with what is allocated from.
func TestNetworksOfTheLargestSizeAreDisjoint(t *testing.T) {
	taken := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/9"), netip.MustParsePrefix("10.128.0.0/10")}
	add := func(cidr string) {
		p, err := netip.ParsePrefix(cidr)
		if err != nil || p != p.Masked() {
			t.Fatalf("%q is no CIDR: %v", cidr, err)
		}
		for _, other := range taken {
			if p.Overlaps(other) {
				t.Fatalf("%s overlaps %s", p, other)
			}
		}
		taken = append(taken, p)
	}
	add("10.240.0.0/12")
	for i := range mostVPCs {
		for _, a := range vpc(i) {
			switch v := a.value.(type) {
			case []string:
				if a.name == "cidr_blocks" {
					add(v[0])
				}
			case object:
				for _, route := range v {
					add(route.value.(object)[0].value.(string))
				}
			}
		}
	}
	if want := 3 + mostVPCs*(1+routesPerVPC); len(taken) != want {
		t.Errorf("%d networks were compared, want %d", len(taken), want)
	}
}

func TestTextIsTerraformsLanguage(t *testing.T) {
	value := object{
		{"name", "a \"b\""}, {"blocks", []string{"10.0.0.0/8", "172.16.0.0/12"}}, {"number", 4}, {"same", expression("each.key")},
		{"clusters", object{{"data", object{{"vpc", "prod"}, {"max_nodes", 4}}}}},
	}
	want := `name = "a \"b\""
blocks = ["10.0.0.0/8", "172.16.0.0/12"]
number = 4
same = each.key
clusters = {
  data = { vpc = "prod", max_nodes = 4 }
}
`
	if got := value.attributes(""); got != want {
		t.Errorf("the value is written as\n%s\nwant\n%s", got, want)
	}
}

func TestWithLeavesTheObjectAlone(t *testing.T) {
	first := append(make(object, 0, 5), attribute{"a", 1})
	second, third := first.with("b", 2), first.with("c", 3)
	if len(first) != 1 || second[1].name != "b" || third[1].name != "c" {
		t.Errorf("got %v, %v and %v", first, second, third)
	}
}

func TestSizesAndLayoutsThatNobodyCanMeasureAreRefused(t *testing.T) {
	for _, c := range []struct{ name, sizes, layouts, want string }{
		{"no number", "many", "in-place", `"many" is no size`},
		{"one cluster, which cannot be removed", "1", "in-place", `"1" is no size`},
		{"more clusters than the VPCs have room for", "12801", "in-place", "from 2 to 12800"},
		{"a layout that there is not", "10", "yaml", "declare, in-place, resources"},
		{"no size", "", "in-place", "nothing to measure"},
		{"no layout", "10", "", "nothing to measure"},
	} {
		if _, err := casesOf(c.sizes, c.layouts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, want %q", c.name, err, c.want)
		}
	}
	got, err := casesOf("100  12800", "resources in-place")
	want := []scenario{{100, "resources"}, {100, "in-place"}, {12800, "resources"}, {12800, "in-place"}}
	if err != nil || len(got) != len(want) || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %v and %v, want %v", got, err, want)
	}
}
