package cli

import (
	"encoding/json"
	"io"
)

// writeJSON writes a report as JSON.
func (c *command) writeJSON(out io.Writer, r report) error { return encode(out, r) }

func encode(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
