package provider

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The guide on hub networks says what each kind of hub compares, as the data does.
func TestGuideOnHubsSaysWhatTheDataSays(t *testing.T) {
	page, err := os.ReadFile("../../templates/guides/hub-networks.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	words := map[profile.Compares]string{
		profile.WholeBlocks: "CIDR blocks of its members",
		profile.EachSubnet:  "subnets of its members",
		profile.Identical:   "identical CIDR blocks only",
	}
	catalog := profile.Default()
	for _, kind := range catalog.HubKinds() {
		hub := catalog.Hub(kind)
		for _, level := range append([]string{""}, hub.Levels()...) {
			joins, name := hub.At(level), fmt.Sprintf("%#q", kind)
			if _, own := hub.ProtectionLevels[level]; own {
				name += fmt.Sprintf(", `protection_level = %q`", level)
			}
			row := fmt.Sprintf("| %s | %s | %s |\n", name, hub.Title, words[joins.Compares])
			if !strings.Contains(string(page), row) {
				t.Errorf("the guide lacks %q", row)
			}
		}
	}
}
