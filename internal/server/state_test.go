package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// everyType has each type that an attribute of a resource may have.
var everyType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{
	"text": tftypes.String, "number": tftypes.Number, "flag": tftypes.Bool, "texts": tftypes.List{ElementType: tftypes.String},
	"labels": tftypes.Map{ElementType: tftypes.String},
	"one":    partType, "all": tftypes.Map{ElementType: partType}, "list": tftypes.List{ElementType: partType},
	"any": tftypes.DynamicPseudoType,
}}

// A state is read as tftypes reads it, whatever it has.
func TestStatesAreReadAsTftypesReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, err := json.Marshal(jsonOf(t, everyType, "state"))
		if err != nil {
			t.Fatal(err)
		}
		raw := &tfprotov6.RawState{JSON: text}
		want, err := raw.UnmarshalWithOpts(
			everyType,
			tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}},
		)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		got, err := stored(raw, everyType)
		if err != nil || !got.Equal(want) {
			t.Fatalf("%s is read as\n%s, %v\nwant\n%s", text, got, err, want)
		}
	})
}

// jsonOf draws what a state has for a type: some is null, some is missing, and objects have more.
func jsonOf(t *rapid.T, typ tftypes.Type, label string) any {
	if label != "state" && rapid.IntRange(0, 4).Draw(t, label+" is null") == 3 {
		return nil
	}
	switch typ := typ.(type) {
	case tftypes.Object:
		out := map[string]any{"of another version": []int{1}}
		for name, of := range typ.AttributeTypes {
			if rapid.IntRange(0, 9).Draw(t, label+" lacks "+name) != 7 {
				out[name] = jsonOf(t, of, label+"."+name)
			}
		}
		return out
	case tftypes.Map:
		out := map[string]any{}
		for i := range rapid.IntRange(0, 2).Draw(t, label+" size") {
			key := fmt.Sprint("k", i)
			out[key] = jsonOf(t, typ.ElementType, label+"."+key)
		}
		return out
	case tftypes.List:
		out := []any{}
		for i := range rapid.IntRange(0, 2).Draw(t, label+" length") {
			out = append(out, jsonOf(t, typ.ElementType, fmt.Sprint(label, ".", i)))
		}
		return out
	}
	switch {
	case typ.Is(tftypes.String):
		return rapid.String().Draw(t, label)
	case typ.Is(tftypes.Number):
		return json.Number(rapid.SampledFrom([]string{"0", "-1", "24", "1.5", "1e3", "18446744073709551616", "0.1"}).Draw(t, label))
	case typ.Is(tftypes.Bool):
		return rapid.Bool().Draw(t, label)
	}
	return nil // no state has a value of any type
}

// What is not of its type is refused with its place.
func TestStatesOfOtherTypesAreRefused(t *testing.T) {
	for state, want := range map[string]string{
		`{"text":1}`:                  `text: a text is expected, and there is a number`,
		`{"number":"1"}`:              `number: a number is expected, and there is a text`,
		`{"flag":"true"}`:             `flag: true or false is expected, and there is a text`,
		`{"texts":{"0":"a"}}`:         `texts: a list is expected, and there is an object`,
		`{"texts":[true]}`:            `texts[0]: a text is expected, and there is true or false`,
		`{"all":{"a":{"size":[]}}}`:   `all["a"].size: a number is expected, and there is a list`,
		`{"list":[{"note":{}}]}`:      `list[0].note: a text is expected, and there is an object`,
		`{"one":[]}`:                  `one: an object is expected, and there is a list`,
		`{"labels":"x"}`:              `labels: an object is expected, and there is a text`,
		`{"any":"x"}`:                 `any: nothing is expected, and there is a text`,
		`[]`:                          `an object is expected, and there is a list`,
		`{} {}`:                       `more follows after its end`,
		`{"text":`:                    `unexpected EOF`,
		`{"number":1e99999999999999}`: `number: `,
	} {
		_, err := stored(&tfprotov6.RawState{JSON: []byte(state)}, everyType)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", state, err, want)
		}
	}
	if _, err := stored(&tfprotov6.RawState{Flatmap: map[string]string{}}, everyType); err == nil {
		t.Error("a state of Terraform 0.11 is accepted")
	}
	if v, err := stored(nil, everyType); err != nil || !v.IsNull() {
		t.Errorf("no state is %s, %v", v, err)
	}
}

// BenchmarkState reads the state of 1,000 objects. x-tftypes is the time as a part of what tftypes takes.
func BenchmarkState(b *testing.B) {
	parts := map[string]any{}
	for i := range 1000 {
		parts[fmt.Sprint("part", i)] = map[string]any{"size": i, "seen": true, "note": "a note that says little"}
	}
	text, err := json.Marshal(map[string]any{"all": parts, "text": "x"})
	if err != nil {
		b.Fatal(err)
	}
	raw := &tfprotov6.RawState{JSON: text}
	const times = 20
	start := time.Now()
	for range times {
		if _, err := raw.Unmarshal(everyType); err != nil {
			b.Fatal(err)
		}
	}
	theirs := float64(time.Since(start)) / times
	for b.Loop() {
		if _, err := stored(raw, everyType); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/theirs, "x-tftypes")
}
