package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is the schema of SARIF 2.1.0 (rtm.5, of which later revisions change descriptions only) in testdata.
// Source: https://raw.githubusercontent.com/schemastore/schemastore/master/src/schemas/json/sarif-2.1.0-rtm.5.json
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// What is written is valid by the published schema, also without findings, and with names that are no URIs as they are.
func TestSARIFIsValidByItsSchema(t *testing.T) {
	schema := sarifSchema(t)
	strange := filepath.Join(t.TempDir(), "a state [1] 100%.tfstate")
	text, err := os.ReadFile(filepath.Join("testdata", "clusters.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(strange, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string][]string{
		"conflicts": fixtures, "none": {"network.tfstate"}, "a warning": {"../../statefile/testdata/warning.tfstate"},
		"a strange name": {"network.tfstate", strange},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, append([]string{"scan", "--format", "sarif"}, files...)...)
			log, err := jsonschema.UnmarshalJSON(strings.NewReader(r.out))
			if err != nil {
				t.Fatalf("%v\n%s%s", err, r.out, r.err)
			}
			if err := schema.Validate(log); err != nil {
				t.Errorf("%v\n%s", err, r.out)
			}
		})
	}
	for file, want := range map[string]string{
		"a b/network.tfstate": "a%20b/network.tfstate", "../x.json": "../x.json", "prod:eu": "./prod:eu", "stdin": "stdin",
		"/srv/100%.json": "file:///srv/100%25.json",
	} {
		if got := uri(file); got != want {
			t.Errorf("%s is %s, want %s", file, got, want)
		}
	}
	broken, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"results": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(broken) == nil {
		t.Error("the schema accepts a log without a tool")
	}
}
