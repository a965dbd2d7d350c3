package allocate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestSecondClusterIsOfferedWhereBothCanBe(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(*topology.Cluster)
		want bool
	}{
		"a cluster":                          {func(*topology.Cluster) {}, true},
		"a cluster with its key as its name": {func(cl *topology.Cluster) { cl.Name = "shop" }, true},
		"a cluster with another name":        {func(cl *topology.Cluster) { cl.Name = "store" }, false},
		"a mirror":                           {func(cl *topology.Cluster) { cl.SameAs = "web" }, false},
		"a cluster whose Pods use subnets":   {func(cl *topology.Cluster) { cl.PodSubnets = []string{"a"} }, false},
	} {
		s := &situation{inputs: *newInputs(request(shop(test.edit)), profile.Default())}
		if got := len(s.second("shop", nil, nil)) == 1; got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

// situationOf is the situation of a request, whose state holds ranges of shop if they are given.
func situationOf(r Request, held ...profile.Ranges) *situation {
	if len(held) > 0 {
		r.Prior = &Prior{Facts: r.Facts, Allocations: map[string]Allocation{"shop": {Ranges: held[0]}}}
	}
	return &situation{inputs: *newInputs(r, profile.Default())}
}

// optionTexts writes the edits of each option as "verb place value".
func optionTexts(options ...topology.Option) []string {
	var all []string
	for _, o := range options {
		all = append(all, editTexts(o.Edits))
	}
	return all
}

func editTexts(edits []topology.Edit) string {
	var texts []string
	for _, e := range edits {
		texts = append(texts, editText(e))
	}
	return strings.Join(texts, "; ")
}

func editText(e topology.Edit) string {
	switch do := e.Do.(type) {
	case topology.Setting:
		if back, is := do.Value.(topology.BackTo); is {
			return fmt.Sprint("restore ", e.At, " ", back.Was)
		}
		return fmt.Sprint("set ", e.At, " ", do.Value)
	case topology.Removing:
		return fmt.Sprint("remove ", e.At)
	case topology.Adding:
		return fmt.Sprint("add ", e.At, " ", do.Value)
	case topology.RemovingFrom:
		return fmt.Sprint("remove from ", e.At, " ", do.Value)
	case topology.Copying:
		return fmt.Sprint("copy to ", e.At)
	case topology.Restoring:
		return fmt.Sprint("restore ", e.At)
	case topology.Renaming:
		return fmt.Sprint("rename to ", e.At.Sibling(do.To))
	}
	panic(fmt.Sprintf("no text for %T", e.Do))
}

func wantOptions(t *testing.T, got []topology.Option, want []string) {
	t.Helper()
	if texts := optionTexts(got...); !slices.Equal(texts, want) {
		t.Errorf("options:\n got %q\nwant %q", texts, want)
	}
}

func TestRenumberOption(t *testing.T) {
	guards := func(names ...string) func(*Request) { return func(r *Request) { r.PreventRelease = names } }
	mirrored := request(blue(), shop(), dr("dr", "blue", "shop"))
	other := shopHolds
	other.Service = prefix("172.20.4.0/22")
	for name, test := range map[string]struct {
		request Request
		// held is what the state has of shop, mirror of its mirror.
		held, mirror profile.Ranges
		want         []string
	}{
		"the state has nothing":    {request(shop()), profile.Ranges{}, profile.Ranges{}, nil},
		"the state has its ranges": {request(shop()), shopHolds, profile.Ranges{}, []string{`set renumber["shop"] 1`}},
		"existing gives them as well": {
			request(shop(), existing("shop", Existing{PodCIDRs: shopHolds.Pods})), shopHolds, profile.Ranges{},
			[]string{`set renumber["shop"] 1; remove existing["shop"]`},
		},
		"a guard that is given once": {
			request(shop(), guards("web", "shop")), shopHolds, profile.Ranges{},
			[]string{`set renumber["shop"] 1; remove from prevent_release shop`},
		},
		"a guard that is given twice": {
			request(shop(), guards("web", "shop", "shop")), shopHolds, profile.Ranges{},
			[]string{`set renumber["shop"] 1; remove from prevent_release shop`},
		},
		"a mirror has them as well": {
			mirrored, shopHolds, shopHolds, []string{`set renumber["shop"] 1; set renumber["dr"] 1`},
		},
		"a mirror has other Services": {mirrored, shopHolds, other, []string{`set renumber["shop"] 1`}},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(test.request)
			if test.held.Held() {
				s = situationOf(test.request, test.held)
			}
			if test.mirror.Held() {
				s.request.Prior.Allocations["dr"] = Allocation{Ranges: test.mirror}
			}
			wantOptions(t, s.renumberOption("shop"), test.want)
		})
	}
}

