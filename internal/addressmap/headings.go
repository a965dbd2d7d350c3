package addressmap

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// areaName is the headline of an area.
func (w *words) areaName(a Area) string {
	var owners []string
	for _, o := range a.Owners {
		owners = append(owners, clean(o))
	}
	name := a.Range.String() + " · "
	if a.Supernet {
		name += fmt.Sprintf(w.supernet, strings.Join(owners, ", "))
	} else {
		name += w.around
	}
	if len(a.Pools) > 0 {
		name += " · " + w.poolNames(a.Pools)
	}
	if a.VRF != "" {
		name += " · " + fmt.Sprintf(w.vrf, clean(a.VRF))
	}
	return name
}

// heading is the title of a map.
func (w *words) heading(p Picture) string {
	if p.Name == "" {
		return w.title
	}
	return fmt.Sprintf(w.titleOf, clean(p.Name))
}

// summaries say how full the supernets of each family are.
func (w *words) summaries(p Picture) []string {
	type sum struct{ all, free *big.Int }
	sums := map[int]sum{}
	for _, a := range p.Areas {
		if !a.Supernet {
			continue
		}
		family := a.Range.Addr().BitLen()
		if sums[family].all == nil {
			sums[family] = sum{new(big.Int), new(big.Int)}
		}
		sums[family].all.Add(sums[family].all, intervalOf(a.Range).Count())
		if free := a.byKind()[Free]; free != nil {
			sums[family].free.Add(sums[family].free, free)
		}
	}
	var out []string
	for _, family := range []struct {
		bits int
		name string
	}{{32, "IPv4"}, {128, "IPv6"}} {
		if s := sums[family.bits]; s.all != nil {
			used := new(big.Int).Sub(s.all, s.free)
			out = append(out, fmt.Sprintf(w.summary, family.name, w.briefCount(s.all), percent(used, s.all), percent(s.free, s.all)))
		}
	}
	if len(p.Areas) == 0 {
		out = append(out, w.noRanges)
	}
	return out
}

// notice is a line with its style.
type notice struct{ text, class string }

// conflictTexts are the conflicts of a picture, each once, not more than a reader wants at once.
func (w *words) conflictTexts(p Picture) []notice {
	const most = 10
	var all []notice
	known := map[string]bool{}
	add := func(conflicts []Conflict) {
		for _, c := range conflicts {
			if text := w.conflictText(c); !known[text] {
				known[text] = true
				all = append(all, notice{text, c.class()})
			}
		}
	}
	for _, a := range p.Areas {
		for _, s := range a.Spans {
			add(s.Conflicts)
		}
	}
	add(p.Elsewhere)
	slices.SortStableFunc(all, func(a, b notice) int { return strings.Compare(a.class, b.class) }) // alarms first
	if len(all) > most {
		all = append(all[:most], notice{fmt.Sprintf("… (%d)", len(all)), "muted"})
	}
	return all
}
