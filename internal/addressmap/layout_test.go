package addressmap

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wantSoundDrawing wants of a drawing that its cells are in order and do not overlap, that marks and labels are inside of their cell, and
// that no label overlaps another one or is outside of the view box.
func wantSoundDrawing(t interface{ Fatalf(string, ...any) }, d drawing) {
	labels := d.labels
	for i, f := range d.figures {
		if f.x < barLeft-tolerance || f.right() > barLeft+barWidth+tolerance || f.bottom() > d.height {
			t.Fatalf("the cell %v is outside of the bar", f.box)
		}
		if i > 0 && d.figures[i-1].overlaps(f.box) {
			t.Fatalf("the cells %v and %v overlap", d.figures[i-1].box, f.box)
		}
		if i > 0 && d.figures[i-1].y == f.y && d.figures[i-1].place.Last.Next() != f.place.First {
			t.Fatalf("%v follows %v", f.place.interval, d.figures[i-1].place.interval)
		}
		wantSoundFigure(t, f)
		labels = append(labels, f.labels...)
	}
	for i, l := range labels {
		if !l.within(box{0, 0, d.width, d.height}) {
			t.Fatalf("the label %q %v is outside of %v by %v", l.text, l.box, d.width, d.height)
		}
		if textWidth(l.text, l.size) > l.w+tolerance {
			t.Fatalf("the label %q does not fit into %v", l.text, l.box)
		}
		for _, o := range labels[:i] {
			if l.overlaps(o.box) {
				t.Fatalf("the labels %q %v and %q %v overlap", l.text, l.box, o.text, o.box)
			}
		}
	}
}

func wantSoundFigure(t interface{ Fatalf(string, ...any) }, f figure) {
	for _, m := range f.marks {
		if !m.within(f.box) {
			t.Fatalf("the mark %v is outside of its cell %v", m, f.box)
		}
	}
	for _, l := range f.labels {
		if !l.within(f.box) {
			t.Fatalf("the label %q %v is outside of its cell %v", l.text, l.box, f.box)
		}
		for _, m := range f.marks[1:] {
			if f.detail && m.box != f.box && l.overlaps(m.box) {
				t.Fatalf("the label %q %v is over the mark %v", l.text, l.box, m)
			}
		}
	}
}

const tolerance = 0.01

func (b box) overlaps(o box) bool {
	return b.x < o.right()-tolerance && o.x < b.right()-tolerance && b.y < o.bottom()-tolerance && o.y < b.bottom()-tolerance
}

func (b box) within(o box) bool {
	return b.x >= o.x-tolerance && b.y >= o.y-tolerance && b.right() <= o.right()+tolerance && b.bottom() <= o.bottom()+tolerance
}

// drawingsOf are all drawings of a picture, those in detail among them.
func drawingsOf(w *words, p Picture, limit int) []drawing {
	all := []drawing{w.layoutHeader(p, true)}
	for _, a := range p.Areas {
		d := w.layoutArea(a, limit)
		all = append(all, d)
		for _, r := range d.runs {
			all = append(all, w.layoutDetail(a, r, detailRows))
		}
	}
	return all
}

func TestLabelsDoNotOverlap(t *testing.T) {
	for name, in := range map[string]Input{
		"the main example": mainExample(), "each kind": everything(), "nothing": {},
		"10 clusters": generated(10), "500 clusters": generated(500),
	} {
		for _, language := range Languages {
			t.Run(name+" in "+language, func(t *testing.T) {
				for _, d := range drawingsOf(wordsOf(language), New(in), areaRows) {
					wantSoundDrawing(t, d)
				}
			})
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p, limit := New(drawInput(t)), rapid.IntRange(1, areaRows).Draw(t, "limit")
		for _, d := range drawingsOf(wordsOf(rapid.SampledFrom(Languages).Draw(t, "language")), p, limit) {
			wantSoundDrawing(t, d)
		}
	})
}

// All addresses of an area are in its cells, each once, and the place of a cell is to the scale of its row.
func TestCellsCoverTheirArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(1, areaRows).Draw(t, "limit")
		for _, a := range New(drawInput(t)).Areas {
			d := english.layoutArea(a, limit)
			next := a.Range.Addr()
			for _, f := range d.figures {
				if f.place.First != next {
					t.Fatalf("%s: a cell begins at %s, not at %s", a.Range, f.place.First, next)
				}
				next = f.place.Last.Next()
			}
			if whole := intervalOf(a.Range); next != whole.Last.Next() {
				t.Fatalf("%s: the cells end at %s", a.Range, next)
			}
			for _, r := range english.readable(limit).rows(a.Range, a.Spans) {
				for _, c := range r.cells {
					if got, want := c.to-c.from, c.whole().size()/r.size(); got < want-1e-6 || got > want+1e-6 {
						t.Fatalf("%s is %v of %s, drawn as %v", c.whole(), want, r.interval, got)
					}
				}
			}
		}
	})
}

