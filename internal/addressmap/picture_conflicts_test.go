package addressmap

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each cluster that collides with another one at the same addresses is in a conflict, and not each pair of them.
func TestAllClustersThatCollideAreNamed(t *testing.T) {
	for name, test := range map[string]struct {
		claims []string
		want   []string
	}{
		"two pairs in networks that are not joined": {
			[]string{"pod a 10.0.0.0/16 v k8s", "pod b 10.0.0.0/16 v k8s", "pod c 10.0.0.0/16 w k8s", "pod d 10.0.0.0/16 w k8s"},
			[]string{"a b", "c d"},
		},
		"four in one network": {
			[]string{"pod a 10.0.0.0/16 v k8s", "pod b 10.0.0.0/16 v k8s", "pod c 10.0.0.0/16 v k8s", "pod d 10.0.0.0/16 v k8s"},
			[]string{"a b", "a c", "a d"},
		},
		"one that is in none": {
			[]string{"pod a 10.0.0.0/16 v k8s", "pod b 10.0.0.0/16 w k8s", "pod c 10.0.0.0/16 w k8s"}, []string{"b c"},
		},
		"ranges of one cluster, and a block": {
			[]string{"pod a 10.0.0.0/16 v k8s", "service a 10.0.0.0/16 v k8s", "block b 10.0.0.0/16 v k8s"}, nil,
		},
		"clusters of one name of two allocators": {[]string{"pod a 10.0.0.0/16 v k8s", "pod a 10.0.0.0/16 v other"}, []string{"a a"}},
	} {
		var got []string
		for _, c := range New(Input{Claims: claimsOf(test.claims...)}).Areas[0].Spans[0].Conflicts {
			got = append(got, c.A.Owner+" "+c.B.Owner)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A conflict with a range that is not drawn is named above the map.
func TestAConflictThatIsAtNoSpanIsNamed(t *testing.T) {
	in := small()
	in.Conflicts = append(in.Conflicts, Conflict{
		A: Party{Kind: Pod, Owner: "shop"}, B: Party{Kind: Block, Owner: "gone"}, Code: "odd",
		Shared: netip.MustParsePrefix("10.64.0.0/20"),
	})
	p := New(in)
	if len(p.Elsewhere) != 1 || p.Elsewhere[0].Code != "odd" {
		t.Errorf("elsewhere are %v", p.Elsewhere)
	}
	for _, format := range Formats {
		if text := Render(p, format, "en"); !strings.Contains(text, "Conflict: Pods shop and block gone share 10.64.0.0/20 (odd)") {
			t.Errorf("%s does not name it:\n%s", format, text)
		}
	}
}

// Of a conflict, ten are named above the map, and of more the number.
func TestTenConflictsAreNamed(t *testing.T) {
	for conflicts, want := range map[int]string{1: "", 10: "", 11: "… (11)"} {
		in := Input{Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s"), Checked: true}
		for i := range conflicts {
			in.Conflicts = append(in.Conflicts, Conflict{
				A: Party{Kind: Pod, Owner: fmt.Sprint("c", i)}, B: Party{Kind: Pod, Owner: "b"},
				Shared: netip.MustParsePrefix("10.0.0.0/16"),
			})
		}
		texts := english.conflictTexts(New(in))
		if last := texts[len(texts)-1].text; len(texts) > 11 || want != "" && last != want || want == "" && len(texts) != conflicts {
			t.Errorf("%d conflicts are %d lines, the last one %q", conflicts, len(texts), last)
		}
	}
}

// A conflict about a supernet is drawn where nothing is in use.
func TestAConflictOfSupernetsIsDrawn(t *testing.T) {
	in := Input{
		Checked: true, Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s", "supernet far 10.77.0.0/16 - far"),
		Conflicts: []Conflict{{
			A: Party{Kind: Supernet, Owner: "k8s"}, B: Party{Kind: Supernet, Owner: "far"}, Shared: netip.MustParsePrefix("10.77.0.0/16"),
		}},
	}
	d := english.layoutArea(New(in).Areas[0], areaRows)
	found := false
	for _, f := range d.figures {
		found = found || f.h == rowHeight && len(f.labels) > 0 && f.labels[0].text == "k8s + far" && !f.detail
	}
	if !found {
		t.Errorf("the cells are %v", d.figures)
	}
	text := Render(New(in), "text", "en")
	if !strings.Contains(text, "! 10.77.0.0/16                    65,536   0.4 %  free  k8s + far\n") {
		t.Errorf("the text is\n%s", text)
	}
}
