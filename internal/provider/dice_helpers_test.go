package provider

import (
	"pgregory.net/rapid"
)

// dice draws parts of configurations.
type dice struct {
	*rapid.T
	label string
}

// likely is true in about so many of 100 draws.
func (d dice) likely(percent int, label string) bool {
	return rapid.IntRange(0, 99).Draw(d.T, d.label+" "+label) >= 100-percent
}

func pick[T any](d dice, label string, list ...T) T {
	return rapid.SampledFrom(list).Draw(d.T, d.label+" "+label)
}

func (d dice) some(label string, list ...string) []string {
	var few []string
	for _, s := range list {
		if d.likely(50, label+" "+s) {
			few = append(few, s)
		}
	}
	return few
}

// put sets an argument in so many of 100 draws.
func (d dice) put(v given, percent int, name string, choices ...any) {
	if d.likely(percent, name) {
		v[name] = pick(d, name, choices...)
	}
}
