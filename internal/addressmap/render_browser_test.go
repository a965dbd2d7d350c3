//go:build browser

package addressmap

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// These tests run maps in headless Chromium; make map-screenshots calls them with what they need. CIDRPLAN_CHROMIUM is the browser,
// CIDRPLAN_AXE the script axe.min.js, and CIDRPLAN_SCREENSHOTS the folder that the screenshots go to.

// browserPages are the pages that are opened.
var browserPages = []struct {
	name, language string
	input          Input
	// find is an address, found what the page says of it, and owner one to filter by.
	find, found, owner string
	height             int
	// checked are the color schemes in which the page is checked for labels and accessibility: 0 is dark, 1 is light.
	checked string
}{
	{"main", "en", mainExample(), "10.64.131.7", "10.64.131.7 is in 10.64.128.0/19: Pods shop, network prod", "shop", 1500, "01"},
	{"main", "zh", mainExample(), "172.20.4.1", "172.20.4.1 属于 172.20.4.0/22: Service shop，网络 prod", "shop", 1500, "1"},
	{"each-kind", "en", everything(), "fd00:10::12", "fd00:10::12 is in fd00:10::/56: Pods shop, network prod", "lab-1", 2300, "01"},
	{
		"clusters-500", "en", generated(500), "10.64.3.7", "10.64.3.7 is in 10.64.0.0/19: Pods cluster-000, network vpc-00", "cluster-321",
		3000, "0",
	},
	{"clusters-500", "zh", generated(500), "10.64.3.7", "10.64.3.7 属于 10.64.0.0/19: Pod cluster-000，网络 vpc-00", "cluster-321", 3000, ""},
}

