package addressmap

import (
	"math/big"
	"slices"
	"strings"
)

// areaRows is the largest number of rows of an area, mapRows that of all areas of a map together.
const (
	areaRows = 32
	mapRows  = 240
)

// limitFor is the largest number of rows of each area of a map with so many areas.
func limitFor(areas int) int { return min(areaRows, max(6, mapRows/max(areas, 1))) }

// readable are the measures of cells in which names are readable, in rows of a drawing.
func (w *words) readable(limit int) wrapping {
	return wrapping{width: barWidth, least: 46, limit: limit, wanted: func(s Span) float64 {
		names := w.namesOf(s)
		name := []rune(names[len(names)-1])
		return textWidth(string(name[:min(len(name), 14)]), textSize) + 2*padding
	}}
}

// layoutHeader draws the title, unless the page has it, the conflicts and the legend.
func (w *words) layoutHeader(p Picture, titled bool) drawing {
	d := drawing{width: fullWidth, height: margin}
	if titled {
		d.line(w.heading(p), largeSize, "title")
	}
	for _, text := range w.summaries(p) {
		d.line(text, textSize, "muted")
	}
	d.height += padding
	for _, text := range w.conflictTexts(p) {
		d.line(text.text, textSize, text.class)
	}
	w.legendOf(p, &d)
	d.line(w.scale, smallSize, "muted")
	d.height += rowGap
	return d
}

// legendOf draws a sample of each kind that there is.
func (w *words) legendOf(p Picture, d *drawing) {
	const swatch = 22.0
	x, height := margin, textSize*lineHeight+padding
	add := func(word string, classes ...string) {
		width := swatch + padding + textWidth(word, textSize)
		if x > margin && x+width > fullWidth-margin {
			x, d.height = margin, d.height+height
		}
		for _, class := range classes {
			d.marks = append(d.marks, mark{box{x, d.height + 2, swatch, textSize + 2}, class})
		}
		d.labels = append(d.labels, label{
			box: box{
				x + swatch + padding,
				d.height,
				width - swatch - padding,
				textSize * lineHeight,
			}, text: word, size: textSize, class: "text",
		})
		x += width + 4*padding
	}
	present, marks := p.present()
	for _, k := range kinds {
		if present[k] {
			add(w.kinds[k], k.class())
		}
	}
	for _, m := range []struct{ class, word string }{{"conflict", w.conflict}, {"accepted", w.accepted}, {"shared", w.shared}} {
		if marks[m.class] {
			add(m.word, Free.class(), m.class)
		}
	}
	if x > margin {
		d.height += height
	}
}

// present are the kinds of addresses that a picture shows, and the classes of its marks: of conflicts, and of ranges that several owners
// use.
func (p Picture) present() (kinds map[Kind]bool, marks map[string]bool) {
	kinds, marks = map[Kind]bool{}, map[string]bool{}
	for _, a := range p.Areas {
		for _, s := range a.Spans {
			kinds[s.Kind], marks[s.overlap()] = true, true
		}
	}
	return kinds, marks
}

// layoutArea draws an area. At most limit of its rows have something in use.
func (w *words) layoutArea(a Area, limit int) drawing {
	d := drawing{width: fullWidth, height: rowGap, about: w.areaName(a)}
	d.line(w.areaName(a), headingSize, "heading")
	d.wrapped(w.figuresOf(a), " · ", textSize, "muted")
	for _, u := range a.Around {
		d.line(strings.ReplaceAll(w.partOf, "%s", w.inWords(u)+" "+u.Range.String()), textSize, "muted")
	}
	d.height += padding
	rows := w.readable(limit).rows(a.Range, a.Spans)
	if len(rows) > 1 {
		d.overview(a, w.toScale)
	}
	w.layoutRows(&d, a, rows)
	d.height += margin
	return d
}

