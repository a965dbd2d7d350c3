package addressmap

import (
	"cmp"
	"container/heap"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// row is a part of an area that is drawn in one line, all addresses in one scale.
type row struct {
	interval
	cells []cell
}

// cell is a piece of a row: one span, or a run of spans that are too narrow to be drawn alone. from and to are its place in the row, in
// parts of the row's width.
type cell struct {
	spans    []Span
	from, to float64
}

// single says whether the cell is one span.
func (c cell) single() bool { return len(c.spans) == 1 }

// whole is the run of addresses of the cell.
func (c cell) whole() interval { return interval{c.spans[0].First, c.spans[len(c.spans)-1].Last} }

// conflicts are the conflicts of all spans of the cell, each once.
func (c cell) conflicts() []Conflict {
	var out []Conflict
	for _, s := range c.spans {
		for _, conflict := range s.Conflicts {
			if !slices.Contains(out, conflict) {
				out = append(out, conflict)
			}
		}
	}
	return out
}

// overlap is the class of the mark over the cell, "" for none. Only conflicts are marked, not ranges that several owners use.
func (c cell) overlap() string { return Span{Conflicts: c.conflicts()}.overlap() }

// unused says whether nothing is used in the row.
func (r row) unused() bool { return r.cells[0].unused() && len(r.cells) == 1 }

func (c cell) unused() bool {
	return !slices.ContainsFunc(c.spans, func(s Span) bool { return !s.blank() })
}

// wrapping says how an area is divided into rows.
type wrapping struct {
	// width of a row, and the least width of a cell, in one unit.
	width, least float64
	// wanted is the width that a span should have to be readable.
	wanted func(Span) float64
	// limit is the largest number of rows with something in use that halving may result in.
	limit int
}

// rows divides an area into rows. While there are fewer rows than the limit, the row with the most unreadable spans is halved. Then
// neighbouring rows of the same single span are joined, and spans that are still too narrow are drawn together.
func (w wrapping) rows(block netip.Prefix, spans []Span) []row {
	queue := &halves{{block: block, spans: spans, unreadable: w.unreadable(block, spans)}}
	drawn := 1
	for drawn < w.limit && (*queue)[0].unreadable > 0 {
		h := heap.Pop(queue).(half)
		low, high, ok := cidr.Halves(h.block)
		if !ok {
			h.unreadable = 0
			heap.Push(queue, h)
			continue
		}
		drawn--
		for _, block := range []netip.Prefix{low, high} {
			part := cut(h.spans, intervalOf(block))
			if len(part) > 1 || !part[0].Kind.unused() {
				drawn++
			}
			heap.Push(queue, half{block, part, w.unreadable(block, part)})
		}
	}
	parts := []half(*queue)
	slices.SortFunc(parts, func(a, b half) int { return cidr.Compare(a.block, b.block) })
	var out []row
	for _, h := range parts {
		r := row{interval: intervalOf(h.block)}
		r.cells = w.cells(r.interval, h.spans)
		if n := len(out); n == 0 || !out[n-1].join(r) {
			out = append(out, r)
		}
	}
	return out
}

// join appends the next row if both rows have the same single span, and says whether it did.
func (r *row) join(next row) bool {
	if len(r.cells) > 1 || len(next.cells) > 1 || !r.cells[0].single() || !next.cells[0].single() {
		return false
	}
	s, more := &r.cells[0].spans[0], next.cells[0].spans[0]
	if s.Kind != more.Kind || !slices.EqualFunc(s.Uses, more.Uses, func(a, b Use) bool { return compareUses(a, b) == 0 }) {
		return false
	}
	r.Last, s.Last = next.Last, more.Last
	return true
}

// half is a block that may become a row.
type half struct {
	block      netip.Prefix
	spans      []Span
	unreadable int
}

// halves is a heap: first comes the block with the most unreadable spans, among equals the one with the lowest addresses.
type halves []half

func (h halves) Len() int      { return len(h) }
func (h halves) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *halves) Push(x any)   { *h = append(*h, x.(half)) }
func (h halves) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(h[j].unreadable, h[i].unreadable), cidr.Compare(h[i].block, h[j].block)) < 0
}

func (h *halves) Pop() any {
	last := len(*h) - 1
	out := (*h)[last]
	*h = (*h)[:last]
	return out
}

// cut returns the parts of spans that are in an interval.
func cut(spans []Span, in interval) []Span {
	var out []Span
	for _, s := range spans {
		if s.overlaps(in) {
			s.interval = s.clipped(in)
			out = append(out, s)
		}
	}
	return out
}

// unreadable is the number of spans in use that are narrower than wanted.
func (w wrapping) unreadable(block netip.Prefix, spans []Span) int {
	if len(spans) == 1 {
		return 0
	}
	n, scale := 0, w.width/intervalOf(block).size()
	for _, s := range spans {
		if !s.blank() && s.size()*scale < w.wanted(s) {
			n++
		}
	}
	return n
}

// cells divides a row into cells: one for each span, and one for each run of spans that are too narrow.
func (w wrapping) cells(in interval, spans []Span) []cell {
	var out []cell
	run := false
	for _, s := range spans {
		from, to := in.offset(s.First)/in.size(), (in.offset(s.Last)+1)/in.size()
		small := (to-from)*w.width < w.least
		if n := len(out); run && small {
			out[n-1].spans, out[n-1].to = append(out[n-1].spans, s), to
			continue
		}
		out, run = append(out, cell{[]Span{s}, from, to}), small
	}
	return out
}
