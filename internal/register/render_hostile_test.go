package register_test

import (
	"encoding/csv"
	"encoding/json"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

// hostile are texts that terminals, tables and spreadsheets would obey.
func hostile() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.RuneFrom([]rune("=+-@＝\t\r\n\x00\x1b\x7f\u0085\u009b\u202e\u2066\u2028\u2029\ufeff|\\<[,\"' a长"))),
	)
}

// separator is what ends a cell of a Markdown table: a bar behind an even number of backslashes.
var separator = regexp.MustCompile(`(?:^|[^\\])(?:\\\\)*\|`)

// Whatever claims say of themselves, a register has the same cells, none of which holds a control
// character or a formula; and as JSON the same data.
func TestRegistersHoldNoHostileText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) string { return hostile().Draw(t, label) }
		c := register.Claim{
			CIDR: netip.MustParsePrefix("10.0.0.0/16"), Kind: "pod", Owner: draw("owner"), Network: draw("network"), VRF: draw("vrf"),
			Allocator: draw("allocator"), Profile: draw("profile"), Hubs: []string{draw("hub")},
		}
		c.Description, c.Labels = draw("description"), map[string]string{draw("label"): draw("value")}
		all := map[string]register.Claim{draw("key"): c}
		for _, format := range register.Formats {
			text := register.Render(all, format, "en")
			lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(text, "\ufeff"), "\n"), "\n")
			for _, line := range lines {
				if strings.ContainsFunc(line, plain.Hidden) || !utf8.ValidString(line) {
					t.Fatalf("%s has %q", format, line)
				}
			}
			switch format {
			case "json":
				wantDescribed(t, text, c)
			case "markdown":
				if cells := separator.FindAllString(lines[2], -1); len(lines) != 3 || len(cells) != 12 {
					t.Fatalf("%d lines, the last one has %d separators: %q", len(lines), len(cells), lines[2])
				}
			default:
				wantPlainCells(t, format, text)
			}
		}
	})
}

func wantDescribed(t *rapid.T, text string, c register.Claim) {
	var rows []struct{ Owner, Description string }
	if err := json.Unmarshal([]byte(text), &rows); err != nil || len(rows) != 1 || rows[0].Owner != c.Owner ||
		rows[0].Description != c.Description {
		t.Fatalf("%q reads as %+v, %v", text, rows, err)
	}
}

func wantPlainCells(t *rapid.T, format, text string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%s reads as %q, %v", format, rows, err)
	}
	for _, cell := range rows[1] {
		if first, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@＝＋－＠", first) && cell != "" {
			t.Fatalf("%s has the formula %q", format, cell)
		}
	}
}
