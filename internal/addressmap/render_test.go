package addressmap

import (
	"maps"
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
