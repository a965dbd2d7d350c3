package addressmap

import "net/netip"

// markUnusable divides the free spans at ranges in which nothing can be allocated. Both are ascending.
func markUnusable(spans []Span, ranges []netip.Prefix) []Span {
	var out []Span
	unusable, next := runsOf(ranges), 0
	for _, s := range spans {
		for next < len(unusable) && unusable[next].Last.Less(s.First) {
			next++
		}
		rest := s
		for i := next; s.Kind == Free && i < len(unusable) && rest.First.IsValid() && rest.overlaps(unusable[i]); i++ {
			part := rest
			part.interval, part.Kind = rest.clipped(unusable[i]), Unusable
			if rest.First.Less(part.First) {
				before := rest
				before.Last = part.First.Prev()
				out = append(out, before)
			}
			out = append(out, part)
			if rest.First = part.Last.Next(); part.Last == s.Last {
				rest.First = netip.Addr{}
			}
		}
		if rest.First.IsValid() {
			out = append(out, rest)
		}
	}
	return out
}

// runsOf joins ranges that follow each other.
func runsOf(ranges []netip.Prefix) []interval {
	var out []interval
	for _, r := range ranges {
		run := intervalOf(r)
		if n := len(out); n > 0 && out[n-1].Last.Next() == run.First {
			out[n-1].Last = run.Last
		} else {
			out = append(out, run)
		}
	}
	return out
}
