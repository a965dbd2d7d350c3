package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// factsOfFile is the result of facts_of_state for a fixture of package cli or statefile, as text.
func factsOfFile(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", file))
	if err != nil {
		t.Fatal(err)
	}
	result, failed := newFactsOfStateFunction(clouds.Default).Call([]tftypes.Value{tftypes.NewValue(tftypes.String, string(text))})
	if failed != nil {
		t.Fatal(failed.Text)
	}
	return result.String()
}

func TestFactsOfAState(t *testing.T) {
	networks := factsOfFile(t, "cli/testdata/network.tfstate")
	clusters := factsOfFile(t, "cli/testdata/clusters.tfstate")
	for _, want := range []string{"192.168.0.0/18", "10.0.0.0/12", "main", "huaweicloud_vpc_route.lost"} {
		if !strings.Contains(networks, want) {
			t.Errorf("the networks lack %s: %s", want, networks)
		}
	}
	for _, want := range []string{"10.64.0.0/18", "172.22.0.0/20", "games"} {
		if !strings.Contains(clusters, want) {
			t.Errorf("the clusters lack %s: %s", want, clusters)
		}
	}
	if strings.Contains(networks+clusters, "S3CR3T") {
		t.Error("the facts have an attribute that is not to be read")
	}
}

// A text never changes, so that what a plan does not know would stay unknown: it is listed, and the rest is known.
func TestFactsOfAPlan(t *testing.T) {
	text, err := os.ReadFile("../statefile/testdata/huaweicloud.plan.json")
	if err != nil {
		t.Fatal(err)
	}
	result, failed := newFactsOfStateFunction(clouds.Default).Call([]tftypes.Value{tftypes.NewValue(tftypes.String, string(text))})
	if failed != nil {
		t.Fatal(failed.Text)
	}
	facts := values.AttributesOf(result)
	vpcs, unplaced := values.AttributesOf(facts["vpcs"]), values.AttributesOf(facts["unplaced"])
	if !result.IsFullyKnown() || len(vpcs) < 2 {
		t.Errorf("not all is known, or not the VPCs of the plan: %s", result)
	}
	if text := values.TextOf(unplaced["data.huaweicloud_vpcs.later"]); !strings.Contains(text, "read only during apply") {
		t.Errorf("the data source that is read during apply is not listed: %s", facts["unplaced"])
	}
}

func TestFactsOfAnotherText(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "The file is empty.",
		"resource \"a\" \"S3CR3T\" {\n}":        "This is a configuration (HCL), not a state.",
		`{"a": {"pod_cidrs": ["10.0.0.0/16"]}}`: "This is a lock of cidrplan.",
		`{"version": 5, "serial": 1}`:           "This is a state file of format 5.",
	} {
		_, failed := newFactsOfStateFunction(clouds.Default).Call([]tftypes.Value{tftypes.NewValue(tftypes.String, text)})
		if failed == nil || !strings.HasPrefix(failed.Text, want) || strings.Contains(failed.Text, "S3CR3T") ||
			*failed.FunctionArgument != 0 {
			t.Errorf("%q: %+v, want %s", text, failed, want)
		}
	}
}
