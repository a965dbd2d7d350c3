package profile_test

import (
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// shippedRules are all rules of the shipped data by their place, wherever the types hold one.
func shippedRules() map[string]profile.Rule {
	c, rules := profile.Default(), map[string]profile.Rule{}
	for _, name := range c.Names() {
		p, _ := c.Profile(name)
		gatherRules(name, reflect.ValueOf(*p), rules)
	}
	for _, name := range c.Platforms() {
		gatherRules(name, reflect.ValueOf(c.Platform(name)), rules)
	}
	return rules
}

func gatherRules(where string, v reflect.Value, rules map[string]profile.Rule) {
	switch v.Kind() {
	case reflect.Struct:
		if rule, ok := v.Interface().(profile.Rule); ok {
			if rule.Confidence != "" {
				rules[where] = rule
			}
			return
		}
		if _, leaf := v.Interface().(netip.Prefix); leaf {
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.Anonymous {
				gatherRules(where, v.Field(i), rules)
			} else {
				gatherRules(where+" "+field.Name, v.Field(i), rules)
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			gatherRules(fmt.Sprint(where, " ", key), v.MapIndex(key), rules)
		}
	case reflect.Slice:
		for i := range v.Len() {
			gatherRules(fmt.Sprint(where, " ", i), v.Index(i), rules)
		}
	}
}

// properNames are the words that a text may start with although it is no start of a sentence: terms of the field, names of network
// plug-ins and of what runs beside a platform, and the words of the titles of platforms and profiles.
func properNames() []string {
	names := []string{"Calico", "Cloud", "Docker", "Pod", "Pods", "Service", "VNets", "VPC", "VPCs"}
	c := profile.Default()
	for _, platform := range c.Platforms() {
		names = append(names, strings.Fields(c.Platform(platform).Title)...)
	}
	for _, name := range c.Names() {
		p, _ := c.Profile(name)
		names = append(names, strings.Fields(p.Title)...)
	}
	return names
}

// Every rule says something, as part of a sentence, and leads to a page that can be opened.
func TestEveryShippedRuleReadsAndIsCited(t *testing.T) {
	c, rules, names := profile.Default(), shippedRules(), properNames()
	if len(rules) < 250 {
		t.Errorf("only %d rules were found", len(rules))
	}
	for _, where := range slices.Sorted(maps.Keys(rules)) {
		r := rules[where]
		first, _, _ := strings.Cut(r.Text, " ")
		if strings.HasSuffix(r.Text, ".") || strings.TrimSpace(r.Text) != r.Text || r.Text == "" ||
			unicode.IsUpper(rune(r.Text[0])) && !slices.Contains(names, first) {
			t.Errorf("%s: %q is no part of a sentence", where, r.Text)
		}
		for _, source := range strings.Split(c.Cite(r), "; ") {
			_, page, ok := strings.Cut(source, ", https://")
			if r.Confidence == "verified" && !slices.Contains(r.Sources, "routing") && !ok {
				t.Errorf("%s: %q names no page", where, source)
			}
			if _, err := url.Parse("https://" + page); err != nil || strings.ContainsAny(page, " ;") {
				t.Errorf("%s: %q is no page: %v", where, page, err)
			}
		}
		if r.Confidence == "verified" && slices.Equal(r.Sources, []string{"routing"}) {
			t.Errorf("%s: a consequence of routing is derived", where)
		}
	}
}

// Each derived rule says why it has its level, as part of a sentence: a proof is an error, all else is not.
func TestEveryDerivedRuleSaysWhyItHasItsLevel(t *testing.T) {
	derived := 0
	for where, rule := range shippedRules() {
		if rule.Confidence != "derived" {
			if rule.Reason != "" {
				t.Errorf("%s: a verified rule has its level from its source, and needs no reason", where)
			}
			continue
		}
		derived++
		if len(strings.Fields(rule.Reason)) < 8 || strings.HasSuffix(rule.Reason, ".") || rule.Reason == rule.Text {
			t.Errorf("%s: %q is no reason", where, rule.Reason)
		}
	}
	if derived < 80 {
		t.Errorf("only %d derived rules were found", derived)
	}
}

// without returns the elements of a list that another one lacks, in order.
func without(list, other []string) []string {
	kept := slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
	slices.Sort(kept)
	return kept
}

// What no source says is no error, unless it cannot work in any case.
func TestDerivedRulesThatAreErrors(t *testing.T) {
	want := []string{
		"aks-kubenet Overlap service_pod", "aks-overlay Overlap service_pod",
		"aws Networks Hubs tgw", "aws Networks Peer", "azure Networks Hubs vwan", "baiducloud Networks Peer",
		"cce-autopilot Overlap service_vpc", "ctyun Networks Peer",
		"eks Pods Subnets PodRange", "eks-prefix-delegation Pods Subnets PodRange",
		"generic Networks Hubs generic", "generic Networks Hubs vpn", "generic Networks Peer",
		"gke Nodes PodsPerNode Rule", "gke Overlap pod_peer_vpc", "gke Overlap pod_pod_peer", "gke Overlap pod_route",
		"gke Overlap pod_service_peer", "gke Overlap pod_site", "gke Overlap service_peer_vpc",
		"gke-autopilot Nodes PodsPerNode Rule", "gke-autopilot Overlap pod_peer_vpc", "gke-autopilot Overlap pod_pod_peer",
		"gke-autopilot Overlap pod_route", "gke-autopilot Overlap pod_service_peer", "gke-autopilot Overlap pod_site",
		"gke-autopilot Overlap service_peer_vpc",
		"gke-routes Overlap pod_pod_same_vpc", "gke-routes Overlap pod_route", "gke-routes Overlap pod_vpc", "google Networks Peer",
		"huaweicloud Networks Hubs cc", "k3s Overlap service_vpc", "k3s Services Limits 1", "kce Overlap service_pod",
		"kops Overlap service_vpc", "kops Services Limits 1", "cilium Overlap service_vpc", "kube-ovn Overlap service_vpc",
		"ksyun Networks Peer", "kubernetes-overlay Overlap service_vpc",
		"kubernetes-routed Overlap pod_peer_vpc", "kubernetes-routed Overlap pod_pod_peer", "kubernetes-routed Overlap pod_pod_same_vpc",
		"kubernetes-routed Overlap pod_route", "kubernetes-routed Overlap pod_site", "kubernetes-routed Overlap service_vpc",
		"kubespray Overlap service_vpc", "rke2 Overlap service_vpc", "rke2 Services Limits 1", "talos Overlap service_vpc",
		"talos Services Limits 1", "tke-cilium-overlay Overlap pod_site",
		"tke-global-router Overlap pod_peer_vpc", "tke-global-router Overlap pod_pod_peer", "tke-global-router Overlap pod_site",
		"tsf Overlap pod_vpc", "vke-flannel Overlap pod_route", "vke-flannel Overlap service_pod",
		"volcengine Networks Hubs volcengine-cen", "volcengine Networks Hubs volcengine-tr", "volcengine Networks Peer",
	}
	var got []string
	for where, rule := range shippedRules() {
		if rule.Confidence == "derived" && rule.Level == profile.Error {
			got = append(got, where)
		}
	}
	for _, where := range without(got, want) {
		t.Errorf("%s is an error and derived: say why it cannot work in any case, and name it here", where)
	}
	for _, where := range without(want, got) {
		t.Errorf("%s is no derived error", where)
	}
}

func TestEverySourceIsCitedAndEveryPageListedOnce(t *testing.T) {
	text, err := os.ReadFile("data/sources.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var sources map[string]profile.Source
	if err := yaml.Unmarshal(text, &sources); err != nil {
		t.Fatal(err)
	}
	cited := map[string]bool{"reserved-addresses": true} // the code cites it
	for _, rule := range shippedRules() {
		for _, key := range rule.Sources {
			cited[key] = true
		}
	}
	for _, name := range profile.Default().Names() {
		growth := shipped(t, name).Growth
		if growth.Text == "" || strings.HasSuffix(growth.Text, ".") || len(growth.Sources) == 0 {
			t.Errorf("%s: growth says %q by %v", name, growth.Text, growth.Sources)
		}
		change := shipped(t, name).Change
		for _, key := range slices.Concat(
			growth.Sources, growth.Removal.Sources, growth.Requires.Sources, growth.SameBase.Sources, growth.Services.Sources,
			growth.Services.Requires.Sources, growth.Services.Removal.Sources,
			growth.Apply.Sources, growth.Services.Apply.Sources,
			change.Pods.Sources, change.Services.Sources, change.Nodes.Sources,
			change.SubnetAdded.Sources, change.SubnetRemoved.Sources, change.Imported.Sources,
		) {
			cited[key] = true
		}
	}
	pages := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(sources)) {
		if !cited[key] {
			t.Errorf("nothing cites %s", key)
		}
		if other, twice := pages[sources[key].URL]; twice {
			t.Errorf("%s and %s are one page", other, key)
		}
		pages[sources[key].URL] = key
		if strings.Contains(sources[key].Title, ";") {
			t.Errorf("%s: %q would end a citation", key, sources[key].Title)
		}
	}
}

// A pair that is merged into a table and given in it as well would keep what is merged: the
// decoder compares keys as strings, and pairs are of a type of their own.
func TestNoPairIsGivenTwice(t *testing.T) {
	files, err := filepath.Glob("data/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatalf("%v: %v", files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Profiles map[string]struct {
				Overlap yaml.Node `yaml:"overlap"`
			} `yaml:"profiles"`
		}
		if err := yaml.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		for key, p := range file.Profiles {
			pairs := keysWithMerged(&p.Overlap)
			slices.Sort(pairs)
			if once := slices.Compact(slices.Clone(pairs)); !slices.Equal(once, pairs) {
				t.Errorf("%s: a pair of %s is given twice: %v", name, key, pairs)
			}
		}
	}
}

// keysWithMerged are the keys of a map and of those that are merged into it.
func keysWithMerged(n *yaml.Node) (keys []string) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind == yaml.SequenceNode {
		for _, merged := range n.Content {
			keys = append(keys, keysWithMerged(merged)...)
		}
		return keys
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "<<" {
			keys = append(keys, keysWithMerged(n.Content[i+1])...)
		} else {
			keys = append(keys, n.Content[i].Value)
		}
	}
	return keys
}
