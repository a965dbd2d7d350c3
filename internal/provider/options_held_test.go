package provider

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// heldBy is a configuration whose ranges are held as a first plan of before allocates them.
func heldBy(t *testing.T, before, now given) allocate.Request {
	t.Helper()
	read := func(g given) allocate.Request {
		whole := given{"name": "k8s", "supernets": []string{"10.64.0.0/12"}, "service_supernets": []string{"172.20.0.0/14"}}
		maps.Copy(whole, g)
		r, unread := readRequest(writtenAs(allocatorArguments(profile.Default()), whole))
		if len(unread) > 0 {
			t.Fatalf("cannot be read: %v", unread)
		}
		return r
	}
	was, r := read(before), read(now)
	result := allocate.Plan(was, profile.Default())
	if result.Failed() {
		t.Fatalf("the first plan fails: %v", result.Faults)
	}
	r.Prior = &allocate.Prior{Facts: was.Facts, Allocations: result.Allocations, Released: result.Released, Renumber: was.Renumber}
	return r
}

// fleet are clusters of one VPC with more said of the VPC.
func fleet(clusters int, more given) given {
	all := given{}
	for i := range clusters {
		all[fmt.Sprintf("c%02d", i)] = given{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(10), "max_services": int64(100)}
	}
	return ali(more, all)
}

// A route over ten clusters that hold their ranges is resolved by moving all ten. What is printed is pasted.
func TestRenumberAsPrintedMovesAllThatHaveTo(t *testing.T) {
	const clusters = 10
	r := heldBy(t, fleet(clusters, nil), fleet(clusters, routed("10.64.0.0/14")))
	r.Prior.Renumber = map[string]string{"c03": "2027-7"}
	p := messages.Writer{Catalog: profile.Default()}
	found, _ := planAndReport(p, r, nil)
	printed := regexp.MustCompile(`renumber = \{ (.*) \}`).FindStringSubmatch(all(found))
	if len(found) != 1 || printed == nil {
		t.Fatalf("reported:\n%s", all(found))
	}
	r.Renumber = map[string]string{}
	for _, entry := range strings.Split(printed[1], ", ") {
		name, token, _ := strings.Cut(entry, " = ")
		r.Renumber[strings.Trim(name, `"`)] = strings.Trim(token, `"`)
	}
	if len(r.Renumber) != clusters || r.Renumber["c00"] != "1" || r.Renumber["c03"] != "2027-8" {
		t.Errorf("the tokens are %v", r.Renumber)
	}
	result := allocate.Plan(r, p.Catalog)
	if result.Failed() || len(result.Findings) > 0 {
		t.Fatalf("with the tokens of the message the plan fails: %v %v", result.Faults, result.Findings)
	}
	for name, was := range r.Prior.Allocations {
		if result.Allocations[name].Pods[0] == was.Pods[0] {
			t.Errorf("cluster %s stays at %s", name, was.Pods[0])
		}
	}
	next := r
	next.Prior = &allocate.Prior{Facts: r.Facts, Allocations: result.Allocations, Released: result.Released, Renumber: r.Renumber}
	if again := allocate.Plan(next, p.Catalog); again.Failed() || len(again.Findings) > 0 {
		t.Errorf("the next plan fails: %v %v", again.Faults, again.Findings)
	}
	if strings.Contains(all(found), "build a second") {
		t.Errorf("a second cluster resolves nothing:\n%s", all(found))
	}
}

// Of two workspaces that hold overlapping ranges exactly one is to move, and both messages say which.
func TestOneOfTwoWorkspacesIsToMove(t *testing.T) {
	other := func(name string) given {
		return given{
			"other": given{
				"owner":     "data",
				"kind":      "pod",
				"cidr":      "10.64.0.0/12",
				"network":   "prod",
				"profile":   "ack-flannel",
				"allocator": name,
			},
		}
	}
	for name, here := range map[string]bool{"a-team": true, "z-team": false} {
		r := heldBy(t, fleet(1, nil), having(fleet(1, nil), "foreign_claims", other(name)))
		found, _ := planAndReport(messages.Writer{Catalog: profile.Default()}, r, nil)
		text := all(found)
		if moves := strings.Contains(text, "renumber = {"); moves != here {
			t.Errorf("beside %s: renumber is advised: %t, want %t\n%s", name, moves, here, text)
		}
		if there := strings.Contains(text, "Move the other range"); there == here {
			t.Errorf("beside %s: the other one is to move: %t\n%s", name, there, text)
		}
	}
}
