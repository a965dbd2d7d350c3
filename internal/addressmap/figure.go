package addressmap

import "slices"

// figure draws a cell.
func (w *words) figure(a Area, c cell, at box) figure {
	f := figure{box: at, place: placeOf(c.spans), detail: !c.single()}
	if c.single() {
		s := c.spans[0]
		f.marks = append(f.marks, mark{at, s.Kind.class()})
		f.marks = append(f.marks, overlaid(s.overlap(), at)...)
		f.title = w.titleOfSpan(a, s)
		f.labels = labelsIn(at, w.namesOf(s), w.usesOf(s))
		return f
	}
	f.marks = append(f.marks, mark{at, "run"})
	strip := box{at.x, at.bottom() - stripHeight, at.w, stripHeight}
	whole := c.whole()
	for _, s := range c.spans {
		part := strip
		part.x, part.w = at.x+whole.offset(s.First)/whole.size()*at.w, s.size()/whole.size()*at.w
		class := s.Kind.class() + " flat"
		if len(s.Conflicts) > 0 {
			class = "clash"
		}
		f.marks = append(f.marks, mark{part, class})
	}
	f.marks = append(f.marks, overlaid(c.overlap(), at)...)
	f.title = w.titleOfRun(c)
	names, sizes := w.runInWords(c)
	f.labels = labelsIn(at, names, sizes)
	return f
}

// overlaid are the marks over a cell that is in conflict or used by several owners.
func overlaid(class string, at box) []mark {
	if class != "" {
		return []mark{{at, class}}
	}
	return nil
}

// overlap is the class of the mark over a span, "" for none.
func (s Span) overlap() string {
	switch {
	case slices.ContainsFunc(s.Conflicts, func(c Conflict) bool { return !c.Accepted }):
		return "conflict"
	case len(s.Conflicts) > 0:
		return "accepted"
	case s.Shared:
		return "shared"
	}
	return ""
}

// labelsIn writes the first of several names that fits into a cell, and the first of several texts that fits below it; in a low cell,
// into one line. Where no name fits, it shortens the last one, or writes nothing.
func labelsIn(at box, names, below []string) []label {
	room := at.w - 2*padding
	line := func(text string, size, y float64, class string) label {
		return label{box: box{at.x + padding, y, textWidth(text, size), size * lineHeight}, text: text, size: size, class: class}
	}
	name := shortened(names[len(names)-1], textSize, room)
	if i := slices.IndexFunc(names, func(n string) bool { return textWidth(n, textSize) <= room }); i >= 0 {
		name = names[i]
	}
	if name == "" {
		return nil
	}
	if at.h < textSize*lineHeight+smallSize*lineHeight {
		for _, text := range below {
			if joined := name + "  " + text; text != "" && textWidth(joined, textSize) <= room {
				name = joined
				break
			}
		}
		return []label{line(name, textSize, at.y+(at.h-textSize*lineHeight)/2, "text")}
	}
	labels := []label{line(name, textSize, at.y+padding, "text strong")}
	for _, text := range below {
		if text != "" && textWidth(text, smallSize) <= room {
			return append(labels, line(text, smallSize, at.y+padding+textSize*lineHeight, "text"))
		}
	}
	return labels
}

// placeOf is what a page needs to know of spans.
func placeOf(spans []Span) place {
	p := place{interval: interval{spans[0].First, spans[len(spans)-1].Last}}
	for _, s := range spans {
		for _, u := range s.Uses {
			p.owners = append(p.owners, clean(u.Owner))
			if u.Network != "" {
				p.networks = append(p.networks, clean(u.Network))
			}
		}
	}
	for _, list := range []*[]string{&p.owners, &p.networks} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return p
}
