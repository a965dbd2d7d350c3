package addressmap

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"slices"
)

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

// detailRows is the number of rows in which a page shows a run of ranges in detail.
const detailRows = 256

// writeHTML writes a map as a page: the pictures of all areas, with those of runs of ranges in detail, and a table of all
// ranges. The page loads nothing, and runs no other script than its own.
func writeHTML(words *words, p Picture) string {
	w := &writer{}
	sum := sha256.Sum256([]byte(pageScript))
	w.raw(`<!DOCTYPE html>`, "\n", `<html lang="`, words.language(), `">`, "\n<head>\n", `<meta charset="utf-8">`, "\n")
	w.raw(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-`)
	w.raw(base64.StdEncoding.EncodeToString(sum[:]), `'">`, "\n")
	w.raw(`<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n<title>")
	w.text(words.heading(p))
	w.raw("</title>\n<style>\n", mapStyle, pageStyle, "</style>\n</head>\n<body>\n<main>\n<h1>")
	w.text(words.heading(p))
	w.raw("</h1>\n")
	w.controls(words, p)
	w.raw("<section>")
	w.picture(words, p, words.layoutHeader(p, false), definitions)
	w.raw("</section>\n")
	for _, a := range p.Areas {
		w.area(words, p, a)
	}
	w.table(words, p)
	w.raw("</main>\n<script>", pageScript, "</script>\n</body>\n</html>\n")
	return w.String()
}

// picture writes one drawing of a page. It can be scrolled where the window is narrow, also with the keyboard.
func (w *writer) picture(words *words, p Picture, d drawing, more string) {
	about := d.about
	if about == "" {
		about = words.heading(p)
	}
	w.raw(`<div class="picture" role="group" tabindex="0"`)
	w.attribute("aria-label", about)
	w.raw(">\n")
	w.open(d, words, fmt.Sprintf(words.mapOf, about))
	w.raw(more)
	w.drawing(d)
	w.raw("</svg></div>\n")
}

// area writes the picture of an area, and below it, closed, each of its rows with runs of ranges in detail.
func (w *writer) area(words *words, p Picture, a Area) {
	d := words.layoutArea(a, limitFor(len(p.Areas)))
	w.raw("<section>")
	w.picture(words, p, d, "")
	if len(d.runs) > 0 {
		w.raw(`<details class="all"><summary>`)
		w.text(fmt.Sprintf(words.details, len(d.runs)))
		w.raw("</summary>\n")
	}
	for _, r := range d.runs {
		w.raw(`<details data-first="`, hexOf(r.First), `" data-last="`, hexOf(r.Last), `"><summary>`)
		w.text(fmt.Sprintf(words.detail, r.String()))
		w.raw("</summary>")
		w.picture(words, p, words.layoutDetail(a, r, detailRows), "")
		w.raw("</details>\n")
	}
	if len(d.runs) > 0 {
		w.raw("</details>\n")
	}
	w.raw("</section>\n")
}

// controls writes what finds an address and filters by network and owner.
func (w *writer) controls(words *words, p Picture) {
	owners, networks := p.names()
	w.raw(`<div class="controls" role="search"`)
	w.attribute("aria-label", words.filter)
	w.raw(">\n<div><label for=\"address\">")
	w.text(words.find)
	w.raw(`</label><input id="address" type="text" inputmode="text" autocomplete="off" spellcheck="false"`)
	w.attribute("placeholder", words.findHint)
	w.raw("></div>\n<div><label for=\"network\">")
	w.text(words.network)
	w.raw(`</label><select id="network"><option value="">`)
	w.text(words.allNetworks)
	w.raw("</option>")
	for _, n := range networks {
		w.raw("<option")
		w.attribute("value", n)
		w.raw(">")
		w.text(n)
		w.raw("</option>")
	}
	w.raw("</select></div>\n<div><label for=\"owner\">")
	w.text(words.owner)
	w.raw(`</label><input id="owner" type="text" list="owners" autocomplete="off" spellcheck="false"`)
	w.attribute("placeholder", words.allOwners)
	w.raw(`><datalist id="owners">`)
	for _, o := range owners {
		w.raw("<option")
		w.attribute("value", o)
		w.raw("></option>")
	}
	w.raw("</datalist></div>\n<button id=\"reset\" type=\"button\">")
	w.text(words.reset)
	w.raw("</button>\n<div id=\"count\"")
	w.attribute("data-text", words.rows)
	w.attribute("data-one", words.oneRow)
	w.raw(` role="status"></div>`, "\n", `<p id="answer" role="status"`)
	for _, a := range []struct{ name, text string }{
		{"in", words.found}, {"overlaps", words.overlapping}, {"none", words.notFound}, {"wrong", words.notAddress},
	} {
		w.attribute("data-"+a.name, a.text)
	}
	w.raw("></p>\n</div>\n")
}

// names are all owners and networks of a picture, sorted.
func (p Picture) names() (owners, networks []string) {
	for _, a := range p.Areas {
		at := placeOf(a.Spans)
		owners, networks = append(owners, at.owners...), append(networks, at.networks...)
	}
	slices.Sort(owners)
	slices.Sort(networks)
	return slices.Compact(owners), slices.Compact(networks)
}
