package placement

import (
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

var plantings = []oracle.Planting{
	{Ranges: 80, Places: 4, Pairs: 340}, {Ranges: 120, Places: 4, Pairs: 500}, {Ranges: 160, Places: 4, Pairs: 680},
	{Ranges: 200, Places: 4, Pairs: 800}, {Ranges: 200, Places: 4, Pairs: 900}, {Ranges: 200, Places: 4, Pairs: 1000},
	{Ranges: 80, Places: 8, Pairs: 1000}, {Ranges: 120, Places: 8, Pairs: 1600}, {Ranges: 200, Places: 8, Pairs: 2400},
	{Ranges: 200, Places: 8, Pairs: 2800}, {Ranges: 120, Places: 4, Pairs: 400, Halves: true},
	{Ranges: 200, Places: 8, Pairs: 2000, Halves: true},
}

// BenchmarkPlanted reports the share of planted problems that are placed, the share that a search without
// repairs places, and the longest time of one against the time that one pass takes for it.
func BenchmarkPlanted(b *testing.B) {
	for _, k := range plantings {
		b.Run(k.String(), func(b *testing.B) {
			var placed, searched, tried, ratio, longest float64
			for b.Loop() {
				p := planted(uint64(tried), k)
				tried++
				onePass := elapsed(func() { newSolver(p).onePass() })
				s := newSolver(p)
				all := elapsed(func() {
					chosen, _ := s.onePass()
					s.search(chosen)
					if missing(chosen) > 0 {
						return
					}
					placed++
					if s.work <= maxWork {
						searched++
					}
				})
				longest, ratio = max(longest, all), max(ratio, all/onePass)
			}
			b.ReportMetric(100*placed/tried, "%placed")
			b.ReportMetric(100*searched/tried, "%searched")
			b.ReportMetric(longest, "s-longest")
			b.ReportMetric(ratio, "x-one-pass")
		})
	}
}

// elapsed is how many seconds something takes.
func elapsed(do func()) float64 {
	start := time.Now()
	do()
	return time.Since(start).Seconds()
}
