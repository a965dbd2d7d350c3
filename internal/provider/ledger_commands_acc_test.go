package provider_test

import (
	"strings"
	"testing"
)

// What each command of Terraform leaves in the ledger. The workspace has applied web, and its configuration has data as well.
func TestAccLedgerCommands(t *testing.T) {
	t.Parallel()
	applied := []string{webPods, webServices}
	both := []string{webPods, dataPods, webServices, dataServices}
	held := func(entries ...string) []string {
		var all []string
		for _, e := range entries {
			all = append(all, strings.Replace(e, "claim", "hold", 1))
		}
		return all
	}
	planned := []string{webPods, held(dataPods)[0], webServices, held(dataServices)[0]}
	const dependent = "terraform_data.data"
	for name, test := range map[string]struct {
		commands []string
		// refused is what the last command is refused with.
		refused string
		want    []string
	}{
		"validate":                       {[]string{"validate"}, "", applied},
		"plan":                           {[]string{"plan"}, "", planned},
		"plan -refresh=false":            {[]string{"plan -refresh=false"}, "", planned},
		"apply":                          {[]string{"apply -auto-approve"}, "", both},
		"apply of a saved plan":          {[]string{"plan -out=plan", "apply plan"}, "", both},
		"plan -refresh-only":             {[]string{"plan -refresh-only"}, "", applied},
		"apply -refresh-only":            {[]string{"apply -refresh-only -auto-approve"}, "", applied},
		"refresh":                        {[]string{"refresh"}, "", planned}, // Terraform plans for it
		"plan -target of a dependent":    {[]string{"plan -target=" + dependent}, "", planned},
		"apply -target of a dependent":   {[]string{"apply -auto-approve -target=" + dependent}, "", both},
		"plan -target of something else": {[]string{"plan -target=terraform_data.other"}, "", applied},
		"plan -replace":                  {[]string{"plan -replace=" + allocator}, "Allocator Cannot Be Replaced", planned},
		"apply -replace": {
			[]string{"apply -auto-approve -replace=" + allocator}, "Allocator Cannot Be Replaced", planned,
		},
		"plan -destroy":                    {[]string{"plan -destroy"}, "", planned},
		"destroy":                          {[]string{"destroy -auto-approve"}, "", held(both...)},
		"destroy -refresh=false":           {[]string{"destroy -auto-approve -refresh=false"}, "", held(applied...)},
		"destroy, then apply again":        {[]string{"destroy -auto-approve", "apply -auto-approve"}, "", both},
		"apply of a saved plan of destroy": {[]string{"plan -destroy -out=plan", "apply plan"}, "", held(both...)},
	} {
		t.Run(name, func(t *testing.T) {
			d := newLedger(t)
			w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
			w.run("apply", "-auto-approve")
			w.config(sharing(d, "shop/prod", planning(needing("web")+needing("data"))+`
resource "terraform_data" "data" { input = cidrplan_allocator.k8s.allocations["data"].pod_cidr }
resource "terraform_data" "other" {}
`))
			for i, command := range test.commands {
				out, err := w.exec(strings.Fields(command)...)
				if refused := i == len(test.commands)-1 && test.refused != ""; (err != nil) != refused {
					t.Fatalf("%s: %v\n%s", command, err, out)
				} else if refused && !strings.Contains(out, test.refused) {
					t.Fatalf("%s is refused with\n%s", command, out)
				}
			}
			wantEntries(t, d, "shop/prod", "k8s", test.want...)
		})
	}
}
