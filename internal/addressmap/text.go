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
	textLine  = 80 // the width of lines; only a long name makes one longer
	textRange = 34 // the width of the column of ranges; a longer range has a line of its own
)

// writeText writes a map as plain text: a bar of letters for each row, and below it what the letters are.
func writeText(words *words, p Picture) string {
	t := &textWriter{words: words}
	t.line(words.heading(p))
	for _, text := range words.summaries(p) {
		t.line(text)
	}
	for _, c := range words.conflictTexts(p) {
		t.paragraph(c.text)
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
		t.list(words.legend+words.colon, legend)
	}
	areas := &textWriter{words: words}
	for _, a := range p.Areas {
		areas.area(a)
	}
	if areas.bars {
		t.paragraph(words.bars)
	}
	return t.String() + areas.String()
}

type textWriter struct {
	strings.Builder
	words *words
	// bars says that a row has a bar.
	bars bool
}

func (t *textWriter) line(text string) { t.WriteString(strings.TrimRight(text, " ") + "\n") }

// paragraph writes a text in lines of limited length, which break between words; all after the first one are indented.
func (t *textWriter) paragraph(text string) {
	line := ""
	for i, word := range strings.Split(text, " ") {
		switch longer := line + " " + word; {
		case i == 0:
			line = word
		case columns(longer) > textLine:
			t.line(line)
			line = "  " + word
		default:
			line = longer
		}
	}
	t.line(line)
}

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
	t.paragraph(strings.ReplaceAll(t.words.areaName(a), " · ", "  "))
	t.list("", t.words.figuresOf(a))
	for _, u := range a.Around {
		t.line(fmt.Sprintf(t.words.partOf, t.words.inWords(u)+" "+u.Range.String()))
	}
	w := wrapping{width: textBar, least: textLeast, limit: textRows, wanted: func(Span) float64 { return 2 * textLeast }}
	rows := w.rows(a.Range, a.Spans)
	columns := t.widths(a, rows)
	for _, r := range rows {
		indent := "  "
		if len(r.cells) > 1 || !r.cells[0].single() {
			t.line("  " + r.String())
			t.line("  [" + bar(r) + "]")
			indent, t.bars = "    ", true
		}
		for _, c := range r.cells {
			t.cell(a, c, indent, columns)
		}
	}
}

// cellTexts are the texts in the columns of a cell.
type cellTexts struct{ span, count, share string }

func textsOf(a Area, c cell) cellTexts {
	whole := c.whole()
	return cellTexts{whole.String(), brief(whole.Count()), percent(whole.Count(), intervalOf(a.Range).Count())}
}

// columnWidths are those of the columns of an area.
type columnWidths struct{ span, count, share int }

func (t *textWriter) widths(a Area, rows []row) (out columnWidths) {
	for _, r := range rows {
		for _, c := range r.cells {
			texts := textsOf(a, c)
			if n := columns(texts.span); n <= textRange {
				out.span = max(out.span, n)
			}
			out.count, out.share = max(out.count, columns(texts.count)), max(out.share, columns(texts.share))
		}
	}
	return out
}

// bar draws a row with a letter for each column. Each cell has at least one column, so a row of many cells has a longer bar.
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
		for column := range width {
			scale := whole.size() / float64(width)
			out.WriteByte(letterOfColumn(c.spans, func(s Span) (from, to float64) {
				return whole.offset(s.First)/scale - float64(column), (whole.offset(s.Last)+1)/scale - float64(column)
			}))
		}
	}
	return out.String()
}

// letterOfColumn is the letter of a conflict in a column, or else of the span in its middle. place gives the ends of a span relative to
// the column, which is from 0 to 1.
func letterOfColumn(spans []Span, place func(Span) (from, to float64)) byte {
	letter := byte(0)
	for _, s := range spans {
		from, to := place(s)
		if s.overlap() == "conflict" && from < 1 && to > 0 {
			return letterOf(s)
		}
		if letter == 0 && to > 0.5 {
			letter = letterOf(s)
		}
	}
	return letter
}

// overlapLetters are the letters of the marks over a cell.
var overlapLetters = map[string]byte{"conflict": '!', "accepted": '?', "shared": '&'}

func letterOf(s Span) byte {
	if letter, marked := overlapLetters[s.overlap()]; marked {
		return letter
	}
	return s.Kind.letter()
}

// cell writes what a cell is, in columns.
func (t *textWriter) cell(a Area, c cell, indent string, widths columnWidths) {
	letter, what := "*", ""
	if c.single() {
		s := c.spans[0]
		letter, what = string(letterOf(s)), t.words.kinds[s.Kind]
		if name := t.words.namesOf(s)[0]; !s.blank() {
			what += "  " + name
			if n := s.use().Network; n != "" && n != s.use().Owner {
				what += "  (" + clean(n) + ")"
			}
		} else {
			what = name
		}
	} else {
		names, sizes := t.words.runInWords(c)
		what = strings.TrimSuffix(names[0]+", "+sizes[0], ", ")
		if mark, marked := overlapLetters[c.overlap()]; marked {
			letter, what = string(mark), what+", "+t.words.conflict
		}
	}
	texts := textsOf(a, c)
	if columns(texts.span) > widths.span {
		t.line(indent + letter + " " + texts.span)
		letter, texts.span = " ", ""
	}
	span := padded(texts.span, widths.span+len("    ")-len(indent))
	count, share := leading(texts.count, widths.count), leading(texts.share, widths.share)
	t.line(strings.Join([]string{indent + letter + " " + span, count, share, what}, "  "))
}

// padded is a text with blanks after it, up to a number of columns. leading has the blanks before the text.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}

func leading(text string, width int) string {
	return strings.Repeat(" ", max(0, width-columns(text))) + text
}
