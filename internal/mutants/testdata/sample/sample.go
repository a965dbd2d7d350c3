// Package sample has an operator of each kind, for the test of the program.
package sample

const width = 4 * 8 // constants have no mutants

func below(a, b int) bool { return a < b }

func atMost(a, b int) bool { return a <= b }

func above(a, b int) bool { return a > b }

func atLeast(a, b int) bool { return a >= b }

func same(a, b string) bool { return a == b+"" }

func isText(v any) bool {
	switch length := v.(type) {
	case string:
		return length != ""
	}
	return false
}

func arithmetic(a, b uint8) []uint8 { return []uint8{a + b, a - b, a * b, a / b, a % b} }

func negative(a int) int { return width - -a }

func count(list []string, from map[string]int) {
	for i := 0; i < len(list); i++ {
		from[list[i]]--
	}
}

func nobodyCalls(a, b int) bool { return a == b }
