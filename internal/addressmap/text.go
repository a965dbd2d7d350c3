package addressmap

import (
	"fmt"
	"strings"
)

// The measures of a map in text, in columns.
const (
	textBar   = 72
	textLeast = 3
	textRows  = 24
	textLine  = 100 // of lists of texts
	textRange = 44  // of the column of ranges; longer ones move the other columns
)

// writeText writes a map as plain text: a bar of letters for each row, and below it what the letters are.
func writeText(words *words, p Picture) string {
	t := &textWriter{words: words}
	t.line(words.heading(p))
	for _, text := range words.summaries(p) {
		t.line(text)
	}
	for _, c := range words.conflictTexts(p) {
		t.line(c.text)
	}
	present, marks := p.present()
	var legend []string
	for _, k := range kinds {
		if present[k] {
			legend = append(legend, string(k.letter())+" "+words.kinds[k])
		}
	}
	for _, m := range []struct{ class, text string }{
		{"conflict", "! " + words.conflict}, {"accepted", "? " + words.accepted}, {"shared", "& " + words.shared},
	} {
		if marks[m.class] {
			legend = append(legend, m.text)
		}
	}
	if len(legend) > 0 {
		t.list(words.legend+": ", legend)
	}
	for _, a := range p.Areas {
		t.area(a)
	}
	return t.String()
}

type textWriter struct {
	strings.Builder
	words *words
}

func (t *textWriter) line(text string) { t.WriteString(strings.TrimRight(text, " ") + "\n") }

// list writes texts in lines of limited length; all after the first one are indented.
func (t *textWriter) list(line string, texts []string) {
	empty := true
	for i, text := range texts {
		if i+1 < len(texts) {
			text += t.words.comma
		}
		if !empty && columns(line+text) > textLine {
			t.line(line)
			line = "  "
		}
		line, empty = line+text, false
	}
	t.line(line)
}

func (t *textWriter) area(a Area) {
	t.line("")
	t.line(strings.ReplaceAll(t.words.areaName(a), " · ", "  "))
	t.list("", t.words.figuresOf(a))
	for _, u := range a.Around {
		t.line(fmt.Sprintf(t.words.partOf, t.words.inWords(u)+" "+u.Range.String()))
	}
	w := wrapping{width: textBar, least: textLeast, limit: textRows, wanted: func(Span) float64 { return 2 * textLeast }}
	rows, width := w.rows(a.Range, a.Spans), 0
	for _, r := range rows {
		for _, c := range r.cells {
			width = max(width, min(columns(c.whole().String()), textRange))
		}
	}
	for _, r := range rows {
		if len(r.cells) > 1 || !r.cells[0].single() {
			t.line("  " + r.String())
			t.line("  [" + bar(r) + "]")
		}
		for _, c := range r.cells {
			t.cell(a, c, width)
		}
	}
}

// bar draws a row with a letter for each column. A cell has one column at least, so a bar is longer where there are many.
func bar(r row) string {
	var out strings.Builder
	for i, c := range r.cells {
		width := max(1, int(c.to*textBar)-int(c.from*textBar))
		if i > 0 {
			out.WriteByte('|')
			width = max(1, width-1)
		}
		if c.single() {
			out.WriteString(strings.Repeat(string(letterOf(c.spans[0])), width))
			continue
		}
		whole := c.whole()
		for column := range width { // the span in the middle of the column
			at := (float64(column) + 0.5) / float64(width) * whole.size()
			for _, s := range c.spans {
				if whole.offset(s.Last)+1 > at {
					out.WriteByte(letterOf(s))
					break
				}
			}
		}
	}
	return out.String()
}

func letterOf(s Span) byte {
	switch s.overlap() {
	case "conflict":
		return '!'
	case "accepted":
		return '?'
	case "shared":
		return '&'
	}
	return s.Kind.letter()
}

// cell writes what a cell is, in columns; that of the range has a width.
func (t *textWriter) cell(a Area, c cell, width int) {
	whole := c.whole()
	letter, what := "*", ""
	if c.single() {
		s := c.spans[0]
		letter, what = string(letterOf(s)), t.words.kinds[s.Kind]
		if !s.Kind.unused() || len(s.Conflicts) > 0 {
			what += "  " + t.words.nameOf(s)
			if n := s.use().Network; n != "" && n != s.use().Owner {
				what += "  (" + clean(n) + ")"
			}
		}
	} else {
		names, sizes := t.words.runInWords(c)
		what = strings.TrimSuffix(names[0]+", "+sizes[0], ", ")
	}
	area := intervalOf(a.Range).Count()
	t.line("    " + letter + " " + padded(whole.String(), width) + " " + leading(brief(whole.Count()), 12) + " " +
		leading(percent(share(whole.Count(), area)), 8) + "  " + what)
}

// padded is a text with blanks behind it, leading one with blanks before it, so that it has a number of columns.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}

func leading(text string, width int) string {
	return strings.Repeat(" ", max(0, width-columns(text))) + text
}
