package provider_test

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// callOfFacts is in an example that has the facts of the clouds' own resources, which need the clouds' own schemas.
const callOfFacts = "provider::cidrplan::facts({\n    "

// usesSchemas says whether an example is planned with the clouds' own schemas, which dynamic blocks need as well.
func usesSchemas(files map[string]string) bool {
	for name, text := range files {
		if name == "main.tf" && strings.Contains(text, callOfFacts) || strings.Contains(text, "  dynamic \"") {
			return true
		}
	}
	return false
}

// cloudOf are the contents of the data sources that an example reads, by data source, nil for an example without any.
func cloudOf(t *testing.T, folder string) map[string]any {
	t.Helper()
	file := filepath.Join("testdata", "clouds", filepath.Base(folder)+".json")
	if !exists(file) {
		return nil
	}
	var content map[string]any
	if err := json.Unmarshal([]byte(read(t, file)), &content); err != nil {
		t.Fatal(err)
	}
	return content
}

// What data sources find is known in the first plan and avoided, and the plan after the apply is empty. Once the cloud shows the new
// cluster and the routes of its nodes, no allocation changes.
func TestAccExampleWithDataSourcesOfWhatExists(t *testing.T) {
	t.Parallel()
	const folder = "examples/scenarios/existing-networks"
	w := exampleWorkspace(t, folder)
	w.feedsClouds(map[string]any{
		"alicloud_cs_managed_kubernetes_search.pod_cidr":       "10.65.0.0/19",
		"alicloud_cs_managed_kubernetes_search.service_cidr":   "172.20.32.0/22",
		"alicloud_cs_managed_kubernetes_search.node_cidr_mask": 26,
		"alicloud_cs_managed_kubernetes_search.vswitch_ids":    []string{"vsw-bp1s5fnvk4gn2tws0c3mk"},
	})
	cloud := cloudOf(t, folder)
	found := func(source, list string, more map[string]any) {
		of := cloud[source].(map[string]any)
		of[list] = append(of[list].([]any), more)
	}
	found("data.alicloud_cs_clusters", "clusters", map[string]any{
		"id": "c0d1", "cluster_id": "c0d1", "cluster_name": "search", "vpc_id": "vpc-bp1qpo0kug3a20qqe9h8v",
		"pod_cidr": "10.65.0.0/19", "service_cidr": "172.20.32.0/22", "node_cidr_mask": "26",
	})
	found("data.alicloud_route_entries", "entries", map[string]any{
		"cidr_block": "10.65.0.0/26", "next_hop_type": "Instance", "route_table_id": "vtb-bp145q7glnuzdvzu21pom", "type": "Custom",
	})
	before := w.holds("cidrplan_allocator.k8s")["allocations"]
	w.withClouds(cloud).run("apply", "-auto-approve") // the allocator stores the new facts
	w.wantEmptyPlan()
	if after := w.holds("cidrplan_allocator.k8s")["allocations"]; !reflect.DeepEqual(after, before) {
		t.Errorf("the allocations changed from %v to %v", before, after)
	}
}

// anID is a value that contains an ID that the cloud makes, which is known only after apply.
var anID = regexp.MustCompile(`\.\w*id\b`)

// feedsClouds plans and applies an example with the clouds' own schemas. The values that clusters are given are known in the plan but
// for IDs, they are the right ones after apply, and the next plan is empty.
func (w *workspace) feedsClouds(want map[string]any) {
	w.t.Helper()
	planned := map[string]string{}
	for address, p := range w.plans() {
		gather(w.t, planned, strings.Replace(address, ".", "_", 1), p.Change.After)
	}
	w.run("apply", "-auto-approve", "plan")
	applied := map[string]string{}
	for address, attributes := range w.state().resources() {
		var tree any
		if err := json.Unmarshal(attributes, &tree); err != nil {
			w.t.Fatal(err)
		}
		gather(w.t, applied, strings.Replace(address, ".", "_", 1), tree)
	}
	for at, value := range want {
		text, err := json.Marshal(value)
		if err != nil {
			w.t.Fatal(err)
		}
		switch isSet := planned[at] != "" && planned[at] != "null"; {
		case value == nil && isSet:
			w.t.Errorf("%s is %s, want none", at, planned[at])
		case value != nil && applied[at] != string(text):
			w.t.Errorf("%s is %q, want %s", at, applied[at], text)
		case value != nil && !anID.Match(text) && planned[at] != string(text):
			w.t.Errorf("%s is not known in the plan, but %q", at, planned[at])
		}
	}
	w.wantEmptyPlan()
}

// chosenByCloud says whether a fact is one that the cloud chooses where the resource does not set it, and that no allocation needs.
func chosenByCloud(at string) bool {
	return strings.HasSuffix(at, ".region") || strings.HasSuffix(at, ".protection_level")
}
