package addressmap

// box is a rectangle; its origin is at the upper left.
type box struct{ x, y, w, h float64 }

func (b box) right() float64  { return b.x + b.w }
func (b box) bottom() float64 { return b.y + b.h }

func (b *box) moveDown(by float64) { b.y += by }

// label is a line of text in its box. The box has the width that the text has at most.
type label struct {
	box
	text string
	size float64
	// class is the style.
	class string
}

// mark is a rectangle of a style.
type mark struct {
	box
	class string
}

// place is what a page needs to know of a cell to find and filter it.
type place struct {
	interval
	owners, networks []string
}

// figure is a cell as it is drawn: marks and labels inside its box, with a text that a pointer shows.
type figure struct {
	box
	marks  []mark
	labels []label
	title  string
	place  place
	// detail says that the cell is a run of ranges that a page shows in detail.
	detail bool
}

// drawing is what is drawn of an area or above all areas.
type drawing struct {
	width, height float64
	marks         []mark
	labels        []label
	figures       []figure
	// about says what the drawing shows.
	about string
	// runs are the rows that have runs of ranges in them.
	runs []row
}

// The measures of a drawing, in units of its view box.
const (
	fullWidth   = 1200.0
	margin      = 14.0
	headWidth   = 172.0 // of the texts to the left of a row
	barLeft     = margin + headWidth
	barWidth    = fullWidth - barLeft - margin
	rowHeight   = 42.0
	freeHeight  = 20.0
	laneHeight  = 15.0
	stripHeight = 6.0 // at the foot of a cell that is a run of ranges
	rowGap      = 5.0
	padding     = 4.0
	largeSize   = 20.0
	headingSize = 15.0
	textSize    = 11.5
	smallSize   = 10.0
)

// line adds a line of text below all that is drawn, shortened to the width that is left.
func (d *drawing) line(text string, size float64, class string) {
	d.labels = append(d.labels, label{
		box:  box{margin, d.height, min(textWidth(text, size), fullWidth-2*margin), size * lineHeight},
		text: shortened(text, size, fullWidth-2*margin), size: size, class: class,
	})
	d.height += size * lineHeight
}

const lineHeight = 1.4

// wrapped adds texts in as few lines as they need, with a separator between those of one line.
func (d *drawing) wrapped(texts []string, separator string, size float64, class string) {
	line := ""
	for _, text := range texts {
		switch longer := line + separator + text; {
		case line == "":
			line = text
		case textWidth(longer, size) <= fullWidth-2*margin:
			line = longer
		default:
			d.line(line, size, class)
			line = text
		}
	}
	if line != "" {
		d.line(line, size, class)
	}
}
