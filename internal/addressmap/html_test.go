package addressmap

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A page has pictures with names, rows with runs in detail only where there are some, and a table without supernets in the areas around.
func TestPartsOfAPage(t *testing.T) {
	page, many := Render(New(mainExample()), "html", "en"), Render(New(generated(500)), "html", "en")
	for _, want := range []string{
		`tabindex="0" aria-label="Address map of k8s-prod"`, `tabindex="0" aria-label="10.64.0.0/10 · supernet of k8s-prod"`,
		`<td class="range">10.64.0.0/17</td>`, `<td class="use">Pods</td>`, "<td><bdi>search</bdi></td>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, lacks := range []string{"<details", `data-says="10.64.0.0/10`} {
		if strings.Contains(page, lacks) {
			t.Errorf("the page has %s", lacks)
		}
	}
	if n := strings.Count(many, `<details class="all"><summary>Rows with small ranges in detail (`); n != 1 {
		t.Errorf("a page of 500 clusters has %d lists of details", n)
	}
	if opened, closed := strings.Count(many, "<details"), strings.Count(many, "</details>"); opened < 3 || opened != closed {
		t.Errorf("%d details begin, %d end", opened, closed)
	}
}

// Where several networks have a range, an address in it is said to be in all of them.
func TestAnAddressIsInAllNetworksThatShareIt(t *testing.T) {
	in := Input{
		Checked: true,
		Sites:   map[string]topology.Site{"a": {CIDRBlocks: ranges("10.0.0.0/16")}, "b": {CIDRBlocks: ranges("10.0.0.0/16")}},
		VPCs: map[string]topology.VPC{
			"v": {CIDRBlocks: ranges("172.16.0.0/16")}, "w": {CIDRBlocks: ranges("172.16.0.0/16")},
			"x": {Routes: map[string]topology.Route{"r": {Destination: netip.MustParsePrefix("172.16.0.0/16"), NextHop: "vpn"}}},
		},
	}
	page := Render(New(in), "html", "en")
	for _, want := range []string{`data-says="10.0.0.0/16: site a + site b"`, `data-says="172.16.0.0/16: route x/r + VPC v + VPC w"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s:\n%s", want, page)
		}
	}
}
