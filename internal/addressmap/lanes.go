package addressmap

// lane is a strip above cells of a row that are in one range.
type lane struct {
	use      Use
	from, to float64
	spans    int
}

// lanesOf are the outermost ranges that hold several cells of a row, other than its area.
func lanesOf(a Area, r row) []lane {
	var out []lane
	for _, c := range r.cells {
		for _, s := range c.spans {
			u, ok := s.container(a)
			if !ok {
				continue
			}
			from := r.offset(s.First) / r.size()
			to := (r.offset(s.Last) + 1) / r.size()
			if n := len(out); n > 0 && out[n-1].use.party() == u.party() && out[n-1].use.Range == u.Range && out[n-1].to >= from-1e-9 {
				out[n-1].to = to
				out[n-1].spans++
				continue
			}
			out = append(out, lane{u, from, to, 1})
		}
	}
	var broken []lane
	for _, l := range out {
		if l.spans > 1 {
			broken = append(broken, l)
		}
	}
	return broken
}

// container is the outermost use of a span inside the area; ok is false where there is none but supernets around it and growth reserves.
func (s Span) container(a Area) (outer Use, ok bool) {
	for _, u := range s.Uses {
		wider := !ok || u.Range.Bits() < outer.Range.Bits() || u.Range == outer.Range && u.Kind < outer.Kind
		if (u.Range != a.Range || !a.Supernet) && u.Kind != Supernet && u.Kind != GrowthReserve && !u.Kind.ofCluster() && wider {
			outer, ok = u, true
		}
	}
	return outer, ok
}

// layoutLanes draws the lanes of a row above it.
func (w *words) layoutLanes(d *drawing, a Area, r row) {
	lanes := lanesOf(a, r)
	if len(lanes) == 0 {
		return
	}
	for _, l := range lanes {
		at := box{barLeft + l.from*barWidth, d.height, (l.to - l.from) * barWidth, laneHeight}
		d.marks = append(d.marks, mark{box{at.x, at.bottom() - 3, at.w, 3}, l.use.Kind.class() + " edge"})
		text := shortened(w.inWords(l.use)+" "+l.use.Range.String(), smallSize, at.w-padding)
		if text != "" {
			d.labels = append(d.labels, label{
				box: box{at.x, at.y - 1, textWidth(text, smallSize), laneHeight - 3}, text: text, size: smallSize, class: "muted",
			})
		}
	}
	d.height += laneHeight
}
