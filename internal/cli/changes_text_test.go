package cli

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
)

func TestColorsOfTheMessagesOfAPlan(t *testing.T) {
	for severity, want := range map[string]string{"error": "\033[31mError:\033[0m", "warning": "\033[33mWarning:\033[0m"} {
		var out strings.Builder
		c := &command{io: IO{OutTerminal: true}}
		err := c.writeChangesText(&out, planned{diagnostics: []statefile.Diagnostic{{Severity: severity, Summary: "Overlap"}}})
		if err != nil || !strings.HasPrefix(out.String(), want) {
			t.Errorf("%s: got %v and %q, want %q", severity, err, out.String(), want)
		}
	}
}
