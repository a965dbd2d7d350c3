package statefile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// FuzzRead reads any text: it never panics, its errors quote nothing, and keys are names that no two objects share.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	if err != nil || len(files) < 3 {
		f.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(text[:len(text)/2])
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		contents, err := Read("fuzz", text, wantedTypes)
		if err != nil {
			var fault *messages.FileError
			if !errors.As(err, &fault) || strings.Contains(err.Error(), secret) {
				t.Fatalf("error %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for i, key := range Keys(contents.Objects) {
			topology.CheckName(key, func(bad topology.BadName) { t.Errorf("key %q of %s: %v", key, contents.Objects[i].Address(), bad) })
			if seen[key] {
				t.Errorf("key %q twice", key)
			}
			seen[key] = true
			walk(contents.Objects[i].Value)
		}
	})
}

// walk asks for everything in a value.
func walk(v clouds.Value) {
	_, _ = v.Text(), v.Type()
	for _, e := range v.Elements() {
		walk(e)
	}
	for _, m := range v.Members() {
		walk(m)
	}
}
