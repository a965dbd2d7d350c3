package provider

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

var everyLevel = []profile.Level{profile.Allow, profile.Warn, profile.Error}

// Every rule that a finding can rest on, of every profile, platform and hub and at every level, is printed
// in the words of that level: an error is refused, a warning not recommended, and a note is not printed.
func TestTheWordsOfAFindingFollowTheLevelOfItsRule(t *testing.T) {
	p, printed := messages.Writer{Catalog: profile.Default()}, 0
	for _, code := range rules.Codes(p.Catalog) {
		_, findings, ok := planRuleStory(code)
		if !ok { // two networks of one name: no planner finds it
			continue
		}
		for _, basis := range rules.Bases(code, p.Catalog) {
			for _, level := range everyLevel {
				f := findings[0]
				f.Rule = basis.Rule
				f.Rule.Level = level
				checkWords(t, p, f)
				printed++
			}
		}
	}
	if printed < 500 {
		t.Errorf("only %d messages were read: the test no longer sees the rules", printed)
	}
}

func checkWords(t *testing.T, p messages.Writer, f conflict.Finding) {
	t.Helper()
	found, row := p.Report([]conflict.Finding{f}), auditRowOf(p, f)
	if f.Rule.Level == profile.Allow {
		if len(found) > 0 {
			t.Errorf("%s: a note is printed in a plan:\n%s", f.Code, all(found))
		}
		if row.Level != messages.Note || row.Consequence != "" || !strings.Contains(row.Text, "("+messages.Note+")") ||
			strings.Contains(row.Text, "To resolve") {
			t.Errorf("%s: an audit shows the note as %v:\n%s", f.Code, row.Level, row.Text)
		}
		return
	}
	if len(found) != 1 {
		t.Fatalf("%s at %s: %d messages", f.Code, f.Rule.Level, len(found))
	}
	m := found[0]
	if m.Warn != (f.Level() < profile.Error) {
		t.Errorf("%s at %s: is it a warning? %v", f.Code, f.Rule.Level, m.Warn)
	}
	if !strings.Contains(m.Detail, fmt.Sprintf("%s (%s)", f.Code, f.Rule.Level)) || row.Level != f.Rule.Level.String() {
		t.Errorf("%s at %s: the level is not named, or an audit says %v:\n%s", f.Code, f.Rule.Level, row.Level, m.Detail)
	}
	wantWords(t, f.Code, f.Rule, m)
}

// auditRowOf is the row of one finding in an audit.
func auditRowOf(p messages.Writer, f conflict.Finding) messages.AuditRow {
	rows := slices.Collect(maps.Values(p.AuditRows(allocate.AuditResult{Findings: []conflict.Finding{f}})))
	return rows[0]
}

// wantWords checks the words of a message without those of the rule itself.
func wantWords(t *testing.T, name string, r profile.Rule, m messages.Message) {
	t.Helper()
	own := strings.ToLower(m.Summary + "\n" + strings.Replace(m.Detail, r.Text, "", 1))
	own = own[:max(strings.Index(own, "\nrule:"), 0)]
	wrong := map[profile.Level][]string{profile.Warn: {"refuse", "not take", "not accept"}, profile.Error: {"advis", "recommend"}}[r.Level]
	for _, word := range wrong {
		if strings.Contains(own, word) {
			t.Errorf("%s at %s says %q:\n%s", name, r.Level, word, own)
		}
	}
	if len(own) < 20 {
		t.Errorf("%s at %s: nothing is left to read: %q", name, r.Level, own)
	}
}

// Rules on arguments of clusters are no findings. They are printed in the words of their level, too.
func TestTheWordsOnAnArgumentFollowTheLevelOfTheRule(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	for _, level := range everyLevel[1:] {
		rule := profile.Rule{Level: level, Text: "such clusters have no Pod range", Sources: []string{"routing"}}
		for _, problem := range []any{
			topology.Refused{
				Kind:       topology.PodRangeValue,
				Value:      "10.0.0.0/16",
				BrokenRule: profile.BrokenRule{Code: "pod_cidr_with_pod_subnets", Rule: rule},
			},
			topology.TooMany{Of: topology.ListedRanges, Count: 6, Max: 5, Rule: rule},
		} {
			m := p.FaultMessages([]topology.Fault{{Problem: problem, Warn: level < profile.Error}})[0]
			wantWords(t, fmt.Sprintf("%T", problem), rule, m)
		}
	}
}

// A rule's own text, which is shown beside its level, does not contradict it.
func TestTheTextOfARuleFitsItsLevel(t *testing.T) {
	catalog, read := profile.Default(), 0
	wrong := map[profile.Level][]string{profile.Error: {"advis", "recommend", "should not"}, profile.Allow: {"must not", "refuse"}}
	check := func(at string, v any) {
		for at, rule := range rulesIn(reflect.ValueOf(v), at) {
			read++
			for _, word := range wrong[rule.Level] {
				if strings.Contains(rule.Text, word) {
					t.Errorf("%s is at level %s and says %q", at, rule.Level, rule.Text)
				}
			}
		}
	}
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		check(name, *p)
	}
	for _, platform := range catalog.Platforms() {
		check(platform, catalog.Platform(platform))
	}
	if read < 300 {
		t.Errorf("only %d rules were read: the test no longer sees them", read)
	}
}

// kube-apiserver accepts an IPv6 Service range of /108, and the Service allocator uses a /112 of it: a note.
func TestAPlanSaysNothingOfWhatAPlatformAllows(t *testing.T) {
	given := dual(given{"service_ipv6_cidr": "fd11::/108"})
	found, findings := planStory(given)
	if len(found) != 0 {
		t.Errorf("the plan says\n%s", all(found))
	}
	p := messages.Writer{Catalog: profile.Default()}
	if len(findings) != 1 || auditRowOf(p, findings[0]).Level != messages.Note || findings[0].Code != "service6_prefix_out_of_range" {
		t.Errorf("an audit would show %+v", findings)
	}
	found, _ = planStory(with(given, "rule_levels", map[string]any{"service6_prefix_out_of_range": "error"}))
	if len(found) != 1 || found[0].Warn || !strings.Contains(found[0].Detail, "(note, set to error by rule_levels)") {
		t.Errorf("with rule_levels the plan says\n%s", all(found))
	}
}

// rulesIn are all rules inside a value of the data, by place.
func rulesIn(v reflect.Value, at string) map[string]profile.Rule {
	rules := map[string]profile.Rule{}
	into := func(v reflect.Value, at string) {
		for at, rule := range rulesIn(v, at) {
			rules[at] = rule
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		if rule, ok := v.Interface().(profile.Rule); ok {
			if rule.Text != "" {
				rules[at] = rule
			}
			return rules
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				into(v.Field(i), at+"."+v.Type().Field(i).Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			into(v.Index(i), fmt.Sprintf("%s[%d]", at, i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			into(v.MapIndex(key), fmt.Sprintf("%s[%v]", at, key))
		}
	}
	return rules
}
