package cli

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
)

// shopState writes a state in which the allocator k8s has Pod ranges by cluster, and returns OWNER=FILE of it. The ledger
// knows its token.
func shopState(t *testing.T, serial int, pods map[string]string) string {
	t.Helper()
	return stateWithToken(t, secret, serial, pods)
}

func stateWithToken(t *testing.T, token string, serial int, pods map[string]string) string {
	t.Helper()
	private, err := json.Marshal(map[string][]byte{statefile.LedgerTokenKey: []byte(token)})
	if err != nil {
		t.Fatal(err)
	}
	allocations := map[string]any{}
	for cluster, cidr := range pods {
		allocations[cluster] = map[string]any{"pod_cidrs": []string{cidr}}
	}
	attributes := map[string]any{"name": "k8s", "supernets": []string{"10.64.0.0/10"}, "allocations": allocations}
	if serial > 0 {
		attributes["ledger_serial"] = serial
	}
	text, err := json.Marshal(attributes)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "shop.tfstate")
	state := fmt.Sprintf(`{"version": 4, "serial": 1, "resources": [{"mode": "managed", "type": "cidrplan_allocator", "name": "k8s",
		"instances": [{"attributes": %s, "private": %q}]}]}`, text, base64.StdEncoding.EncodeToString(private))
	if err := os.WriteFile(file, []byte(state), 0o600); err != nil {
		t.Fatal(err)
	}
	return "shop/prod=" + file
}

// claimed is a ledger in which the shop has a claim and a hold, and the bank a claim.
func claimed(t *testing.T) *ledgertest.Database {
	t.Helper()
	d := ledgertest.New(t)
	claim(t, d, shop, entry("pod", "web", "10.64.0.0/20"))
	hold(t, d, shop, entry("pod", "web", "10.64.0.0/20"), entry("pod", "api", "10.64.16.0/20"))
	claim(t, d, bank, entry("pod", "vault", "10.80.0.0/20"))
	return d
}

func TestVerifyComparesTheLedgerWithStates(t *testing.T) {
	d := claimed(t)
	for name, test := range map[string]struct {
		serial int
		pods   map[string]string
		args   []string
		exit   int
		want   []string
	}{
		"the same": {1, map[string]string{"web": "10.64.0.0/20"}, nil, OK, []string{"1 planner without differences, 0 with differences."}},
		"a range that only the state has": {
			1, map[string]string{"web": "10.64.0.0/20", "new": "10.65.0.0/20"}, nil, Conflicts,
			[]string{
				`Pod range 10.65.0.0/20 of "new" is in the state and not in the ledger`,
				"0 planners without differences, 1 with differences.", "Plan and apply the workspace",
			},
		},
		"a range that is only held": {
			1, map[string]string{"web": "10.64.0.0/20", "api": "10.64.16.0/20"}, nil, Conflicts,
			[]string{`Pod range 10.64.16.0/20 of "api" of the state is only held in the ledger`},
		},
		"a range that only the ledger has": {
			1, nil, nil, Conflicts, []string{`Pod range 10.64.0.0/20 of "web" is in the ledger and not in the state`},
		},
		"a range of another owner": {
			1, map[string]string{"web": "10.64.0.0/20", "new": "10.80.0.0/21"}, nil, Conflicts,
			[]string{`overlaps Pod range 10.80.0.0/20 of "vault" of allocator "k8s" of owner "bank/prod"`, "let one of them renumber"},
		},
		"an older state": {
			3, map[string]string{"web": "10.64.0.0/20"}, nil, Conflicts,
			[]string{"The state has serial 3, the ledger 1.", "cidrplan_allocator.k8s (", "shop.tfstate"},
		},
		"all owners": {
			1, map[string]string{"web": "10.64.0.0/20"}, []string{"--all"}, Conflicts,
			[]string{
				`owner "bank/prod", which no given state has`, `release --owner bank/prod --planner k8s --schema 'Ledger`,
				"1 planner without differences, 1 with differences.",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{shopState(t, test.serial, test.pods)}, test.args...)
			step{"verify", args, test.exit, test.want}.run(t, d)
			two := strings.Contains(onLedger(t, d, "verify", args...).out, "Two owners use the same addresses")
			if two != (name == "a range of another owner") {
				t.Errorf("two owners use the same addresses: %t", two)
			}
		})
	}
}

// The ranges of a misspelled owner are those of another one, who need not renumber.
func TestVerifyOfAnOwnerThatTheLedgerDoesNotHave(t *testing.T) {
	d := claimed(t)
	_, file, _ := strings.Cut(shopState(t, 1, map[string]string{"web": "10.64.0.0/20"}), "=")
	step{"verify", []string{"shop/prd=" + file}, Conflicts, []string{
		`The ledger has no owner "shop/prd". Did you mean "shop/prod"? The ledger has bank/prod, shop/prod.`,
		"OWNER must be ledger.owner of the provider in that workspace.",
	}}.run(t, d)
	if text := onLedger(t, d, "verify", "shop/prd="+file).out; strings.Contains(text, "renumber") {
		t.Errorf("advice for two owners:\n%s", text)
	}
}

func TestVerifyOfACopyOfAState(t *testing.T) {
	d := claimed(t)
	pods := map[string]string{"web": "10.64.0.0/20"}
	another := "The last apply in the ledger was of another state."
	step{"verify", []string{stateWithToken(t, "another", 1, pods)}, Conflicts, []string{another, "1 with differences"}}.run(t, d)
	for _, token := range []string{"", secret} {
		step{"verify", []string{stateWithToken(t, token, 1, pods)}, OK, []string{"1 planner without differences"}}.run(t, d)
	}
}

func TestVerifyOfAStateWithoutLedger(t *testing.T) {
	d := ledgertest.New(t)
	args := []string{shopState(t, 0, map[string]string{"web": "10.64.0.0/20"})}
	step{"verify", args, Conflicts, []string{"The state does not use the ledger.", `"web" is in the state and not in the ledger`}}.run(t, d)
}

func TestVerifyReportsPlannersThatTheStateHasLost(t *testing.T) {
	d := claimed(t)
	file := filepath.Join(t.TempDir(), "empty.tfstate")
	if err := os.WriteFile(file, []byte(`{"version": 4, "serial": 9, "resources": []}`), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := []string{`owner "shop/prod", which no given state has`, "10.64.0.0/20"}
	step{"verify", []string{"shop/prod=" + file}, Conflicts, gone}.run(t, d)
	step{"verify", []string{"other=" + file}, OK, []string{"Neither the states nor the ledger have planners"}}.run(t, d)
}

func TestVerifyAsJSON(t *testing.T) {
	d := claimed(t)
	r := onLedger(t, d, "verify", "--format", "json", shopState(t, 1, map[string]string{"new": "10.65.0.0/20"}))
	var got verification
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.exit != Conflicts {
		t.Fatalf("%v, exit code %d\n%s", err, r.exit, r.out)
	}
	p := got.Planners[0]
	if len(got.Planners) != 1 || p.Planner != shop || p.Address != "cidrplan_allocator.k8s" || p.StateSerial != 1 || p.LedgerSerial != 1 {
		t.Errorf("%+v", got)
	}
	var kinds []string
	for _, d := range p.Differences {
		kinds = append(kinds, d.Range+" "+d.Cluster+": "+string(d.Kind))
	}
	want := "10.64.0.0/20 web: " + string(ledger.NotInState) + ", 10.65.0.0/20 new: " + string(ledger.NotInLedger)
	if joined := strings.Join(kinds, ", "); joined != want {
		t.Errorf("got %s, want %s", joined, want)
	}
}
