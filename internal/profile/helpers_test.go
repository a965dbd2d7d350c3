package profile_test

import (
	"io/fs"
	"net/netip"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }

func prefixes(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, prefix(text))
	}
	return out
}

// shipped returns a profile that the provider ships.
func shipped(t testing.TB, name string) *profile.Profile {
	t.Helper()
	return known(t, profile.Default(), name)
}

func known(t testing.TB, c *profile.Catalog, name string) *profile.Profile {
	t.Helper()
	p, ok := c.Profile(name)
	if !ok {
		t.Fatalf("no profile %q among %v", name, c.Names())
	}
	return p
}

// fictitiousOneFiles, fictitiousManyFiles and fictitiousSizesFiles are the files of three platforms that do not exist: Pod ranges of
// fixed blocks on the first, the modes of every other platform on the second, and on the third all ways to size node blocks.
func fictitiousOneFiles(t testing.TB) fstest.MapFS { return fictitiousFiles(t, "one") }

func fictitiousManyFiles(t testing.TB) fstest.MapFS { return fictitiousFiles(t, "many") }

func fictitiousSizesFiles(t testing.TB) fstest.MapFS { return fictitiousFiles(t, "sizes") }

func fictitiousFiles(t testing.TB, platform string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"sources.yaml", "fictitious-" + platform + ".yaml"} {
		text, err := os.ReadFile("testdata/fictitious_" + platform + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

// fictitiousMany returns a profile of the second fictitious platform.
func fictitiousMany(t testing.TB, name string) *profile.Profile {
	t.Helper()
	return known(t, load(t, fictitiousManyFiles(t)), name)
}

// fictitiousSizes returns a profile of the third fictitious platform.
func fictitiousSizes(t testing.TB, name string) *profile.Profile {
	t.Helper()
	return known(t, load(t, fictitiousSizesFiles(t)), name)
}

// changed returns a copy of a profile after a change to it.
func changed(p *profile.Profile, change func(*profile.Profile)) *profile.Profile {
	other := *p
	change(&other)
	return &other
}

// edited returns files with the one place that has the old text replaced.
func edited(t testing.TB, files fstest.MapFS, name, old, replacement string) fstest.MapFS {
	t.Helper()
	text := string(files[name].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q occurs %d times in %s, want once", old, n, name)
	}
	out := fstest.MapFS{}
	for n, f := range files {
		out[n] = f
	}
	out[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, replacement, 1))}
	return out
}

func load(t testing.TB, files fs.FS) *profile.Catalog {
	t.Helper()
	c, err := profile.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantFault(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error:\n got %v\nwant %s", err, want)
	}
}

// unsound is an edit of sound data, and the text of the fault that it makes.
type unsound struct{ file, old, replacement, want string }

// refusesEach makes each edit alone.
func refusesEach(t *testing.T, sound fstest.MapFS, tests map[string]unsound) {
	t.Helper()
	load(t, sound)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, sound, test.file, test.old, test.replacement))
			wantFault(t, err, test.want)
		})
	}
}

// citing replaces the source of the rule of a text on the second fictitious platform by one that is not listed.
func citing(text, where string) unsound {
	return unsound{
		"fictitious-many.yaml", text + ", sources: [many-guide]", text + ", sources: [hearsay]",
		"fictitious-many.yaml: " + where + `: source "hearsay" is not in sources.yaml`,
	}
}