func TestUnpinRemovesPinsToWhatIsHeld(t *testing.T) {
	need := func(n profile.Need, edit func(*topology.Cluster)) func(*topology.Cluster) {
		return func(cl *topology.Cluster) {
			edit(cl)
			cl.Need = n
		}
	}
	both := pins("172.20.0.0/22", "10.0.0.0/19")
	for name, test := range map[string]struct {
		request Request
		held    profile.Ranges
		want    string
	}{
		"without pins": {request(shop()), shopHolds, ""},
		"both pins, and a number of nodes": {
			request(shop(need(profile.Need{MaxNodes: 3}, both))), shopHolds,
			`remove clusters["shop"].pod_cidrs; remove clusters["shop"].service_cidr`,
		},
		"both pins, and a prefix length": {
			request(shop(need(profile.Need{PodLength: 19}, both))), shopHolds,
			`remove clusters["shop"].pod_cidrs; remove clusters["shop"].service_cidr`,
		},
		"both pins and no size": {
			request(shop(need(profile.Need{}, both))), shopHolds,
			`remove clusters["shop"].pod_cidrs; set clusters["shop"].pod_prefix_length 19; remove clusters["shop"].service_cidr`,
		},
		"pins to other ranges":    {request(shop(pins("172.20.4.0/22", "10.0.32.0/19"))), shopHolds, ""},
		"pins, and nothing held":  {request(shop(both)), profile.Ranges{}, ""},
		"pins of another cluster": {request(shop(both, func(cl *topology.Cluster) { cl.SameAs = "web" })), shopHolds, ""},
		"a block with a pin": {
			blocks(block("shop", topology.Block{CIDR: prefix("10.0.0.0/24")})), profile.Ranges{Block: prefix("10.0.0.0/24")},
			`remove blocks["shop"].cidr; set blocks["shop"].prefix_length 24`,
		},
		"a block with a pin to another range": {
			blocks(block("shop", topology.Block{CIDR: prefix("10.0.0.0/24")})), profile.Ranges{Block: prefix("10.0.1.0/24")}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(test.request)
			option := topology.OptionOf(s.unpin(s.request.all().Key("shop"), "shop", test.held)...)
			wantOptions(t, []topology.Option{option}, []string{test.want})
		})
	}
}

func TestSecondHasNoPreviousNames(t *testing.T) {
	for name, test := range map[string]struct {
		request Request
		want    string
	}{
		"without any":         {request(shop()), `copy to clusters["shop-2"]`},
		"with a previous one": {request(shop(previously("old"))), `copy to clusters["shop-2"]; remove clusters["shop-2"].previous_names`},
	} {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, situationOf(test.request).second("shop", nil, nil), []string{test.want})
		})
	}
}

func TestTokensAreTakenBack(t *testing.T) {
	before := situationOf(request(shop()), shopHolds)
	before.request.Prior.Renumber = map[string]string{"shop": "1"}
	for name, test := range map[string]struct {
		situation *situation
		want      string
	}{
		"to that of before":  {before, `set renumber["shop"] 1`},
		"the state has none": {situationOf(request(shop()), shopHolds), `remove renumber["shop"]`},
		"there is no state":  {situationOf(request(shop())), `remove renumber["shop"]`},
	} {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, []topology.Option{test.situation.notRenumbered("shop")}, []string{test.want})
		})
	}
}
