package addressmap

import (
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The maps of the examples are those in testdata. CIDRPLAN_UPDATE=1 writes them anew.
func TestMapsOfTheExamples(t *testing.T) {
	for file, text := range map[string]string{
		"main.en.txt": Render(New(mainExample()), "text", "en"), "small.svg": Render(New(small()), "svg", "en"),
		"everything.en.txt": Render(New(everything()), "text", "en"), "everything.zh.txt": Render(New(everything()), "text", "zh"),
		"everything.svg": Render(New(everything()), "svg", "en"), "crowded.txt": Render(New(crowded()), "text", "en"),
		"crowded.svg": inFewRows(crowded(), 2),
	} {
		file = filepath.Join("testdata", file)
		if os.Getenv("CIDRPLAN_UPDATE") != "" {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), text); diff != "" {
			t.Errorf("differs from %s (-want +got):\n%s", file, diff)
		}
	}
}

// inFewRows are the areas of an input in so many rows each, with the rows that have runs of ranges in detail.
func inFewRows(in Input, rows int) string {
	var all []drawing
	for _, a := range New(in).Areas {
		d := english.layoutArea(a, rows)
		all = append(all, d)
		for _, r := range d.runs {
			all = append(all, english.layoutDetail(a, r, detailRows))
		}
	}
	w, d := &writer{}, stacked(all)
	w.open(d, &english, "in few rows")
	w.drawing(d)
	w.raw("</svg>\n")
	return w.String()
}

// A map depends on nothing but its input: claims have keys, and no order.
func TestMapsAreTheSameEachTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		again := in
		again.Claims = map[string]topology.Foreign{}
		for i, key := range slices.Sorted(maps.Keys(in.Claims)) {
			again.Claims[strings.Repeat("z", 60-i)] = in.Claims[key]
		}
		for _, format := range Formats {
			if Render(New(in), format, "en") != Render(New(again), format, "en") {
				t.Fatalf("%s differs", format)
			}
		}
	})
}

// Both languages have all texts, and texts with values have the same values.
func TestEachTextIsInEachLanguage(t *testing.T) {
	en, zh := reflect.ValueOf(english), reflect.ValueOf(chinese)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		if en.Field(i).Kind() == reflect.Array {
			for k := range en.Field(i).Len() {
				if en.Field(i).Index(k).String() == "" || zh.Field(i).Index(k).String() == "" {
					t.Errorf("kind %d has no name", k)
				}
			}
			continue
		}
		a, b := en.Field(i).String(), zh.Field(i).String()
		if a == "" || b == "" || strings.Count(a, "%s") != strings.Count(b, "%s") || strings.Count(a, "%d") != strings.Count(b, "%d") {
			t.Errorf("%s is %q and %q", name, a, b)
		}
	}
}

func TestAMapOfNothingSaysSo(t *testing.T) {
	for _, format := range Formats {
		if text := Render(New(Input{}), format, "en"); !strings.Contains(text, english.noRanges) {
			t.Errorf("%s: %s", format, text)
		}
	}
}

// A page finds an address by the row of the table that has it.
func TestAPageHasARowForEachSpan(t *testing.T) {
	page := Render(New(mainExample()), "html", "en")
	for _, row := range []string{
		`data-first="0a400000" data-last="0a407fff" data-owners="|k8s-prod|search|" data-networks="|huawei-prod|" ` +
			`data-says="10.64.0.0/17: Pods search, network huawei-prod"`,
		`data-first="0a40a800" data-last="0a7fffff" data-owners="|k8s-prod|" data-networks="" ` +
			`data-says="10.64.168.0 – 10.127.255.255: free"`,
		`<option value="huawei-prod">huawei-prod</option>`, `<option value="shop"></option>`,
	} {
		if !strings.Contains(page, row) {
			t.Errorf("the page has no %s", row)
		}
	}
}

// A map of text has lines of at most 80 columns where names are short, and a sentence on bars where it has bars.
func TestTextHas80Columns(t *testing.T) {
	long := Input{Claims: claimsOf(
		"supernet k8s fd00:1234:5678:9abc:1234:5678:9abc:0/112 - k8s", "pod a fd00:1234:5678:9abc:1234:5678:9abc:10/124 - k8s",
		"supernet k8s 100.64.0.0/10 - k8s", "pod b 100.100.100.0/24 - k8s",
	)}
	for name, in := range map[string]Input{
		"main": mainExample(), "each kind": everything(), "500 clusters": generated(500), "IPv6 ranges that are no CIDR": long,
	} {
		for _, language := range Languages {
			for _, line := range strings.Split(Render(New(in), "text", language), "\n") {
				if columns(line) > 90 || columns(line) > textLine && !strings.Contains(line, " (") && !strings.Contains(line, " – ") {
					t.Errorf("%s in %s: %q has %d columns", name, language, line, columns(line))
				}
			}
		}
	}
	small := Input{Claims: claimsOf("supernet k8s 10.0.0.0/32 - k8s")}
	text := Render(New(small), "text", "en")
	if strings.Contains(text, english.bars) || !strings.Contains(text, "\n1 address, free 1 (100.0 %)\n") {
		t.Errorf("a map of one address:\n%s", text)
	}
}

// Of routes and subnets, a cell has the name with its network where that has room, and the text always.
func TestNamesOfRoutesAndSubnets(t *testing.T) {
	in := Input{VPCs: map[string]topology.VPC{"prod": {
		CIDRBlocks: ranges("192.168.0.0/16"), Subnets: map[string]netip.Prefix{"zone-a": netip.MustParsePrefix("192.168.0.0/22")},
		Routes: map[string]topology.Route{"vpn": {Destination: netip.MustParsePrefix("172.16.0.0/13"), NextHop: "vpn"}},
	}}}
	text := Render(New(in), "text", "en")
	for _, want := range []string{"route  prod/vpn\n", "subnet  prod/zone-a\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	svg := Render(New(in), "svg", "en")
	for _, want := range []string{">prod/vpn</text>", ">zone-a</text>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
}

// Several ranges of one cluster that are drawn as one cell have its name.
func TestARunOfOneClusterHasItsName(t *testing.T) {
	in := Input{Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s", "pod shop 10.0.0.0/24 v k8s", "pod shop 10.0.1.0/24 v k8s")}
	d := english.layoutArea(New(in).Areas[0], 1)
	if run := d.figures[0]; !strings.HasPrefix(run.title, "10.0.0.0/23: shop, /24 each\n") {
		t.Errorf("the title is %q", run.title)
	}
}

// A run that has little room says how large its ranges are in short.
func TestRunsInShort(t *testing.T) {
	in := Input{Claims: claimsOf("pod a 10.0.0.0/24 v k8s", "pod b 10.0.1.0/26 v k8s", "pod c 10.0.1.64/26 v k8s")}
	spans := New(in).Areas[0].Spans
	for n, want := range map[int][]string{
		3: {"3 clusters", "3×", "/24 to /26", "/24–26"}, 1: {"a", "Pods"}, 4: {"3 ranges", "3×", "/24 to /26", "/24–26"},
	} {
		c := cell{spans: spans[:n]}
		if n == 4 {
			block := Span{interval: spans[2].interval, Kind: Block, Uses: []Use{{Kind: Block, Owner: "d"}}}
			c.spans = append(slices.Clone(spans[:2]), block)
		}
		names, sizes := english.runInWords(c)
		if got := append(slices.Clone(names), sizes...); !slices.Equal(got, want) {
			t.Errorf("%d spans are %q, want %q", n, got, want)
		}
	}
}
