package provider_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// subnetted is a use of the module vpc-subnets; more is put into it.
func subnetted(zones string, more ...string) string {
	return `
module "subnets" {
  source    = "./vpc-subnets"
  name      = "prod"
  supernets = ["10.4.0.0/16"]
  zones     = [` + zones + `]
  ` + strings.Join(more, "\n  ") + `
}
resource "terraform_data" "vswitch" {
  for_each         = module.subnets.subnets
  input            = each.value
  triggers_replace = each.value
}
output "subnets" {
  value = module.subnets.cidrs
}
output "locks" {
  value = module.subnets.locks
}
`
}

func subnetsWorkspace(t *testing.T, config string) *workspace {
	t.Helper()
	w := newWorkspace(t, config)
	if err := os.CopyFS(filepath.Join(w.dir, "vpc-subnets"), os.DirFS(filepath.Join(repository, published, "vpc-subnets"))); err != nil {
		t.Fatal(err)
	}
	w.modules()
	return w
}

// shown is the map that an output has in the state.
func shown(w *workspace, name string) (value map[string]string) {
	w.t.Helper()
	if err := json.Unmarshal([]byte(w.output(name)), &value); err != nil {
		w.t.Fatal(err)
	}
	return value
}

// The module's subnets are literal at once, and no zone that comes or goes moves one of another.
func TestAccVPCSubnetsModule(t *testing.T) {
	t.Parallel()
	w := subnetsWorkspace(t, subnetted(`"h", "i"`, `platform = "alicloud"`))
	if unknown := w.unknownInputs(); len(unknown) > 0 {
		t.Fatalf("the first plan leaves unknown: %v", unknown)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	first := shown(w, "subnets")
	want := map[string]string{
		"pod/h": "10.4.0.0/19", "pod/i": "10.4.32.0/19", "node/h": "10.4.128.0/22", "node/i": "10.4.132.0/22",
		"database/h": "10.4.144.0/24", "database/i": "10.4.145.0/24", "load-balancer/h": "10.4.148.0/24",
		"load-balancer/i": "10.4.149.0/24",
	}
	if !maps.Equal(first, want) {
		t.Errorf("subnets = %v, want %v", first, want)
	}

	edits := func(config string, want map[string]string) {
		t.Helper()
		w.config(config)
		got := map[string]string{}
		for address, p := range w.plans() {
			if action := strings.Join(p.Change.Actions, ","); strings.HasPrefix(address, "terraform_data.") && action != "no-op" {
				got[strings.TrimSuffix(strings.TrimPrefix(address, `terraform_data.vswitch["`), `"]`)] = action
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("the plan does %v, want %v", got, want)
		}
		w.run("apply", "plan")
		w.recorder.plansNothing(t)
	}
	each := func(action string, zones ...string) map[string]string {
		all := map[string]string{}
		for _, zone := range zones {
			for _, kind := range []string{"pod", "node", "database", "load-balancer"} {
				all[kind+"/"+zone] = action
			}
		}
		return all
	}
	edits(subnetted(`"a", "h", "i"`, `platform = "alicloud"`), each("create", "a"))
	edits(subnetted(`"i", "h"`, `platform = "alicloud"`), each("delete", "a"))
	edits(
		subnetted(`"b", "a", "i", "h"`, `platform = "alicloud"`),
		merged(each("create", "a"), each("create", "b")),
	) // all that max_zones keeps room for
	w.run("plan", "-detailed-exitcode")
	four := shown(w, "subnets")
	for name, held := range first {
		if four[name] != held {
			t.Errorf("%s moved from %s to %s", name, held, four[name])
		}
	}
	w.config(subnetted(`"b", "a", "i", "h", "j"`, `platform = "alicloud"`))
	w.fails(allOf("No Free Range", `"j"`), "plan")

	// The locks restore a state that was lost, in whatever order the zones are given.
	locks, err := json.Marshal(shown(w, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	lost := subnetsWorkspace(t, subnetted(`"h", "b", "a", "i"`, `platform = "alicloud"`, `locks = jsondecode(file("locks.json"))`))
	lost.file("locks.json", string(locks))
	lost.run("apply", "-auto-approve")
	if restored := shown(lost, "subnets"); !reflect.DeepEqual(restored, four) {
		t.Errorf("restored %v, want %v", restored, four)
	}
}

// Sizes are what can be used on the platform, and a kind that gives both or none is refused.
func TestAccVPCSubnetsModuleSizes(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{`{}`, `{ addresses = 1, prefix_length = 24 }`} {
		subnetsWorkspace(
			t,
			subnetted(`"h"`, `sizes = { node = `+wrong+` }`),
		).fails(allOf("Each kind gives either addresses or prefix_length"), "plan")
	}
	for input, text := range map[string]string{
		`sizes = { kinds = { prefix_length = 24 } }`: "No kind is named kinds",
		`max_zones = 0`:            "There is at least one zone",
		`locks = { nodes = "{}" }`: "locks has a kind that sizes has not",
	} {
		subnetsWorkspace(t, subnetted(`"h"`, input)).fails(allOf(text), "plan")
	}
	w := subnetsWorkspace(t, subnetted(`"h", "i", "j"`, `platform = "huaweicloud"`, `max_zones = 3`,
		`sizes = { node = { addresses = 251 }, big = { addresses = 252 }, tiny = { addresses = 1 }, exact = { prefix_length = 25 } }`,
		`reserved = { old = { cidr = "10.4.0.0/24", description = "built by hand" } }`))
	w.run("apply", "-auto-approve")
	got := shown(w, "subnets")
	lengths := map[string]string{"node": "/24", "big": "/23", "exact": "/25"}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		kind, _, _ := strings.Cut(name, "/")
		if want := lengths[kind]; want != "" && !strings.HasSuffix(got[name], want) || strings.HasPrefix(got[name], "10.4.0.") {
			t.Errorf("%s has %s, want a %s", name, got[name], want)
		}
	}
	if len(got) != 12 {
		t.Errorf("subnets = %v", got)
	}
}

// Zones beyond those that were kept room for are a second use of the module, around the first one; both report
// their claims, in which no two blocks meet.
func TestAccVPCSubnetsModuleTwice(t *testing.T) {
	t.Parallel()
	w := subnetsWorkspace(t, subnetted(`"h"`, `max_zones = 1`)+`
module "more" {
  source    = "./vpc-subnets"
  name      = "prod-more"
  supernets = ["10.4.0.0/16"]
  zones     = ["k"]
  reserved  = { for kind, cidr in module.subnets.kinds : kind => { cidr = cidr } }
}
output "register" {
  value = provider::cidrplan::render(merge(
    { for key, claim in module.subnets.claims : "first/${key}" => claim },
    { for key, claim in module.more.claims : "more/${key}" => claim },
  ), "csv")
}
`)
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	register := w.run("output", "-raw", "register")
	total := 0
	for _, line := range strings.Split(strings.TrimSpace(register), "\n")[1:] {
		addresses, err := strconv.Atoi(strings.Split(line, ",")[2])
		if err != nil {
			t.Fatal(err)
		}
		total += addresses
	}
	if total != 1<<16 {
		t.Errorf("the rows have %d addresses of %d:\n%s", total, 1<<16, register)
	}
	for _, row := range []string{"block,h,,,blocks/prod/node", "block,k,,,blocks/prod-more/node"} {
		if !strings.Contains(register, row) {
			t.Errorf("no row %q in\n%s", row, register)
		}
	}
}
