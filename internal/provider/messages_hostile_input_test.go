package provider

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// forged is a text that a terminal would show as a message of its own.
const forged = "x)\n\nError: Forged\n\x1b[2J\u009b31m\u202e|`"

// poison puts forged into texts and keys of a value: into descriptions and labels always, elsewhere by
// chance.
func poison(chance func() bool, name string, f values.Field, v any) any {
	switch given := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(given)) {
			inner := values.Field{Shape: values.Text}
			switch f.Shape {
			case values.Object:
				inner = f.Fields[key]
			case values.Objects:
				inner = values.Field{Shape: values.Object, Fields: f.Fields}
			}
			as := key
			if f.Shape != values.Object && chance() {
				as = forged + key + strings.Repeat("y", 1_000)
			}
			out[as] = poison(chance, key, inner, given[key])
		}
		if _, described := f.Fields["description"]; f.Shape == values.Object && described {
			out["description"], out["labels"] = forged+strings.Repeat("z", 3_000), map[string]any{forged: forged}
		}
		return out
	case string:
		if f.Shape == values.Text && (name == "reason" || chance()) {
			return given + forged
		}
	case []string:
		list := slices.Clone(given)
		for i := range list {
			if chance() {
				list[i] += forged
			}
		}
		return list
	}
	return v
}

// wantHarmless checks a text that is shown: it has no control character but line feeds, no paragraph that was
// forged, and an end.
func wantHarmless(t *rapid.T, what, text string) {
	if strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), plain.Hidden) || strings.Contains(text, "\nError: Forged") {
		t.Fatalf("%s is %q", what, text)
	}
	if len(text) > 3*messages.MaxDetail {
		t.Fatalf("%s has %d bytes: %q", what, len(text), text[:1000])
	}
}

// oneIn is a chance that is drawn, from often to hardly ever.
func oneIn(t *rapid.T) func() bool {
	most := rapid.SampledFrom([]int{10, 100, 100_000}).Draw(t, "one in")
	source := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	return func() bool { return source.IntN(most) == 0 }
}

// full are arguments with something of everything, and with conflicts.
func full(sound map[string]any) map[string]any {
	given := maps.Clone(sound)
	if given["blocks"] == nil {
		maps.Copy(given, wrongConfigurations[0].given)
		given["accepted_conflicts"] = map[string]any{
			"pod_overlaps_route|10.20.0.0/20|onroute+prod:vpn": map[string]any{"reason": "why", "until": "2026-12-31"},
			"pod_overlaps_vpc|10.20.0.0/20|none":               map[string]any{"reason": "why"},
		}
		given["rule_levels"] = map[string]any{"pod_overlaps_vpc": "warn"}
	}
	given["foreign_claims"] = map[string]any{
		"pod": map[string]any{
			"owner":     "theirs",
			"kind":      "pod",
			"cidr":      "10.20.0.0/18",
			"network":   "prod",
			"allocator": "other",
			"profile":   "ack-flannel",
		},
		"block": map[string]any{"owner": "theirs", "kind": "block", "cidr": "10.64.0.0/12", "allocator": "blocks/other"},
	}
	return given
}

// Whatever texts and keys of a configuration hold, no message holds a control character, a paragraph that
// was forged or a hundred thousand characters: not for an allocator, blocks, the function or an audit.
func TestMessagesHoldNoHostileText(t *testing.T) {
	shown := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		strikes := oneIn(t)
		for _, of := range []struct {
			d     plannerKind
			p     messages.Writer
			given map[string]any
		}{
			{allocatorKind(profile.Default()), messages.Writer{Catalog: profile.Default()}, full(sound)},
			{blocksKind(profile.Default()), messages.Writer{Catalog: profile.Default(), OfBlocks: true}, full(soundBlocks)},
		} {
			given := poison(strikes, "", values.Field{Shape: values.Object, Fields: of.d.arguments}, of.given).(map[string]any)
			request, unread := of.d.read(writtenAs(of.d.arguments, given))
			found, _ := planAndReport(of.p, request, unread)
			for _, d := range diagnostics(found) {
				summary, _, _ := strings.Cut(d.Summary, " (") // without the name of whose it is
				shown[summary] = true
				shown["overlaps"] = shown["overlaps"] || strings.Contains(summary, "overlaps")
				wantHarmless(t, "a summary", d.Summary)
				wantHarmless(t, "a message", d.Detail)
			}
			for _, m := range messages.Safe(found) {
				wantHarmless(t, "an error of a function", messages.ErrorText([]messages.Message{m}))
			}
		}
	})
	if !shown["overlaps"] || !shown["Invalid Name"] || !shown["Accepted Conflict Does Not Exist"] {
		t.Errorf("too little is shown: %v", shown)
	}
}

// The same of an audit, whose texts are for reports.
func TestAuditsHoldNoHostileText(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	arguments := auditArguments(p.Catalog)
	rapid.Check(t, func(t *rapid.T) {
		strikes := oneIn(t)
		given := poison(strikes, "", values.Field{Shape: values.Object, Fields: arguments}, full(sound)).(map[string]any)
		config := mutatedObject(nil, arguments, given, never)
		request, _ := readRequest(values.AttributesOf(config))
		whatIf, _ := readWhatIf(values.AttributesOf(config))
		rows, _ := auditValue(p.AuditRows(allocate.Audit(request, whatIf, p.Catalog)))
		if len(rows) == 0 {
			t.Fatal("nothing was found")
		}
		for _, row := range rows {
			for name, value := range row.(map[string]any) {
				if text, is := value.(string); is {
					wantHarmless(t, name, text)
				}
			}
		}
	})
}
