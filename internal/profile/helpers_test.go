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

// moonFiles and europaFiles are the files of two platforms that do not exist: Pod ranges of fixed
// blocks on the moon, and on Europa the ways of every other platform.
func moonFiles(t testing.TB) fstest.MapFS { return madeUpFiles(t, "moon") }

func europaFiles(t testing.TB) fstest.MapFS { return madeUpFiles(t, "europa") }

func madeUpFiles(t testing.TB, platform string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"sources.yaml", platform + ".yaml"} {
		text, err := os.ReadFile("testdata/" + platform + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

// europa returns a profile of Europa.
func europa(t testing.TB, name string) *profile.Profile {
	t.Helper()
	return known(t, load(t, europaFiles(t)), name)
}

// changed returns a copy of a profile after a change to it.
func changed(p *profile.Profile, change func(*profile.Profile)) *profile.Profile {
	other := *p
	change(&other)
	return &other
}

// edited returns files with the one place where old stands replaced.
func edited(t testing.TB, files fstest.MapFS, name, old, replacement string) fstest.MapFS {
	t.Helper()
	text := string(files[name].Data)
	if n := strings.Count(text, old); n != 1 {
		t.Fatalf("%q stands %d times in %s, want once", old, n, name)
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
