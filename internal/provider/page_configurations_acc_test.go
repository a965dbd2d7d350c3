package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pageConfiguration is a file of testdata/pages: a configuration around blocks of a page that no file of the repository holds. Lines with
// "#:" say what belongs into it:
//
//	#: page FILE           the page
//	#: block N             the Nth configuration of the page that has no source
//	#: block N with        the same, and the lines up to "#: end" are what its "# ..." stand for, in order, separated by "#: or"
//	#: file NAME TEXT      a file beside the configuration
//	#: folder NAME         a folder of testdata/pages beside it
//	#: fails TEXT          the plan fails with this text
type pageConfiguration struct {
	page, text, fails string
	files             map[string]string
	folders           []string
	// used are the numbers of the blocks.
	used []int
}

// notPlanned are the configurations that a test cannot plan by itself, with the reason.
var notPlanned = map[string]string{
	"README.md 3": "it requires a database; the guide on the shared ledger plans one",
	"templates/guides/several-workspaces.md.tmpl 2": "it reads a state from a cloud's storage; the block after it reads local ones",
}

var omission = regexp.MustCompile(`(?m)^\s*# (\.\.\.|name, supernets, clusters)\n`)

// configurationsOf are the texts of the configurations of a page that have no source.
func configurationsOf(t *testing.T, page string) []string {
	t.Helper()
	var out []string
	for _, b := range blocks(t, page) {
		if slices.Contains([]string{"hcl", "terraform"}, b.language) && b.source == "" {
			out = append(out, b.text)
		}
	}
	return out
}

// pageConfigurationOf reads a file of testdata/pages.
func pageConfigurationOf(t *testing.T, name string) pageConfiguration {
	t.Helper()
	c := pageConfiguration{files: map[string]string{}}
	var instead []string // what stands for omissions, nil outside of "with"
	inside := false
	for line := range strings.Lines(read(t, name)) {
		directive, is := strings.CutPrefix(strings.TrimSpace(line), "#: ")
		word, rest, _ := strings.Cut(directive, " ")
		switch {
		case !is && inside:
			instead[len(instead)-1] += line
		case !is:
			c.text += line
		case word == "page":
			c.page = rest
		case word == "fails":
			c.fails = rest
		case word == "folder":
			c.folders = append(c.folders, rest)
		case word == "file":
			file, text, _ := strings.Cut(rest, " ")
			c.files[file] = text
		case word == "block":
			number, with, _ := strings.Cut(rest, " ")
			n, err := strconv.Atoi(number)
			all := configurationsOf(t, c.page)
			if err != nil || n < 1 || n > len(all) {
				t.Fatalf("%s: %s has no configuration %q", name, c.page, number)
			}
			c.used = append(c.used, n)
			if c.text += all[n-1]; with == "with" {
				inside, instead = true, []string{""}
			}
		case word == "or":
			instead = append(instead, "")
		case word == "end":
			c.text = omission.ReplaceAllStringFunc(c.text, func(found string) string {
				if len(instead) == 0 {
					return found
				}
				text := instead[0]
				instead = instead[1:]
				return text
			})
			inside = false
		default:
			t.Fatalf("%s: %q", name, line)
		}
	}
	return c
}

// Each configuration of a page plans with what belongs around it, as a reader would use it.
func TestAccConfigurationsOfPagesPlan(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "pages", "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	planned := map[string]bool{}
	for _, name := range files {
		c := pageConfigurationOf(t, name)
		for _, n := range c.used {
			planned[fmt.Sprintf("%s %d", c.page, n)] = true
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".tf"), func(t *testing.T) {
			t.Parallel()
			c.plan(t)
		})
	}
	for _, page := range pages(t) {
		for i := range configurationsOf(t, page) {
			at := fmt.Sprintf("%s %d", filepath.ToSlash(page), i+1)
			if planned[at] == (notPlanned[at] != "") {
				t.Errorf("configuration %s is planned: %t; reason not to: %q", at, planned[at], notPlanned[at])
			}
		}
	}
}

var providersUsed = regexp.MustCompile(`(?m)^(?:resource|data) "(alicloud|aws|huaweicloud|helm|local)_`)

// plan plans the configuration.
func (c pageConfiguration) plan(t *testing.T) {
	t.Helper()
	var providers []string
	for _, found := range providersUsed.FindAllStringSubmatch(c.text, -1) {
		if !slices.Contains(providers, found[1]) {
			providers = append(providers, found[1])
		}
	}
	w := newWorkspace(t, "")
	if len(providers) > 0 {
		w.withClouds(map[string]any{
			"data.huaweicloud_vpcs":         map[string]any{"vpcs": []any{}},
			"data.huaweicloud_cce_clusters": map[string]any{"clusters": []any{}},
			"data.huaweicloud_cce_nodes":    map[string]any{"nodes": []any{}},
			"data.alicloud_route_entries":   map[string]any{"entries": []any{}},
			"data.alicloud_vswitches":       map[string]any{"vswitches": []any{map[string]any{"available_ip_address_count": 4000}}},
		})
	}
	text := c.text
	if !strings.Contains(text, "required_providers") {
		text = requiring(providers...) + text
	}
	w.file("main.tf", text)
	for file, content := range c.files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(w.dir, file)), 0o755); err != nil {
			t.Fatal(err)
		}
		w.file(file, content)
	}
	for _, folder := range c.folders {
		if err := os.CopyFS(filepath.Join(w.dir, folder), os.DirFS(filepath.Join("testdata", "pages", folder))); err != nil {
			t.Fatal(err)
		}
		w.run("get")
	}
	if c.fails != "" {
		w.fails(regexp.MustCompile(regexp.QuoteMeta(c.fails)), "plan")
		return
	}
	w.run("plan")
}
