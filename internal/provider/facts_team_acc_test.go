package provider_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// team is the configuration of a team in a cloud: three clusters, two VPCs, a hub, a route and a site.
type team struct {
	// cluster is the resource of clusters, ranges the places of their ranges.
	cluster string
	ranges  []string
	// subnets is the cluster whose Pods are in subnets, which has no Pod range of its own.
	subnets string
	// live is a data source with clusters; name and pods are the attributes of its elements.
	live, elements, name, pods, services string
	// profile is that of one more cluster.
	profile string
}

var teams = map[string]team{
	"huaweicloud": {
		"huaweicloud_cce_cluster.all", []string{"container_network_cidr", "service_network_cidr"}, "pay",
		"huaweicloud_cce_clusters", "clusters", "name", "container_network_cidr", "service_network_cidr", "cce-overlay",
	},
	"alicloud": {
		"alicloud_cs_managed_kubernetes.all", []string{"pod_cidr", "service_cidr"}, "data",
		"alicloud_cs_clusters", "clusters", "cluster_name", "pod_cidr", "service_cidr", "ack-flannel",
	},
}

var anyCIDR = regexp.MustCompile(`"\d+\.\d+\.\d+\.\d+/\d+"`)

// From the cloud's own resources to its clusters, no network is written twice, all ranges are known in the first plan, and nothing
// changes after it. Clusters that a data source shows are avoided; the allocator's own are among them and change nothing.
func TestAccTeamsWithFactsOfTheirClouds(t *testing.T) {
	t.Parallel()
	for cloud, team := range teams {
		t.Run(cloud, func(t *testing.T) {
			t.Parallel()
			text := read(t, "testdata/clouds/"+cloud+".tf")
			for _, found := range anyCIDR.FindAllString(text, -1) {
				if strings.Count(text, found) > 1 {
					t.Errorf("%s is written more than once", found)
				}
			}
			w := newWorkspace(t, "").withClouds(nil)
			w.file("main.tf", requiring(cloud)+text)
			w.file("existing.tf", "locals {\n  existing = {}\n}\n")
			ranges := w.knownRanges(team)
			w.run("apply", "-auto-approve", "plan")
			w.wantEmptyPlan()

			clusters := []any{map[string]any{
				"id": "c-legacy", team.name: "legacy", team.pods: "10.64.0.0/16", team.services: "10.81.0.0/20",
			}}
			for name, of := range ranges {
				clusters = append(clusters, map[string]any{"id": "c-" + name, team.name: name, team.pods: of[0], team.services: of[1]})
			}
			w.withClouds(map[string]any{"data." + team.live: map[string]any{team.elements: clusters}})
			w.file("existing.tf", `
data "`+team.live+`" "live" {}
locals {
  live     = nonsensitive(provider::cidrplan::facts({ `+cloud+` = {
    clusters = { for c in data.`+team.live+`.live.`+team.elements+` : c.`+team.name+` => c }
  } }))
  existing = local.live.existing
}
`)
			change := w.plans()[allocator]
			after, _ := change.Change.After["existing"].(map[string]any)
			if unknown := unknowns("", change.Change.AfterUnknown); len(unknown) > 0 || len(after) != len(ranges)+1 {
				t.Errorf("existing %v, not known %v", after, unknown)
			}
			w.run("apply", "-auto-approve", "plan")
			w.wantEmptyPlan()
			w.file("main.tf", requiring(cloud)+edit(t, text, "    test = {", `    next = { vpc = "staging", profile = "`+team.profile+
				`", node_subnets = ["test-nodes"], max_nodes = 20, pod_prefix_length = 12 }`+"\n    test = {"))
			allocations, _ := w.plans()[allocator].Change.After["allocations"].(map[string]any)
			if next, _ := allocations["next"].(map[string]any); next["pod_cidr"] != "10.96.0.0/12" {
				t.Errorf("the next cluster has %v, want the first range without the ranges of the live cluster", next["pod_cidr"])
			}
		})
	}
}

// knownRanges plans, and returns the ranges of the clusters by name, all of which must be known in the plan.
func (w *workspace) knownRanges(team team) map[string][]any {
	w.t.Helper()
	out := map[string][]any{}
	for address, p := range w.plans() {
		unknownAt := slices.DeleteFunc(unknowns(address, p.Change.AfterUnknown), chosenByCloud)
		if address == allocator && len(unknownAt) > 0 {
			w.t.Errorf("not known in the first plan: %s", unknownAt)
		}
		name, is := strings.CutPrefix(address, team.cluster+`["`)
		if !is {
			continue
		}
		name = strings.TrimSuffix(name, `"]`)
		unknown, _ := p.Change.AfterUnknown.(map[string]any)
		for i, attribute := range team.ranges {
			if isUnknown, _ := unknown[attribute].(bool); isUnknown && (i > 0 || name != team.subnets) {
				w.t.Errorf("%s.%s is not known in the first plan", address, attribute)
			}
			out[name] = append(out[name], p.Change.After[attribute])
		}
	}
	if len(out) != 3 {
		w.t.Fatalf("%d clusters are planned", len(out))
	}
	return out
}

// wantEmptyPlan plans, and nothing may change.
func (w *workspace) wantEmptyPlan() {
	w.t.Helper()
	if out := w.run("plan"); !strings.Contains(out, "No changes.") {
		w.t.Errorf("the plan is not empty:\n%s", out)
	}
}
