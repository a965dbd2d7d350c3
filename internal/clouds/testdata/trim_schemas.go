//go:build ignore

// trim_schemas writes the schemas of the types that the data names into testdata/schemas, from files with the schemas of whole
// providers, CLOUD.json each with "resources" and "data_sources". The schemas of clouds without such a file stay as they are:
//
//	go run internal/clouds/testdata/trim_schemas.go DIRECTORY
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("name the directory with the schemas")
	}
	catalog := clouds.Default()
	for _, name := range catalog.Platforms() {
		from, to := filepath.Join(os.Args[1], name+".json"), filepath.Join("internal/clouds/testdata/schemas", name+".json")
		err := trim(catalog.Platform(name), from, to)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			log.Fatal(err)
		}
	}
}

// trim writes the schemas of the platform's types, one a line.
func trim(platform *clouds.Platform, from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var whole struct {
		Resources   map[string]json.RawMessage `json:"resources"`
		DataSources map[string]json.RawMessage `json:"data_sources"`
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		return err
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(platform.Types)) {
		schema, is := whole.Resources[name]
		if source, isSource := strings.CutPrefix(name, "data."); isSource {
			schema, is = whole.DataSources[source]
		}
		if !is {
			continue // the test names the types without a schema
		}
		var line bytes.Buffer
		if err := json.Compact(&line, schema); err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%q: %s", name, line.String()))
	}
	return os.WriteFile(to, []byte("{\n"+strings.Join(lines, ",\n")+"\n}\n"), 0o600)
}
