package addressmap

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Into a cell goes the longest name that has room, and below it the longest of the other texts; in a low cell they are in one line.
func TestLabelsInACell(t *testing.T) {
	names, below := []string{"prod/vpn", "vpn"}, []string{"route 10.0.0.0/8", "/8"}
	cluster, free := []string{"cluster-001"}, []string{"free"}
	for name, test := range map[string]struct {
		width, height float64
		names, below  []string
		want          []string
	}{
		"room for all":              {200, rowHeight, names, below, []string{"prod/vpn", "route 10.0.0.0/8"}},
		"the shorter name":          {60, rowHeight, names, below, []string{"vpn", "/8"}},
		"a name that is shortened":  {60, rowHeight, cluster, []string{"", "route 10.0.0.0/8"}, []string{"cl…001"}},
		"no name":                   {20, rowHeight, cluster, below, nil},
		"one line":                  {120, freeHeight, free, []string{"10.0.0.0/8 · 16,777,216 addresses", "", "/8"}, []string{"free  /8"}},
		"one line without the rest": {40, freeHeight, free, below, []string{"free"}},
	} {
		var got []string
		for _, l := range labelsIn(box{10, 20, test.width, test.height}, test.names, test.below) {
			got = append(got, l.text)
			if l.h != l.size*lineHeight || l.w != textWidth(l.text, l.size) || l.x != 10+padding {
				t.Errorf("%s: %q is in %v", name, l.text, l.box)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Lines and the texts beside a row have the height of their letters, and a line of the legend only where there is something in it.
func TestHeightsOfLines(t *testing.T) {
	d := drawing{}
	d.line("free", smallSize, "muted")
	d.head("10.0.0.0/8", "16,777,216")
	for _, l := range d.labels {
		if l.h != l.size*lineHeight || l.w != textWidth(l.text, l.size) {
			t.Errorf("%q is in %v", l.text, l.box)
		}
	}
	if d.height != smallSize*lineHeight {
		t.Errorf("a line has the height %v", d.height)
	}
	header := english.layoutHeader(Picture{}, false)
	want := margin + textSize*lineHeight + padding + smallSize*lineHeight + rowGap
	if header.height < want-tolerance || header.height > want+tolerance {
		t.Errorf("a header without a legend has the height %v, want %v", header.height, want)
	}
	for _, l := range english.layoutHeader(New(everything()), false).labels {
		if l.w < textWidth(l.text, l.size)-tolerance || l.w > textWidth(l.text, l.size)+tolerance {
			t.Errorf("%q of the header is in %v", l.text, l.box)
		}
	}
}

func TestLimitsOfRows(t *testing.T) {
	for areas, want := range map[int]int{0: 32, 1: 32, 7: 32, 10: 24, 40: 6, 1000: 6} {
		if got := limitFor(areas); got != want {
			t.Errorf("%d areas have %d rows each, want %d", areas, got, want)
		}
	}
}

// A supernet in which nothing is used is one row, and not a low one.
func TestAFreeSupernetIsARow(t *testing.T) {
	d := english.layoutArea(New(Input{Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s")}).Areas[0], 4)
	if len(d.figures) != 1 || d.figures[0].h != rowHeight {
		t.Errorf("the cells are %v", d.figures)
	}
}

// The lane above cells is the outermost range that holds them: not the supernet, a growth reserve or the cluster itself.
func TestContainersOfSpans(t *testing.T) {
	in := everything()
	in.Claims["around"] = topology.Foreign{Owner: "around", CIDR: netip.MustParsePrefix("10.66.0.0/17"), Allocator: "blocks:vpcs"}
	for address, want := range map[string]string{
		"10.66.0.1": "block team-a 10.66.0.0/16", "192.168.0.1": "VPC prod 192.168.0.0/16", "10.0.0.1": "site idc-hangzhou 10.0.0.0/12",
		"10.64.150.0": "", "10.64.0.1": "", "10.68.0.0": "", "fd00:10::1": "",
	} {
		at, got := netip.MustParseAddr(address), ""
		for _, a := range New(in).Areas {
			for _, s := range a.Spans {
				if a.VRF == "" && s.First.BitLen() == at.BitLen() && s.First.Compare(at) <= 0 && at.Compare(s.Last) <= 0 && got == "" {
					if u, ok := s.container(a); ok {
						got = english.inWords(u) + " " + u.Range.String()
					}
				}
			}
		}
		if got != want {
			t.Errorf("%s is in %q, want %q", address, got, want)
		}
	}
	r := netip.MustParsePrefix("10.0.0.0/16")
	twice := Span{Uses: []Use{
		{Kind: Subnet, Range: r, Owner: "s"}, {Kind: VPC, Range: r, Owner: "v"}, {Kind: Block, Range: r, Owner: "b"},
		{Kind: Reserved, Range: r, Owner: "r"},
	}}
	if u, ok := twice.container(Area{}); !ok || u.Owner != "b" {
		t.Errorf("of uses of one range, the container is %v", u)
	}
}
