package provider_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestReadmesShowTheSameBlocks(t *testing.T) {
	en, zh := blocks(t, english), blocks(t, chinese)
	if len(en) < 10 {
		t.Fatalf("only %d blocks were found in %s: the test no longer sees them", len(en), english)
	}
	if len(en) != len(zh) {
		t.Errorf("%s shows %d blocks, %s %d", english, len(en), chinese, len(zh))
	}
	for i := range min(len(en), len(zh)) {
		if a, b := en[i], zh[i]; a.source != b.source || a.language != b.language || a.text != b.text {
			t.Errorf("%s and %s differ:\n%s: %s\n%s\n%s: %s\n%s", a, b, english, a.source, a.text, chinese, b.source, b.text)
		}
	}
}

// Every output and every edit says where it comes from, and what comes from a file is in it.
func TestReadmeBlocksComeFromTheRepository(t *testing.T) {
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			file, isPart := strings.CutPrefix(b.source, "part of ")
			switch {
			case isPart:
				if err := shows(read(t, filepath.Join(repository, file)), b.text); err != nil {
					t.Errorf("%s is not part of %s: %s", b, file, err)
				}
			case b.source == "" && (b.language == "text" || b.language == "diff"):
				t.Errorf("%s: a block of %s needs a comment that says where it comes from", b, b.language)
			}
		}
	}
}

// The table of profiles has each of them with the output that its allocations have, and the list of guides each platform.
func TestReadmesListEveryProfileAndGuide(t *testing.T) {
	c := profile.Default()
	for _, page := range []string{english, chinese} {
		text := read(t, filepath.Join(repository, page))
		for _, name := range c.Names() {
			p, _ := c.Profile(name)
			row := regexp.MustCompile("(?m)^\\|[^|]*`" + name + "`[^|]*\\|.*\\|([^|]*)\\|$").FindStringSubmatch(text)
			if row == nil {
				t.Errorf("%s: the table of profiles has no %s", page, name)
			} else if strings.Contains(row[1], "`") && strings.TrimSpace(row[1]) != "`"+p.Output+"`" {
				t.Errorf("%s: the output of %s is %s there, not %s", page, name, row[1], p.Output)
			}
			if !strings.Contains(text, "](docs/guides/platform-"+p.Platform+".md)") {
				t.Errorf("%s: the list of guides has no %s", page, p.Platform)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#: ]+)[)#]`)

func TestReadmeLinksLeadSomewhere(t *testing.T) {
	for _, page := range []string{english, chinese, "CONTRIBUTING.md"} {
		for _, target := range link.FindAllStringSubmatch(read(t, filepath.Join(repository, page)), -1) {
			if !exists(filepath.Join(repository, target[1])) {
				t.Errorf("%s links to %s, which is not there", page, target[1])
			}
		}
	}
}

// The comparison must see each way in which a block can differ.
func TestShowsSeesDifferences(t *testing.T) {
	const whole = "one\n  two\n\nthree\nfour\n"
	for shown, want := range map[string]string{
		whole:                      "",
		"  two\n\nthree\n":         "",
		"one\n...\nthree\nfour\n":  "",
		"one\n# ...\nfour\n":       "",
		"two\n":                    `"two"`,
		"one\nthree\n":             `"one"`,
		"three\n...\none\n":        `"one"`,
		"one\n...\nthree\n2\n":     `"three"`,
		"four\n...\nfive\n":        `"five"`,
		"...\n":                    "nothing",
		"one\n...\none\n  two\n\n": `"one"`,
	} {
		err := shows(whole, shown)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", shown, err, want)
		}
	}
}
