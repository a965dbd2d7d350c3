package oracle

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestCrowdsOfASmallDrawing(t *testing.T) {
	free := map[string]int64{"a": 4, "b": 2, "c": 1}
	in := func(wants int64, free ...string) Tenant { return Tenant{Addresses: wants, Subnets: free} }
	tests := map[string]struct {
		tenants []Tenant
		want    [][]int
	}{
		"nobody":                                    {nil, nil},
		"exactly enough":                            {[]Tenant{in(4, "a")}, nil},
		"one more":                                  {[]Tenant{in(5, "a")}, [][]int{{0}}},
		"of two subnets":                            {[]Tenant{in(6, "a", "b")}, nil},
		"a subnet named twice is one":               {[]Tenant{in(5, "a", "a")}, [][]int{{0}}},
		"two that share a subnet":                   {[]Tenant{in(2, "a"), in(2, "a")}, nil},
		"two that need more than it has":            {[]Tenant{in(2, "a"), in(3, "a")}, [][]int{{0, 1}}},
		"two that share no subnet have no shortage": {[]Tenant{in(4, "a"), in(2, "b")}, nil},
		"through a third":                           {[]Tenant{in(4, "a"), in(1, "a", "b"), in(2, "b")}, [][]int{{0, 1, 2}}},
		"two, though with a third all fits":         {[]Tenant{in(1, "c"), in(1, "c"), in(1, "c", "a")}, [][]int{{0, 1}}},
		"a total that there is not":                 {[]Tenant{in(1, "x")}, [][]int{{0}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Shortages(test.tenants, free); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// All tenants are served unless there is a shortage.
func TestCrowdsAreWhyTenantsCannotBeHoused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		free := map[string]int64{}
		for _, name := range []string{"a", "b", "c"} {
			free[name] = rapid.Int64Range(0, 2).Draw(t, name)
		}
		tenants := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Tenant {
			return Tenant{
				Addresses: rapid.Int64Range(0, 2).Draw(t, "wants"),
				Subnets:   rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2).Draw(t, "free"),
			}
		}), 0, 4).Draw(t, "tenants")
		if served, shortages := AllServed(tenants, free), Shortages(tenants, free); served != (len(shortages) == 0) {
			t.Fatalf("%+v in %v: served %v, shortages %v", tenants, free, served, shortages)
		}
	})
}