func TestRowsOfManyClusters(t *testing.T) {
	p := New(generated(500))
	d := english.layoutArea(p.Areas[0], limitFor(len(p.Areas)))
	rows, runs := map[float64]bool{}, 0
	for _, f := range d.figures {
		rows[f.y] = true
		if f.detail {
			runs++
		}
	}
	if len(rows) > areaRows+2 || runs == 0 || len(d.runs) == 0 {
		t.Errorf("500 clusters are in %d rows with %d runs", len(rows), runs)
	}
	named := 0
	for _, f := range d.figures {
		if len(f.labels) > 0 {
			named++
		}
	}
	if named < len(d.figures)*9/10 {
		t.Errorf("%d of %d cells have a name", named, len(d.figures))
	}
}

// A few small ranges in a large supernet are readable, each in its own cell.
func TestSmallRangesOfALargeSupernetAreReadable(t *testing.T) {
	in := Input{Claims: claimsOf(
		"supernet k8s 10.0.0.0/8 - k8s",
		"pod first 10.0.0.0/28 v k8s",
		"pod middle 10.77.3.16/28 v k8s",
		"pod last 10.255.255.240/28 v k8s",
	)}
	d := english.layoutArea(New(in).Areas[0], areaRows)
	names := ""
	for _, f := range d.figures {
		for _, l := range f.labels {
			names += l.text + "\n"
		}
	}
	for _, name := range []string{"first", "middle", "last"} {
		if strings.Count(names, name+"\n") != 1 {
			t.Errorf("%s is not among\n%s", name, names)
		}
	}
	if len(d.figures) > 12 {
		t.Errorf("it takes %d cells", len(d.figures))
	}
}

// A conflict in a run of ranges is marked on the run, however small it is.
func TestAConflictInARunIsMarked(t *testing.T) {
	in := Input{Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s", "pod a 10.0.0.0/24 v k8s", "pod b 10.0.0.128/32 v k8s")}
	p := New(in)
	f := english.layoutArea(p.Areas[0], 1).figures[0]
	if last := f.marks[len(f.marks)-1]; last.class != "conflict" || last.box != f.box {
		t.Errorf("the marks are %v", f.marks)
	}
	if !strings.Contains(f.title, "\nConflict: Pods b and Pods a share 10.0.0.128/32\n") {
		t.Errorf("the title is %q", f.title)
	}
	drawn := &textWriter{words: &english}
	rows := wrapping{width: textBar, least: textLeast, limit: 1, wanted: func(Span) float64 { return 0 }}
	for _, r := range rows.rows(p.Areas[0].Range, p.Areas[0].Spans) {
		drawn.line(bar(r))
		drawn.cell(p.Areas[0], r.cells[0], "", columnWidths{})
	}
	if text := drawn.String(); !strings.HasPrefix(text, "!|....") || !strings.Contains(text, "! 10.0.0.0/24\n") ||
		!strings.Contains(text, "2 clusters, /25 to /32, conflict\n") {
		t.Errorf("the run in text is\n%s", text)
	}
	in.Checked, in.Conflicts = true, []Conflict{{
		A: Party{Pod, "a", ""}, B: Party{Pod, "b", ""}, Shared: netip.MustParsePrefix("10.0.0.128/32"), Accepted: true,
	}}
	if f := english.layoutArea(New(in).Areas[0], 1).figures[0]; f.marks[len(f.marks)-1].class != "accepted" {
		t.Errorf("the marks of an accepted conflict are %v", f.marks)
	}
}

// The smallest ranges of a row are one cell that says how many clusters they are, and how large.
func TestARunSaysWhatIsInIt(t *testing.T) {
	in := Input{Claims: claimsOf("supernet k8s 10.0.0.0/16 - k8s")}
	for i := range 37 {
		c := claimsOf(fmt.Sprintf("pod c%d 10.0.%d.0/24 v k8s", i, i))["0"]
		in.Claims[fmt.Sprint("c", i)] = c
	}
	d := english.layoutArea(New(in).Areas[0], 1)
	run := d.figures[0]
	if !run.detail || len(run.labels) != 2 || run.labels[0].text != "37 clusters" || run.labels[1].text != "/24 each" {
		t.Errorf("the first cell is %+v", run.labels)
	}
	if !strings.HasPrefix(run.title, "10.0.0.0 – 10.0.36.255: 37 clusters, /24 each\n9,472 addresses\n10.0.0.0/24  Pods c0\n") {
		t.Errorf("its title is %q", run.title)
	}
}
