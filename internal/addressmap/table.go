package addressmap

import (
	"slices"
	"strings"
)

// column is a column of the table of a page.
type column struct {
	head, class string
	// text is that of a span in a cell, nil where the cell has more than a text.
	text func(Area, Span) string
}

// columns are those of a table. A column of texts that are all empty is left out.
func (w *words) columns(p Picture) []column {
	all := []column{
		{"VRF", "", func(a Area, _ Span) string { return a.VRF }},
		{w.rangeColumn, "range", nil},
		{w.addressColumn, "number", func(_ Area, s Span) string { return brief(s.Count()) }},
		{w.share, "number", func(a Area, s Span) string { return percent(s.Count(), intervalOf(a.Range).Count()) }},
		{w.use, "use", nil},
		{w.owner, "", func(_ Area, s Span) string { return s.use().party().ownerName() }},
		{w.network, "", func(_ Area, s Span) string { return s.use().Network }},
		{w.allocator, "", func(_ Area, s Span) string { return s.use().Allocator }},
		{w.pool, "", func(_ Area, s Span) string { return strings.Join(s.pools(), w.comma) }},
		{w.profile, "", func(_ Area, s Span) string { return s.use().Profile }},
		{w.description, "", func(_ Area, s Span) string { return s.use().Description }},
	}
	var out []column
	for _, c := range all {
		if c.text == nil || p.some(func(a Area, s Span) bool { return c.text(a, s) != "" }) {
			out = append(out, c)
		}
	}
	return out
}

// some says whether something is so of a row of the table.
func (p Picture) some(is func(Area, Span) bool) bool {
	for _, a := range p.Areas {
		for _, s := range a.Spans {
			if a.listed(s) && is(a, s) {
				return true
			}
		}
	}
	return false
}

// listed says whether a span is a row of the table. A supernet has its own area.
func (a Area) listed(s Span) bool { return a.Supernet || s.Kind != Supernet }

// table writes all spans as rows.
func (w *writer) table(words *words, p Picture) {
	columns := words.columns(p)
	w.raw(`<div class="scroll" tabindex="0" role="region"`)
	w.attribute("aria-label", words.table)
	w.raw("><table><caption>")
	w.text(words.table)
	w.raw("</caption>\n<thead><tr>")
	for _, c := range columns {
		w.raw(`<th scope="col">`)
		w.text(c.head)
		w.raw("</th>")
	}
	w.raw("</tr></thead>\n<tbody>\n")
	for _, a := range p.Areas {
		for _, s := range a.Spans {
			if a.listed(s) {
				w.tableRow(words, columns, a, s)
			}
		}
	}
	w.raw("</tbody></table></div>\n")
}

func (w *writer) tableRow(words *words, columns []column, a Area, s Span) {
	w.raw("<tr")
	w.place(placeOf([]Span{s}))
	w.attribute("data-says", words.says(s))
	w.raw(">")
	for _, c := range columns {
		w.raw("<td")
		if c.class != "" {
			w.raw(` class="`, c.class, `"`)
		}
		w.raw(">")
		switch {
		case c.text != nil:
			w.raw("<bdi>")
			w.text(clean(c.text(a, s)))
			w.raw("</bdi>")
		case c.class == "range":
			w.brokenRange(s)
		default:
			w.uses(words, s)
		}
		w.raw("</td>")
	}
	w.raw("</tr>\n")
}

// brokenRange writes the range of a span, which a browser may break between its ends only.
func (w *writer) brokenRange(s Span) {
	from, to, cut := strings.Cut(s.String(), " ")
	w.text(from)
	if cut {
		w.raw("<wbr> ")
		w.text(to)
	}
}

// uses writes what a span is used for, with its conflicts.
func (w *writer) uses(words *words, s Span) {
	w.text(words.kinds[s.Kind])
	if s.Shared {
		w.text(" (" + words.shared + ")")
	}
	for _, c := range s.Conflicts {
		w.raw(`<div class="`, c.class(), `">`)
		w.text(words.conflictText(c))
		w.raw("</div>")
	}
}

// class is the style of a text on the conflict.
func (c Conflict) class() string {
	if c.Accepted {
		return "muted"
	}
	return "alarm"
}

// sharers name all clusters or networks that use a span, or what it is used for where there is one.
func (w *words) sharers(s Span) []string {
	out := []string{w.inWords(s.use())}
	for _, u := range s.Uses[1:] {
		if s.Shared && (u.Kind.ofCluster() || u.Kind == VPC || u.Kind == Site) && !slices.Contains(out, w.inWords(u)) {
			out = append(out, w.inWords(u))
		}
	}
	return out
}

// says is the answer where an address of a span is looked for.
func (w *words) says(s Span) string {
	text := s.String() + ": "
	if s.Kind.unused() {
		text += w.namesOf(s)[0]
	} else {
		text += strings.Join(w.sharers(s), w.and)
	}
	for _, c := range s.Conflicts {
		text += "; " + w.conflictText(c)
	}
	if u := s.use(); u.Network != "" && u.Network != u.Owner {
		text += w.comma + w.network + " " + clean(u.Network)
	}
	if u := s.use(); u.VRF != "" {
		text += w.comma + "VRF " + clean(u.VRF)
	}
	return text
}
