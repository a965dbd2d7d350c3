package provider

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// golden holds the messages; CIDRPLAN_UPDATE=1 writes it anew.
const golden = "testdata/messages.golden"

func pinned(vpc, profile, pods, services string) map[string]any {
	return map[string]any{"vpc": vpc, "profile": profile, "pod_cidrs": []string{pods}, "service_cidr": services}
}

// reported is all that is said of the wrongConfigurations.
func reported() string {
	p := messages.Writer{Catalog: profile.Default()}
	var b strings.Builder
	for _, sin := range wrongConfigurations {
		given := map[string]any{"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"10.112.0.0/16"}}
		maps.Copy(given, sin.given)
		fmt.Fprintf(&b, "######## %s\n\n", sin.story)
		request, unread := readRequest(writtenAs(allocatorArguments(p.Catalog), given))
		found, _ := planAndReport(p, request, unread)
		b.WriteString(all(found))
	}
	return b.String() + reportsOfWrongBlocks() + reportsOfAudit()
}

// The whole report, the same in every run, whatever the order of maps.
func TestMessagesAreAsWritten(t *testing.T) {
	got := reported()
	for range 20 {
		if again := reported(); again != got {
			t.Fatalf("two runs differ:\n%s", cmp.Diff(got, again))
		}
	}
	wantWritten(t, golden, got)
}
