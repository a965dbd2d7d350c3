package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A version that cannot call functions of providers is refused when the provider is configured, with both minima. Of 1.7
// it is not known whether it is Terraform or OpenTofu.
func TestAVersionWithoutFunctionsIsRefused(t *testing.T) {
	schema, err := New("test")().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	config := schema.Provider.ValueType().(tftypes.Object)
	contents := map[string]tftypes.Value{}
	for name, typ := range config.AttributeTypes {
		contents[name] = tftypes.NewValue(typ, nil)
	}
	sent, err := tfprotov6.NewDynamicValue(config, tftypes.NewValue(config, contents))
	if err != nil {
		t.Fatal(err)
	}
	for version, refused := range map[string]bool{
		"1.0.0": true, "1.6.6": true, "1.6.0-beta1": true, "0.15.5": true, "1.5": true,
		"1.7.0": false, "1.8.0": false, "1.11.4": false, "1.12.6": false, "1.10.0-dev": false, "2.0.0": false, "": false, "dev": false,
		"1": false, "v1.2": false, "1.x": false,
	} {
		resp, err := New(
			"test",
		)().ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: version, Config: &sent})
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, d := range resp.Diagnostics {
			text += d.Summary + "\n" + d.Detail
		}
		if refused != (text != "") {
			t.Errorf("version %q: %q", version, text)
		}
		if refused &&
			(!strings.HasPrefix(text,
				"Terraform Is Too Old\nThis is version "+version+".") || !strings.Contains(text, "Terraform 1.8 or OpenTofu 1.7")) {
			t.Errorf("version %q: %q", version, text)
		}
	}
}
