package register

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Formats are what Render takes, and Languages those of headings; the first one is the default.
var (
	Formats   = []string{"markdown", "csv", "netbox", "json"}
	Languages = []string{"en", "zh"}
)

// columns are those of csv and markdown, by language.
var columns = map[string][]string{
	"en": {"vrf", "cidr", "addresses", "kind", "owner", "network", "hubs", "allocator", "profile", "description", "labels"},
	"zh": {"VRF", "网段", "地址数", "用途", "归属", "网络", "互联", "分配器", "模式", "说明", "标签"},
}

// kindsInChinese are the kinds of rows as a Chinese register has them.
var kindsInChinese = map[string]string{
	topology.ForeignPod: "Pod", topology.ForeignService: "Service", topology.ForeignBlock: "地址块", topology.ForeignReserved: "预留",
	topology.ForeignKept: "扩容预留", topology.ForeignReleased: "已释放", Free: "空闲",
}

// Render writes the register of claims in one of Formats, with headings in one of Languages. It is the
// same text for the same claims.
func Render(claims map[string]Claim, format, language string) string {
	switch format {
	case "csv":
		out := writeCSV(table(Rows(claims), language, guarded))
		if language == "zh" {
			out = byteOrderMark + out
		}
		return out
	case "netbox":
		return writeCSV(netbox(claims))
	case "json":
		return writeJSON(Rows(claims))
	default:
		return writeMarkdown(table(Rows(claims), language, inTable.Replace))
	}
}

// byteOrderMark begins a CSV by which spreadsheets know that it is UTF-8.
const byteOrderMark = "\ufeff"

// table is the heading and all rows, each text through a guard.
func table(rows []Row, language string, guard func(string) string) [][]string {
	lines := [][]string{columns[language]}
	for _, r := range rows {
		kind := r.Kind
		if language == "zh" {
			kind = kindsInChinese[kind]
		}
		line := []string{r.VRF, r.CIDR.String(), cidr.Count(r.CIDR).String(), kind, r.Owner, r.Network, strings.Join(r.Hubs, " "), r.Allocator, r.Profile, r.Description, labelled(r.Labels)}
		for i, text := range line {
			line[i] = guard(text)
		}
		lines = append(lines, line)
	}
	return lines
}

// guarded keeps a spreadsheet from taking what somebody wrote for a formula.
func guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
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

// inTable is what a text needs inside a Markdown table.
var inTable = strings.NewReplacer("\\", "\\\\", "|", "\\|", "\r\n", " ", "\n", " ", "\r", " ")

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

// netbox has the columns of NetBox's import of prefixes. Supernets and what others are in are containers;
// NetBox shows what is free in them by itself, and a row for it would make it used.
func netbox(claims map[string]Claim) [][]string {
	lines := [][]string{{"prefix", "vrf", "status", "role", "site", "tenant", "description"}}
	status := map[string]string{
		topology.ForeignSupernet: "container", topology.ForeignKept: "container", topology.ForeignReserved: "reserved", topology.ForeignReleased: "deprecated",
	}
	var all []Claim
	for _, c := range claims {
		if c.CIDR.IsValid() {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, compareClaims)
	slices.SortStableFunc(all, func(a, b Claim) int { return strings.Compare(a.VRF, b.VRF) })
	for _, c := range all {
		r := rowOf(c, c.CIDR)
		as, known := status[c.Kind]
		if !known {
			as = "active"
		}
		role := r.Kind
		if role == Free {
			role = topology.ForeignSupernet
		}
		line := []string{c.CIDR.String(), c.VRF, as, role, c.Network, c.Owner, c.Description}
		if !slices.Equal(line, lines[len(lines)-1]) {
			lines = append(lines, line)
		}
	}
	return lines
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
			r.VRF, r.CIDR.String(), cidr.Count(r.CIDR).String(), r.Kind, r.Owner, r.Network, r.Hubs, r.Allocator, r.Profile, r.Description, r.Labels,
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
	return out.String()
}
