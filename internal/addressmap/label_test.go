package addressmap

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestShortened(t *testing.T) {
	for name, test := range map[string]struct {
		text  string
		width float64 // in characters of ASCII
		want  string
	}{
		"a text that fits":                         {"shop", 4, "shop"},
		"the middle is left out":                   {"cluster-001", 9, "clu…-001"},
		"nothing where too little is left":         {"cluster-001", 3, ""},
		"as many of both ends where there is room": {"cluster-001", 8, "clu…001"},
		"three characters are enough":              {"cluster-001", 5, "c…01"},
		"a mark at the cut":                        {strings.Repeat("a\u0301", 7), 6, "a\u0301a\u0301…a\u0301a\u0301"},
		"wide characters":                          {"生产集群一号", 9, "生产…一号"},
		"more is left of the end":                  {"集群-of-a-long-name-336", 8, "集…336"},
		"marks stay with their letter":             {"a\u0301a\u0301a\u0301a\u0301a\u0301a\u0301", 5, "a\u0301…a\u0301a\u0301"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shortened(test.text, 10, test.width*narrow*10+0.01); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if text := "cluster-001"; shortened(text, 10, textWidth(text, 10)) != text {
		t.Error("a text is cut that has exactly the room it needs")
	}
	rapid.Check(t, func(t *rapid.T) {
		text, width := rapid.String().Draw(t, "text"), rapid.Float64Range(0, 300).Draw(t, "width")
		got := shortened(text, 10, width)
		if textWidth(got, 10) > width {
			t.Fatalf("%q is wider than %v", got, width)
		}
		if begin, end, cut := strings.Cut(got, "…"); got != text && cut && !strings.Contains(text, "…") &&
			(!strings.HasPrefix(text, begin) || !strings.HasSuffix(text, end)) {
			t.Fatalf("%q is not %q in short", got, text)
		}
	})
}

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{"shop": 4, "生产": 4, "e\u0301": 1, "10.0.0.0 – 10.0.0.1": 19, "": 0, "\uff21": 2, "ä": 1} {
		if got := columns(text); got != want {
			t.Errorf("%q has %d columns, want %d", text, got, want)
		}
	}
}
