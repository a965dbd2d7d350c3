package provider_test

import "testing"

// A name in reclaim acts once; where it does nothing, the plan says why.
func TestAccReclaimActsOnce(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data))
	w.run("apply", "-auto-approve")
	edits := func(config string, stays bool, texts ...string) {
		t.Helper()
		w.config(config)
		reported := titled(w.applyReports(), "Nothing to Reclaim")
		if len(texts) == 0 && len(reported) > 0 ||
			len(texts) > 0 && (len(reported) != 1 || !allOf(texts...).MatchString(reported[0].String())) {
			t.Errorf("reported %s, want %q", reported, texts)
		}
		w.recorder.plansNothing(t)
		if released, _ := w.holds(allocator)["released"].(map[string]any); (released["shop"] != nil) != stays {
			t.Errorf("released are %v", released)
		}
	}
	gone := `reclaim = ["shop"]`
	edits(
		network(data, gone), true, `"shop" has no released ranges`, "Names with released ranges: none", `Remove "shop" from reclaim`,
	) // not what the same plan releases
	edits(network(data+next, gone), true, `"shop" was already in reclaim`, `and apply. Then add "shop" to reclaim`)
	edits(network(data), true)
	edits(
		network(data, `reclaim = ["shp"]`),
		true,
		`"shp" has no released ranges. Did you mean "shop"? Names with released ranges:`,
		"shop",
	)
	edits(network(data, gone), false)
	edits(network(data, gone), false)
	edits(network(shop+data, gone), false)
	edits(network(data, gone), true)
	edits(network(data, `reclaim = ["*"]`), true) // what is free goes first
	edits(network(data), true)
	edits(network(data, gone), false)
	w.run("plan", "-detailed-exitcode")
}