// layoutDetail draws in rows of their own the ranges that an area shows as one cell.
func (w *words) layoutDetail(a Area, r row, limit int) drawing {
	d := drawing{width: fullWidth, height: rowGap, about: r.String()}
	block, _ := r.Prefix()
	w.layoutRows(&d, a, w.readable(limit).rows(block, cut(a.Spans, r.interval)))
	return d
}

// overview draws a bar of the area to scale. What is in use or unusable is at least one unit wide.
func (d *drawing) overview(a Area, note string) {
	const height = 9.0
	d.labels = append(d.labels, label{
		box: box{margin, d.height - 3, textWidth(note, smallSize), smallSize * lineHeight}, text: note, size: smallSize, class: "muted",
	})
	whole := intervalOf(a.Range)
	bar := box{barLeft, d.height, barWidth, height}
	d.marks = append(d.marks, mark{bar, Free.class()})
	for _, s := range a.Spans {
		x, width := barLeft+whole.offset(s.First)/whole.size()*barWidth, s.size()/whole.size()*barWidth
		if (s.Kind == Free || s.Kind == Undeclared) && len(s.Conflicts) == 0 {
			continue
		}
		m := mark{box{min(x, bar.right()-1), d.height, max(width, 1), height}, s.Kind.class() + " flat"}
		if len(s.Conflicts) > 0 {
			m.class = "clash"
		}
		if before := &d.marks[len(d.marks)-1]; before.class == m.class && m.x <= before.right()+0.5 && before.y == m.y {
			before.w = max(before.w, m.right()-before.x)
			continue
		}
		d.marks = append(d.marks, m)
	}
	d.height += height + rowGap
}

// layoutRows draws the rows of an area.
func (w *words) layoutRows(d *drawing, a Area, rows []row) {
	whole := intervalOf(a.Range).Count()
	for _, r := range rows {
		if r.unused() && len(rows) > 1 {
			d.figures = append(d.figures, w.figure(a, r.cells[0], box{barLeft, d.height, barWidth, freeHeight}))
			d.height += freeHeight + rowGap
			continue
		}
		w.layoutLanes(d, a, r)
		d.head(r.String(), brief(r.Count())+" · "+percent(r.Count(), whole))
		for _, c := range r.cells {
			at := box{barLeft + c.from*barWidth, d.height, (c.to - c.from) * barWidth, rowHeight}
			d.figures = append(d.figures, w.figure(a, c, at))
		}
		if slices.ContainsFunc(r.cells, func(c cell) bool { return !c.single() }) {
			d.runs = append(d.runs, r)
		}
		d.height += rowHeight + rowGap
	}
}

// head writes two lines to the left of a row.
func (d *drawing) head(part, size string) {
	for i, text := range []string{part, size} {
		class, font := "text", textSize
		if i > 0 {
			class, font = "muted", smallSize
		}
		text = shortened(text, font, headWidth-2*padding)
		d.labels = append(d.labels, label{
			box: box{
				margin,
				d.height + 2 + float64(i)*(textSize*lineHeight),
				textWidth(text, font),
				font * lineHeight,
			}, text: text, size: font,
			class: class,
		})
	}
}

// figuresOf are the numbers of an area: all addresses, then those of each kind.
func (w *words) figuresOf(a Area) []string {
	whole := intervalOf(a.Range).Count()
	out := []string{w.briefCount(whole)}
	byKind := a.byKind()
	for _, k := range kinds {
		if n := byKind[k]; n != nil {
			out = append(out, w.kinds[k]+" "+brief(n)+" ("+percent(n, whole)+")")
		}
	}
	return out
}

// byKind are the numbers of addresses of each kind.
func (a Area) byKind() map[Kind]*big.Int {
	out := map[Kind]*big.Int{}
	for _, s := range a.Spans {
		if out[s.Kind] == nil {
			out[s.Kind] = new(big.Int)
		}
		out[s.Kind].Add(out[s.Kind], s.Count())
	}
	return out
}
