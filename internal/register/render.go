package register

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Formats are what Render takes, and Languages those of headings; the first one is the default.
var (
	Formats   = []string{"markdown", "csv", "netbox", "netbox-scope", "json"}
	Languages = []string{"en", "zh"}
)

// columns are those of csv and markdown, by language.
var columns = map[string][]string{
	"en": {"vrf", "cidr", "addresses", "kind", "owner", "network", "hubs", "allocator", "profile", "description", "labels"},
	"zh": {"VRF", "网段", "地址数", "用途", "归属", "网络", "互联", "分配器", "模式", "说明", "标签"},
}

// kindsInChinese are the kinds of rows as a Chinese register has them.
var kindsInChinese = map[string]string{
	topology.ForeignPod: "Pod", topology.ForeignService: "Service", topology.ForeignOther: "其他网段", topology.ForeignBlock: "地址块",
	topology.ForeignReserved: "预留", topology.ForeignExisting: "现存",
	topology.ForeignKept: "扩容预留", topology.ForeignReleased: "已释放", Free: "空闲",
}

// Render writes the register of claims in one of Formats, with headings in one of Languages. It is the
// same text for the same claims.
func Render(claims map[string]Claim, format, language string) string {
	switch format {
	case "csv":
		return marked(writeCSV(table(Rows(claims), language, guarded)))
	case "netbox", "netbox-scope":
		return writeCSV(netbox(claims, format))
	case "json":
		return writeJSON(Rows(claims))
	default:
		return writeMarkdown(table(Rows(claims), language, inTable))
	}
}

// marked puts a byte order mark in front of a text that is not plain ASCII, by which spreadsheets know that
// it is UTF-8: Chinese headings need it, and so does one Chinese description below English ones.
func marked(text string) string {
	if utf8.RuneCountInString(text) < len(text) {
		return "\ufeff" + text
	}
	return text
}

// table is the heading and all rows, each text through a guard.
func table(rows []Row, language string, guard func(string) string) [][]string {
	lines := [][]string{columns[language]}
	for _, r := range rows {
		kind := r.Kind
		if language == "zh" {
			kind = kindsInChinese[kind]
		}
		line := []string{
			r.VRF, r.CIDR.String(), cidr.Count(r.CIDR).String(), kind, r.Owner, r.Network,
			strings.Join(r.Hubs, " "), r.Allocator, r.Profile, r.Description, labelled(r.Labels),
		}
		lines = append(lines, guardedLine(line, guard))
	}
	return lines
}

// guardedLine passes each text of a line through a guard.
func guardedLine(line []string, guard func(string) string) []string {
	for i, text := range line {
		line[i] = guard(text)
	}
	return line
}

// cellLimit is the number of characters of a text that a cell shows. Excel takes 32,767 at most.
const cellLimit = 2000

// guarded makes a text safe in a cell of a CSV: it has one line without control characters, and a
// spreadsheet does not take it for a formula. Where Chinese or Japanese is written, wide signs begin one
// as well.
// Source: https://owasp.org/www-community/attacks/CSV_Injection
func guarded(text string) string {
	text = plain.Line(text, cellLimit)
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}

// labelled writes labels in the order of their names.
func labelled(labels map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		out = append(out, name+"="+labels[name])
	}
	return strings.Join(out, " ")
}

func writeCSV(lines [][]string) string {
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(lines); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.String()
}

// inMarkdown escapes what would end a cell of a Markdown table, or be a tag, a link or a picture in it:
// nobody would see <none>.
var inMarkdown = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "\\<", "[", "\\[")

// inTable makes a text safe in a cell of a Markdown table.
func inTable(text string) string { return inMarkdown.Replace(plain.Line(text, cellLimit)) }

func writeMarkdown(lines [][]string) string {
	var out strings.Builder
	for i, line := range lines {
		out.WriteString("| " + strings.Join(line, " | ") + " |\n")
		if i == 0 {
			out.WriteString(strings.Repeat("| --- ", len(line)) + "|\n")
		}
	}
	return out.String()
}

// jsonRow is a row with its names in the order of the columns.
type jsonRow struct {
	VRF         string            `json:"vrf"`
	CIDR        string            `json:"cidr"`
	Addresses   string            `json:"addresses"`
	Kind        string            `json:"kind"`
	Owner       string            `json:"owner"`
	Network     string            `json:"network"`
	Hubs        []string          `json:"hubs"`
	Allocator   string            `json:"allocator"`
	Profile     string            `json:"profile"`
	Description string            `json:"description"`
	Labels      map[string]string `json:"labels"`
}

func writeJSON(rows []Row) string {
	all := []jsonRow{}
	for _, r := range rows {
		one := jsonRow{
			r.VRF, r.CIDR.String(), cidr.Count(r.CIDR).String(), r.Kind, r.Owner, r.Network, r.Hubs,
			r.Allocator, r.Profile, r.Description, r.Labels,
		}
		if one.Hubs == nil {
			one.Hubs = []string{}
		}
		if one.Labels == nil {
			one.Labels = map[string]string{}
		}
		all = append(all, one)
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(all); err != nil {
		panic(err) // texts and lists
	}
	return escapeHidden(out.String())
}

// escapeHidden escapes what the encoder leaves in strings and a terminal obeys. The data stays the same.
func escapeHidden(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r == '\n' || !plain.Hidden(r) { // the encoder writes line feeds between strings only
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.String()
}
