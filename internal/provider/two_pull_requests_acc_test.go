package provider_test

import (
	"regexp"
	"strings"
	"testing"
)

// Two pull requests that are planned on one state choose one range, each in its lock; the second one to be
// applied chooses anew, and its saved plan is refused.
func TestAccTwoPullRequests(t *testing.T) {
	t.Parallel()
	cluster := func(name string) string {
		return strings.ReplaceAll(shopCluster, "shop = {", name+" = {") + "\n"
	}
	w := newWorkspace(t, teamA(cluster("shop"), ""))
	w.run("apply", "-auto-approve")
	planned := func(clusters string) (lock, saved string) {
		w.config(teamA(clusters, ""))
		lock = lockIn(t, w.plans()[allocator].Change.After)
		return lock, read(t, w.dir+"/plan")
	}
	first, firstSaved := planned(cluster("shop") + cluster("first"))
	second, secondSaved := planned(cluster("shop") + cluster("second"))
	if !strings.Contains(first, "10.64.32.0/19") || strings.ReplaceAll(first, `"first"`, `"second"`) != second {
		t.Fatalf("two plans on one state have the locks\n%s\n%s", first, second)
	}
	w.file("plan", firstSaved)
	w.config(teamA(cluster("shop")+cluster("first"), ""))
	w.run("apply", "plan")
	if lock := lockIn(t, w.holds(allocator)); lock != first {
		t.Errorf("the plan has the lock\n%s\nand what is applied\n%s", first, lock)
	}
	w.file("plan", secondSaved)
	w.fails(regexp.MustCompile("Saved plan is stale"), "apply", "plan")
	if again, _ := planned(cluster("shop") + cluster("first") + cluster("second")); !strings.Contains(again, "10.64.64.0/19") ||
		!strings.Contains(again, "10.64.32.0/19") {
		t.Errorf("planned again the lock is\n%s", again)
	}
}
