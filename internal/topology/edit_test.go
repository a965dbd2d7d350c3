package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestEditsSayWhatTheyDo(t *testing.T) {
	from, to := topology.Path{}.Attr("clusters").Key("shop"), topology.Path{}.Attr("clusters").Key("shop-2")
	tests := map[string]struct {
		edit topology.Edit
		want string
	}{
		"set a value":           {topology.Set(here, 4), "set it = 4"},
		"remove":                {topology.Remove(here), "remove it"},
		"add to a list":         {topology.Add(here, "a"), "add it = a"},
		"remove from a list":    {topology.RemoveFrom(here, "a"), "remove from it = a"},
		"declare a second time": {topology.Copy(from, to), `copy clusters["shop"] as clusters["shop-2"]`},
		"declare again":         {topology.Restore(from), `restore clusters["shop"]`},
		"give another key":      {topology.Rename(from, "shop-2"), `rename clusters["shop"] as clusters["shop-2"]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := editText(test.edit); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
