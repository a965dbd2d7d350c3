package cli

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func TestColorsOfFindings(t *testing.T) {
	for level, want := range map[string]string{"error": "\033[31mError:", "warn": "\033[33mWarning:", messages.Note: "\033[33mNote:"} {
		var out strings.Builder
		c := &command{io: IO{OutTerminal: true}}
		if err := c.writeText(&out, report{Findings: []finding{{Level: level}}}); err != nil || !strings.HasPrefix(out.String(), want) {
			t.Errorf("%s: got %v and %q, want %q", level, err, out.String(), want)
		}
	}
}
