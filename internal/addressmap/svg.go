package addressmap

import (
	_ "embed"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// mapStyle is the style of a map, light and dark.
//
//go:embed map.css
var mapStyle string

// definitions is what marks of a map refer to.
const definitions = `<defs><pattern id="cidrplan-conflict" width="8" height="8" patternUnits="userSpaceOnUse" ` +
	`patternTransform="rotate(45)"><path class="hatch" d="M2 0V8"/></pattern>` +
	`<pattern id="cidrplan-unusable" width="5" height="5" patternUnits="userSpaceOnUse" ` +
	`patternTransform="rotate(-45)"><path class="lines" d="M2 0V5"/></pattern></defs>` + "\n"

// writer writes SVG and HTML. All texts of users go through text.
type writer struct{ strings.Builder }

// text writes a text so that nothing in it is markup. Characters that a document cannot have are replaced.
func (w *writer) text(text string) {
	if err := xml.EscapeText(w, []byte(text)); err != nil {
		panic(err) // a builder takes everything
	}
}

// raw writes markup of this package.
func (w *writer) raw(texts ...string) {
	for _, t := range texts {
		w.WriteString(t)
	}
}

// attribute writes an attribute with any value.
func (w *writer) attribute(name, value string) {
	w.raw(" ", name, `="`)
	w.text(value)
	w.raw(`"`)
}

// measure writes a number of a drawing.
func measure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// rounded is a measure with two decimals.
func rounded(x float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 2, 64), 64)
	return r
}

func (w *writer) box(b box) {
	for _, a := range []struct {
		name  string
		value float64
	}{{"x", b.x}, {"y", b.y}, {"width", b.w}, {"height", b.h}} {
		w.raw(" ", a.name, `="`, measure(rounded(a.value)), `"`)
	}
}

// writeSVG writes a map as a picture.
func writeSVG(words *words, p Picture) string {
	drawings := []drawing{words.layoutHeader(p, true)}
	for _, a := range p.Areas {
		drawings = append(drawings, words.layoutArea(a, limitFor(len(p.Areas))))
	}
	all := stacked(drawings)
	w := &writer{}
	w.open(all, words, words.heading(p))
	w.raw("<style>\n", mapStyle, "</style>\n", definitions)
	w.raw(`<rect class="page"`)
	w.box(box{0, 0, all.width, all.height})
	w.raw("/>\n")
	w.drawing(all)
	w.raw("</svg>\n")
	return w.String()
}

// stacked is one drawing below the other.
func stacked(drawings []drawing) drawing {
	all := drawing{width: fullWidth}
	for _, d := range drawings {
		moved := d.movedDown(all.height)
		all.marks, all.labels = append(all.marks, moved.marks...), append(all.labels, moved.labels...)
		all.figures = append(all.figures, moved.figures...)
		all.height += d.height
	}
	return all
}

// movedDown is a drawing somewhat lower.
func (d drawing) movedDown(by float64) drawing {
	out := d
	out.marks, out.labels, out.figures = movedDown(d.marks, by), movedDown(d.labels, by), nil
	for _, f := range d.figures {
		f.y += by
		f.marks, f.labels = movedDown(f.marks, by), movedDown(f.labels, by)
		out.figures = append(out.figures, f)
	}
	return out
}

// movedDown are marks or labels somewhat lower.
func movedDown[T any, P interface {
	*T
	moveDown(by float64)
}](all []T, by float64) []T {
	out := slices.Clone(all)
	for i := range out {
		P(&out[i]).moveDown(by)
	}
	return out
}

// open begins a picture of a drawing.
func (w *writer) open(d drawing, words *words, title string) {
	w.raw(`<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" lang="`, words.language(), `" viewBox="0 0 `)
	w.raw(measure(d.width), " ", measure(rounded(d.height)), `" width="`, measure(d.width), `" height="`, measure(rounded(d.height)), `"`)
	w.attribute("aria-label", title)
	w.raw(">\n")
}

// language is the language of the texts, as documents name it.
func (w *words) language() string {
	if w.code == chinese.code {
		return "zh-Hans"
	}
	return w.code
}

// drawing writes all that is drawn.
func (w *writer) drawing(d drawing) {
	for _, m := range d.marks {
		w.mark(m)
	}
	for _, l := range d.labels {
		w.label(l)
	}
	for _, f := range d.figures {
		w.figure(f)
	}
}

func (w *writer) mark(m mark) {
	w.raw(`<rect class="`, m.class, `"`)
	w.box(m.box)
	w.raw("/>\n")
}

// label writes a text; its y is that of the line on which the letters stand.
func (w *writer) label(l label) {
	w.raw(
		`<text class="`,
		l.class,
		`" x="`,
		measure(rounded(l.x)),
		`" y="`,
		measure(rounded(l.y+l.size*1.05)),
		`" font-size="`,
		measure(l.size),
	)
	w.raw(`">`)
	w.text(l.text)
	w.raw("</text>\n")
}

// figure writes a cell. Nothing of it is visible outside of its box, whatever font a reader has.
func (w *writer) figure(f figure) {
	w.raw(`<g class="cell"`)
	if f.detail {
		w.raw(` data-run="`, hexOf(f.place.First), `"`)
	}
	w.place(f.place)
	w.raw(">\n<title>")
	w.text(f.title)
	w.raw("</title>\n")
	for _, m := range f.marks {
		w.mark(m)
	}
	if len(f.labels) > 0 {
		w.raw("<svg")
		w.box(f.box)
		w.raw(` viewBox="`)
		for i, n := range []float64{f.x, f.y, f.w, f.h} {
			if i > 0 {
				w.raw(" ")
			}
			w.raw(measure(rounded(n)))
		}
		w.raw(`">`)
		for _, l := range f.labels {
			w.label(l)
		}
		w.raw("</svg>\n")
	}
	w.raw("</g>\n")
}

// place writes by which addresses, owners and networks a page finds something.
func (w *writer) place(p place) {
	w.raw(` data-first="`, hexOf(p.First), `" data-last="`, hexOf(p.Last), `"`)
	w.attribute("data-owners", listed(p.owners))
	w.attribute("data-networks", listed(p.networks))
}

// listed is a list as an attribute has it; a page looks for an entry with the separators around it.
func listed(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return "|" + strings.Join(list, "|") + "|"
}
