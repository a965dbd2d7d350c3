package manifests

import (
	"bytes"
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

// yamlText writes documents as YAML with an indentation of two, separated by ---.
func yamlText(documents []any) string {
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	for _, d := range documents {
		if err := e.Encode(d); err != nil {
			panic(err) // structs of texts, numbers and lists
		}
	}
	if err := e.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

// jsonText writes the only document as JSON.
func jsonText(documents []any) string {
	out, err := json.MarshalIndent(documents[0], "", "  ")
	if err != nil {
		panic(err) // a struct of texts and numbers
	}
	return string(out) + "\n"
}
