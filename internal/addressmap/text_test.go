package addressmap

import (
	"net/netip"
	"testing"
)

// A bar has a letter for each column: that of the range in its middle, or of a conflict in it.
func TestBarsOfRuns(t *testing.T) {
	for name, test := range map[string]struct {
		in   Input
		want string
	}{
		"ranges of some columns": {
			Input{Claims: claimsOf("supernet k8s 10.0.0.0/24 - k8s", "pod a 10.0.0.0/26 v k8s", "service b 10.0.0.128/25 v k8s")},
			"PPPPPPPPPPPPPPPPPP..................SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS",
		},
		"ranges of less than a column": {
			Input{Claims: claimsOf("supernet k8s 10.0.0.0/24 - k8s", "pod a 10.0.0.2/32 v k8s", "pod b 10.0.0.4/31 v k8s")},
			".P......................................................................",
		},
		"conflicts of less than a column": {
			Input{
				Claims: claimsOf(
					"supernet k8s 10.0.0.0/16 - k8s", "pod a 10.0.0.0/17 v k8s", "pod b 10.0.0.0/32 v k8s", "pod c 10.0.127.255/32 v k8s",
					"pod d 10.0.64.0/24 v k8s",
				),
			},
			"!PPPPPPPPPPPPPPPPP!PPPPPPPPPPPPPPPP!....................................",
		},
	} {
		w := wrapping{width: textBar, least: textBar + 1, limit: 1, wanted: func(Span) float64 { return 0 }}
		rows := w.rows(New(test.in).Areas[0].Range, New(test.in).Areas[0].Spans)
		if got := bar(rows[0]); got != test.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, test.want)
		}
	}
}

func TestTextOfNothing(t *testing.T) {
	if got, want := Render(New(Input{}), "text", "en"), english.title+"\n"+english.noRanges+"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A range of as many columns as a line has room for is on the line of its numbers, a longer one is not.
func TestLongRangesHaveALineOfTheirOwn(t *testing.T) {
	for text, want := range map[string]string{
		"2001:db8:1234:5678:9abc:def0::/100":   "  . 2001:db8:1234:5678:9abc:def0::/100    268,435,456  100.0 %  free\n",
		"2001:db8:1234:5678:9abc:def0:8:0/116": "  . 2001:db8:1234:5678:9abc:def0:8:0/116\n        4,096  100.0 %  free\n",
	} {
		supernet := Area{Range: netip.MustParsePrefix(text), Supernet: true}
		supernet.Spans = []Span{{interval: intervalOf(supernet.Range)}}
		w := &textWriter{words: &english}
		rows := []row{{interval: intervalOf(supernet.Range), cells: []cell{{supernet.Spans, 0, 1}}}}
		w.cell(supernet, rows[0].cells[0], "  ", w.widths(supernet, rows))
		if got := w.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
