package addressmap

import (
	"encoding/xml"
	"errors"
	"io"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// attacks are texts that a browser or terminal would obey.
var attacks = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onload='alert(1)`, `]]>`, `<![CDATA[`,
	`--><svg onload=alert(1)>`,
	`&lt;b&gt;`, `<!DOCTYPE html>`, "\u202etxt.exe", "a\u2066b\u2069", "\x1b[31mred", "\x00\x07\u009b31m", "line\r\nline\u2028line",
	"\ufffe\uffff\xff",
	"</style><style>*{display:none}", "</title><script>", "javascript:alert(1)", "{{constructor}}",
	strings.Repeat("x", 10_000), strings.Repeat("集", 10_000),
	"%s %d %n", "|", "data-x=\"y\"",
}

func hostile() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(attacks), rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("<>&\"'=/\x1b\u202e\ufeff\n|`集a"))))
}

// drawHostile draws two ranges and a network all of whose texts are hostile.
func drawHostile(t *rapid.T) Input {
	draw := func(label string) string { return hostile().Draw(t, label) }
	claim := topology.Foreign{
		CIDR: netip.MustParsePrefix("10.0.0.0/17"), Kind: draw("kind"), Owner: draw("owner"), Network: draw("network"), VRF: draw("vrf"),
		Allocator: draw("allocator"), Profile: draw("profile"), Hubs: []string{draw("hub")},
	}
	claim.Description = draw("description")
	other := claim
	other.Kind, other.Owner = "pod", draw("other owner")
	supernet := claim
	supernet.Kind, supernet.CIDR = "supernet", netip.MustParsePrefix("10.0.0.0/16")
	name := draw("vpc")
	return Input{
		Name: draw("name"), Claims: map[string]topology.Foreign{"a": claim, "b": other, "c": supernet},
		VPCs: map[string]topology.VPC{name: {
			CIDRBlocks: ranges(
				"172.16.0.0/16",
			), VRF: claim.VRF, Subnets: map[string]netip.Prefix{draw("subnet"): netip.MustParsePrefix("172.16.0.0/17")},
			Routes: map[string]topology.Route{draw("route"): {Destination: netip.MustParsePrefix("30.0.0.0/8"), NextHop: "vpn"}},
		}},
		Conflicts: []Conflict{{A: Party{Pod, other.Owner, ""}, B: Party{Block, claim.Owner, ""}, Shared: claim.CIDR, Code: "pods_overlap"}},
	}
}

// Whatever texts say, a picture has the elements and attributes of this package and no others, and each document is well-formed.
func TestPicturesExecuteNothing(t *testing.T) {
	elements := map[string]bool{
		"svg": true, "style": true, "defs": true, "pattern": true, "path": true, "rect": true, "text": true, "g": true, "title": true,
	}
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom(Languages).Draw(t, "language")
		svg := Render(New(drawHostile(t)), "svg", language)
		if !utf8.ValidString(svg) || strings.ContainsFunc(strings.ReplaceAll(svg, "\n", ""), plain.Hidden) {
			t.Fatalf("the picture has characters that a reader does not see")
		}
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			start, is := token.(xml.StartElement)
			if !is {
				continue
			}
			if !elements[start.Name.Local] {
				t.Fatalf("the picture has an element <%s>", start.Name.Local)
			}
			for _, a := range start.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || a.Name.Local == "style" || a.Name.Local == "src" {
					t.Fatalf("<%s> has an attribute %s", start.Name.Local, a.Name.Local)
				}
			}
		}
	})
}

// tag is the beginning of an element or a comment in a page.
var tag = regexp.MustCompile(`<[!/]?[a-zA-Z-]+`)

// Whatever texts say, a page has the tags of a page with harmless texts and no others.
func TestPagesExecuteNothing(t *testing.T) {
	tags := map[string]bool{}
	for _, at := range tag.FindAllString(Render(New(everything()), "html", "en")+Render(New(generated(500)), "html", "en"), -1) {
		tags[at] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		page := Render(New(drawHostile(t)), "html", "zh")
		for _, at := range tag.FindAllString(page, -1) {
			if !tags[at] {
				t.Fatalf("the page has %s", at)
			}
		}
		if n := strings.Count(page, "<script"); n != 1 {
			t.Fatalf("the page has %d scripts", n)
		}
		if !utf8.ValidString(page) || strings.ContainsFunc(strings.ReplaceAll(page, "\n", ""), plain.Hidden) {
			t.Fatalf("the page has characters that a reader does not see")
		}
	})
}

// A page and a picture load nothing from elsewhere.
func TestMapsAreSelfContained(t *testing.T) {
	for _, format := range []string{"svg", "html"} {
		text := strings.ReplaceAll(Render(New(everything()), format, "en"), `xmlns="http://www.w3.org/2000/svg"`, "")
		for _, reference := range []string{"http:", "https:", "//", "@import", "<link", "src=", "href=", "fetch(", "XMLHttp"} {
			if reference == "//" {
				text = regexp.MustCompile(`(?m)^\s*//.*$`).ReplaceAllString(text, "") // comments of the script
			}
			if strings.Contains(text, reference) {
				t.Errorf("%s refers to something by %s", format, reference)
			}
		}
	}
}

// A map as text has no control characters but line feeds, and nothing in it begins a line as a fence of Markdown would.
func TestTextHasNoControlCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := Render(New(drawHostile(t)), "text", "en")
		for _, line := range strings.Split(text, "\n") {
			if !utf8.ValidString(line) || strings.ContainsFunc(line, plain.Hidden) {
				t.Fatalf("the text has %q", line)
			}
		}
	})
}
