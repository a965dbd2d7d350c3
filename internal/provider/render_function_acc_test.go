package provider_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// rendered is a configuration with one output, a call of render.
func rendered(arguments string) string {
	return header + `
resource "terraform_data" "unknown" {
  input = "10.64.0.0/17"
}

locals {
  claims = {
    all  = { owner = "k8s", kind = "supernet", cidr = "10.64.0.0/16", allocator = "k8s" }
    shop = { owner = "shop", kind = "pod", cidr = "10.64.0.0/17", labels = { team = "web" } }
  }
}

output "register" {
  value = provider::cidrplan::render(` + arguments + `)
}
`
}

func TestAccRenderIsKnownAtPlan(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`local.claims, "csv"`: "vrf,cidr,addresses,kind,owner,network,hubs,allocator,profile,description,labels\n" +
			",10.64.0.0/17,32768,pod,shop,,,,,,team=web\n,10.64.128.0/17,32768,free,k8s,,,k8s,,,\n",
		`local.claims, "csv", "zh"`: "\ufeffVRF,网段,地址数,用途,归属,网络,互联,分配器,模式,说明,标签\n" +
			",10.64.0.0/17,32768,Pod,shop,,,,,,team=web\n,10.64.128.0/17,32768,空闲,k8s,,,k8s,,,\n",
		`{}, "netbox"`:       "prefix,vrf,status,role,site,tenant,description\n",
		`{}, "netbox-scope"`: "prefix,vrf,status,role,scope_type,scope_name,tenant,description\n",
		`{}, "json", "en"`:   "[]\n",
	} {
		acceptance(t, resource.TestStep{
			Config: rendered(arguments),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectKnownOutputValue("register", knownvalue.StringExact(want))},
			},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("register", knownvalue.StringExact(want))},
		})
	}
}

func TestAccRenderWaitsForWhatIsKnownAfterApply(t *testing.T) {
	t.Parallel()
	acceptance(t, resource.TestStep{
		Config:           rendered(`{ shop = { owner = "shop", kind = "pod", cidr = terraform_data.unknown.output } }, "csv"`),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownOutputValue("register")}},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue(
				"register",
				knownvalue.StringExact(
					"vrf,cidr,addresses,kind,owner,network,hubs,allocator,profile,description,labels\n,10.64.0.0/17,32768,pod,shop,,,,,,\n",
				),
			),
		},
	})
}

func TestAccRenderRefuses(t *testing.T) {
	t.Parallel()
	for arguments, texts := range map[string][]string{
		`local.claims, "markdwn"`: {
			`format = "markdwn" is not one of markdown, csv, netbox, netbox-scope, json, svg, html, text. Did you mean "markdown"?`,
		},
		`local.claims, "csv", "cn"`: {`language = "cn" is not one of en, zh. ` +
			`Chinese is "zh"`},
		`local.claims, "csv", "zh", "en"`:                                         {"one language is enough"},
		`{ shop = { owner = "shop", cidr = "10.64.0.1/17" } }, "csv"`:             {`claims["shop"].cidr`, "did you mean"},
		`{ shop = { cidr = "10.64.0.0/17" } }, "csv"`:                             {`claims["shop"].owner is required`},
		`{ shop = { owner = "shop", cidr = "10.64.0.0/17", note = "x" } }, "csv"`: {`There is no argument named "note"`},
		`["10.64.0.0/17"], "csv"`: {
			"the argument is a list. Expected a cidrplan_allocator", "or a map of claims",
		},
		`null, "csv"`: {"argument must not be null"},
	} {
		acceptance(t, refused(rendered(arguments)[len(header):], texts...))
	}
}

// The register of the main example is the one that its network team would keep by hand, and its map the one that README shows.
func TestAccRegisterOfTheMainExample(t *testing.T) {
	t.Parallel()
	w := exampleWorkspace(t, "examples/scenarios/main")
	w.file("register.tf", `
output "register" {
  value = {
    for format in ["csv", "markdown", "netbox", "netbox-scope", "json"] :
    format => provider::cidrplan::render(cidrplan_allocator.k8s, format)
  }
}
output "register_zh" {
  value = { csv = provider::cidrplan::render(provider::cidrplan::claims(cidrplan_allocator.k8s), "csv", "zh") }
}
output "map" {
  value = { for format in ["svg", "text"] : format => provider::cidrplan::render(cidrplan_allocator.k8s, format) }
}
`)
	w.run("apply", "-auto-approve")
	wantRegister(t, w, w.output("register"))
	for output, prefix := range map[string]string{"register": "main.", "register_zh": "main.zh.", "map": "main."} {
		var got map[string]string
		if err := json.Unmarshal([]byte(w.output(output)), &got); err != nil {
			t.Fatal(err)
		}
		for format, text := range got {
			file := filepath.Join("testdata", "register", prefix+format)
			if format == "svg" {
				file = filepath.Join("..", "..", "examples", "scenarios", "main", "address-map.svg")
			}
			if os.Getenv("CIDRPLAN_UPDATE") != "" {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(read(t, file), text); diff != "" {
				t.Errorf("differs from %s (-want +got):\n%s", file, diff)
			}
		}
	}
}

// wantRegister wants of a register in CSV a row for each range that the state holds, no other in use, and all
// other addresses of the supernets free.
func wantRegister(t *testing.T, w *workspace, registers string) {
	t.Helper()
	var all map[string]string
	if err := json.Unmarshal([]byte(registers), &all); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(all["csv"], "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	held := w.holds(allocator)
	var supernets []netip.Prefix
	for _, list := range []string{"supernets", "service_supernets"} {
		for _, text := range held[list].([]any) {
			supernets = append(supernets, netip.MustParsePrefix(text.(string)))
		}
	}
	wanted, found := map[string]bool{}, map[string]bool{}
	for name, one := range held["allocations"].(map[string]any) {
		for _, text := range rangesOf(one) {
			wanted[fmt.Sprint(name, " ", text)] = true
		}
	}
	left := 0
	for _, supernet := range supernets {
		left += 1 << (32 - supernet.Bits())
	}
	for _, row := range rows[1:] { // vrf, cidr, addresses, kind, owner
		r := netip.MustParsePrefix(row[1])
		if row[3] == "pod" || row[3] == "service" {
			found[row[4]+" "+row[1]] = true
		}
		if slices.ContainsFunc(supernets, r.Overlaps) {
			left -= 1 << (32 - r.Bits())
		}
		if row[2] != fmt.Sprint(1<<(32-r.Bits())) {
			t.Errorf("%s is said to have %s addresses", row[1], row[2])
		}
	}
	if !maps.Equal(found, wanted) || len(wanted) == 0 {
		t.Errorf("the register has %v in use, and the state %v", found, wanted)
	}
	if left != 0 {
		t.Errorf("%d addresses of %v are in no row, or in two", left, supernets)
	}
}
