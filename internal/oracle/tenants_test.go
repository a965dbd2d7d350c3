package oracle

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestCrowdsOfASmallDrawing(t *testing.T) {
	rooms := map[string]int64{"a": 4, "b": 2, "c": 1}
	in := func(wants int64, rooms ...string) Tenant { return Tenant{Wants: wants, Rooms: rooms} }
	tests := map[string]struct {
		tenants []Tenant
		want    [][]int
	}{
		"nobody":                            {nil, nil},
		"exactly enough":                    {[]Tenant{in(4, "a")}, nil},
		"one more":                          {[]Tenant{in(5, "a")}, [][]int{{0}}},
		"of two rooms":                      {[]Tenant{in(6, "a", "b")}, nil},
		"a room named twice is one":         {[]Tenant{in(5, "a", "a")}, [][]int{{0}}},
		"two that share a room":             {[]Tenant{in(2, "a"), in(2, "a")}, nil},
		"two that do not fit into it":       {[]Tenant{in(2, "a"), in(3, "a")}, [][]int{{0, 1}}},
		"two that share none are no crowd":  {[]Tenant{in(4, "a"), in(2, "b")}, nil},
		"through a third":                   {[]Tenant{in(4, "a"), in(1, "a", "b"), in(2, "b")}, [][]int{{0, 1, 2}}},
		"two, though with a third all fits": {[]Tenant{in(1, "c"), in(1, "c"), in(1, "c", "a")}, [][]int{{0, 1}}},
		"a room that there is not":          {[]Tenant{in(1, "x")}, [][]int{{0}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Crowds(test.tenants, rooms); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Everybody is housed unless there is a crowd.
func TestCrowdsAreWhyTenantsCannotBeHoused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rooms := map[string]int64{}
		for _, name := range []string{"a", "b", "c"} {
			rooms[name] = rapid.Int64Range(0, 2).Draw(t, name)
		}
		tenants := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Tenant {
			return Tenant{
				Wants: rapid.Int64Range(0, 2).Draw(t, "wants"),
				Rooms: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2).Draw(t, "rooms"),
			}
		}), 0, 4).Draw(t, "tenants")
		if housed, crowds := Housed(tenants, rooms), Crowds(tenants, rooms); housed != (len(crowds) == 0) {
			t.Fatalf("%+v in %v: housed %v, crowds %v", tenants, rooms, housed, crowds)
		}
	})
}