func TestMapsInABrowser(t *testing.T) {
	axe, err := os.ReadFile(needed(t, "CIDRPLAN_AXE"))
	if err != nil {
		t.Fatal(err)
	}
	check, err := os.ReadFile(filepath.Join("testdata", "browser_check.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range browserPages {
		t.Run(p.name+"."+p.language, func(t *testing.T) {
			page := Render(New(p.input), "html", p.language)
			file := filepath.Join(needed(t, "CIDRPLAN_SCREENSHOTS"), p.name+"."+p.language)
			write(t, file+".svg", Render(New(p.input), "svg", p.language))
			write(t, file+".html", page)
			for i, scheme := range []string{"dark", "light"} { // as Blink numbers them
				for _, format := range []string{"html", "svg"}[:1+i] { // the picture in light only
					chromium(
						t, fmt.Sprintf("--blink-settings=preferredColorScheme=%d", i), fmt.Sprintf("--window-size=1260,%d", p.height),
						"--hide-scrollbars", "--screenshot="+file+"."+scheme+"."+format+".png", "file://"+file+"."+format,
					)
				}
			}
			dom := chromium(t, "--dump-dom", "file://"+file+".html#"+p.find)
			if !strings.Contains(html.UnescapeString(dom), ">"+p.found+"<") {
				t.Errorf("the page does not say %q", p.found)
			}
			checked := regexp.MustCompile(`<meta http-equiv[^>]*>`).ReplaceAllString(page, "")
			checked = strings.Replace(checked, "<body>", fmt.Sprintf(
				`<body data-find="%s" data-owner="%s" data-asked="%s">`, p.find, p.owner, html.EscapeString(asked(t)),
			), 1)
			checked = strings.Replace(checked, "</body>", "<script>"+string(axe)+"</script><script>"+string(check)+"</script></body>", 1)
			copied := filepath.Join(t.TempDir(), "page.html")
			write(t, copied, checked)
			for _, scheme := range p.checked {
				dom := chromium(
					t, "--blink-settings=preferredColorScheme="+string(scheme), "--virtual-time-budget=60000", "--dump-dom",
					"file://"+copied,
				)
				wantReport(t, dom, p.found, p.name == "each-kind")
			}
		})
	}
}

// asks are texts that a reader may type to find an address in the map of each kind of range, and what the page answers.
var asks = []struct{ typed, answer string }{
	{
		" 10.64.0.1 ", "10.64.0.1 is in 10.64.0.0/17: Pods search, network huawei-prod\n" +
			"10.64.0.1 is in 10.64.0.0/18: Pods lab-1, network lab, VRF lab",
	},
	{"FD00:10:0:0::12", "FD00:10:0:0::12 is in fd00:10::/56: Pods shop, network prod"},
	{"[fd00:10::12]", "[fd00:10::12] is in fd00:10::/56: Pods shop, network prod"},
	{"fd00:10::12%eth0", "fd00:10::12%eth0 is in fd00:10::/56: Pods shop, network prod"},
	{"::ffff:10.67.0.1", "::ffff:10.67.0.1 is in 10.67.0.0/20: Services shop, network prod"},
	{"::ffff:a43:1", "::ffff:a43:1 is in 10.67.0.0/20: Services shop, network prod"},
	{"10.67.0.1/32", "10.67.0.1/32 is in 10.67.0.0/20: Services shop, network prod"},
	{
		"10.66.0.0/18", "10.66.0.0/18 shares addresses with 10.66.0.0/19: subnet team-a/a\n" +
			"10.66.0.0/18 shares addresses with 10.66.32.0/19: subnet team-a/b",
	},
	{"fd00:10:8::/100", "fd00:10:8::/100 shares addresses with fd00:10:8::/108: Services shop, network prod\n" +
		"fd00:10:8::/100 shares addresses with fd00:10:8::10:0 – fd00:10:f:ffff:ffff:ffff:ffff:ffff: free"},
	{"8.8.8.8", "8.8.8.8 is in none of the ranges shown"},
	{"2001:db8::/32", "2001:db8::/32 is in none of the ranges shown"},
	{"10.64.0.0/33", "10.64.0.0/33 is no IP address or CIDR"},
	{"10.64.0.0/", "10.64.0.0/ is no IP address or CIDR"},
	{"10.64.0.0/8/8", "10.64.0.0/8/8 is no IP address or CIDR"},
	{"10.64.0.256", "10.64.0.256 is no IP address or CIDR"},
	{"10.064.0.1", "10.064.0.1 is no IP address or CIDR"},
	{"10.64.0", "10.64.0 is no IP address or CIDR"},
	{"1::2::3", "1::2::3 is no IP address or CIDR"},
	{":::", "::: is no IP address or CIDR"},
	{"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:9 is no IP address or CIDR"},
	{"10.64.0.1:443", "10.64.0.1:443 is no IP address or CIDR"},
	{"<b>shop</b>", "<b>shop</b> is no IP address or CIDR"},
	{"  ", ""},
}

// asked are the texts of asks as JSON.
func asked(t *testing.T) string {
	t.Helper()
	var all []string
	for _, a := range asks {
		all = append(all, a.typed)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A reader can follow a link to an address in an open page, and a link that is wrong breaks nothing.
func TestLinksToAddressesInABrowser(t *testing.T) {
	page := Render(New(mainExample()), "html", "en")
	moved := regexp.MustCompile(`<meta http-equiv[^>]*>`).ReplaceAllString(page, "")
	moved = strings.Replace(moved, "</body>", `<script>location.hash = "#10.64.131.7";</script></body>`, 1)
	for name, c := range map[string]struct{ page, hash, answer string }{
		"a link":               {page, "#10.64.131.7", ">10.64.131.7 is in 10.64.128.0/19: Pods shop, network prod<"},
		"an encoded link":      {page, "#10.64.128.0%2F32", ">10.64.128.0/32 is in 10.64.128.0/19: Pods shop, network prod<"},
		"a link in the page":   {moved, "", ">10.64.131.7 is in 10.64.128.0/19: Pods shop, network prod<"},
		"a wrong escape":       {page, "#%", ">% is no IP address or CIDR<"},
		"a link to an element": {page, "#table", ">table is no IP address or CIDR<"},
	} {
		file := filepath.Join(t.TempDir(), "page.html")
		write(t, file, c.page)
		dom := html.UnescapeString(chromium(t, "--dump-dom", "file://"+file+c.hash))
		if !strings.Contains(dom, c.answer) || !strings.Contains(dom, ">18 ranges shown<") {
			t.Errorf("%s: the page does not say %q", name, c.answer)
		}
	}
}

// wantReport wants a report without faults; answered says that the answers to asks are of this page.
func wantReport(t *testing.T, dom, found string, answered bool) {
	t.Helper()
	text := regexp.MustCompile(`(?s)<pre id="report">(.*?)</pre>`).FindStringSubmatch(dom)
	if text == nil {
		t.Fatalf("the page has no report: %.2000s", dom)
	}
	var r struct {
		Errors, Overlaps, Axe, Answers                    []string
		Labels, Hits, Rows, Filtered, Tooltips, Focusable int
		Found                                             string
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(text[1])), &r); err != nil {
		t.Fatal(err)
	}
	t.Logf(
		"%d labels, %d cells with a title, %d rows, %d after the filter, %d controls",
		r.Labels,
		r.Tooltips,
		r.Rows,
		r.Filtered,
		r.Focusable,
	)
	if len(r.Errors)+len(r.Overlaps)+len(r.Axe) > 0 {
		t.Errorf("errors %q, labels %.4000q, accessibility %q", r.Errors, fmt.Sprint(r.Overlaps), r.Axe)
	}
	if r.Labels == 0 || r.Tooltips == 0 || r.Focusable < 5 {
		t.Errorf("the page has %d labels, %d titles and %d controls", r.Labels, r.Tooltips, r.Focusable)
	}
	if r.Found != found || r.Hits == 0 {
		t.Errorf("the page says %q with %d cells, want %q", r.Found, r.Hits, found)
	}
	if len(r.Answers) != len(asks) {
		t.Fatalf("%d answers, want %d", len(r.Answers), len(asks))
	}
	for i, a := range asks {
		if answered && r.Answers[i] != a.answer {
			t.Errorf("%q is answered with %q, want %q", a.typed, r.Answers[i], a.answer)
		}
	}
	if r.Filtered == 0 || r.Filtered >= r.Rows {
		t.Errorf("the filter shows %d of %d rows", r.Filtered, r.Rows)
	}
}

// TestHostileMapsInABrowser opens a page and a picture whose texts are attacks: none of them runs.
func TestHostileMapsInABrowser(t *testing.T) {
	in := Input{Name: attacks[0], Claims: claimsOf("supernet k8s 10.0.0.0/8 - k8s")}
	for i, attack := range attacks {
		c := claimsOf(fmt.Sprintf("pod x 10.%d.0.0/16 - k8s", i))["0"]
		c.Owner, c.Network, c.Description, c.VRF = attack, attack, attack, attacks[i%2]
		in.Claims[fmt.Sprint("c", i)] = c
	}
	for _, format := range []string{"html", "svg"} {
		file := filepath.Join(t.TempDir(), "hostile."+format)
		write(t, file, Render(New(in), format, "en"))
		chromium(
			t,
			"--screenshot="+filepath.Join(needed(t, "CIDRPLAN_SCREENSHOTS"), "hostile."+format+".png"),
			"--window-size=1260,2400",
			"file://"+file,
		)
	}
}

// needed is a variable of the environment that must be set.
func needed(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: see make map-screenshots", name)
	}
	return value
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// chromium runs the browser and returns what it prints. A message on the console of the page is a fault.
func chromium(t *testing.T, arguments ...string) string {
	t.Helper()
	all := append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--force-device-scale-factor=1", "--lang=en",
		"--user-data-dir=" + t.TempDir(),
	}, arguments...)
	limit, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(limit, needed(t, "CIDRPLAN_CHROMIUM"), all...)
	var out, log bytes.Buffer
	command.Stdout, command.Stderr = &out, &log
	if err := command.Run(); err != nil {
		t.Fatalf("%v: %v\n%.2000s", arguments, err, log.String())
	}
	for _, line := range strings.Split(log.String(), "\n") {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("%v: %s", arguments, line)
		}
	}
	return out.String()
}
