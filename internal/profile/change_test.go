package profile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// What Terraform does with the resource of a cluster when its Pod range, its Service range, its node blocks and
// its Pod subnets (one added, one removed) change: as the schemas and the code of the clouds' providers have it.
func TestChangeOfShippedProfiles(t *testing.T) {
	want := map[string]string{
		"ack-flannel":        "alicloud_cs_managed_kubernetes, alicloud_cs_kubernetes: replaces replaces replaces - -",
		"ack-terway":         "alicloud_cs_managed_kubernetes, alicloud_cs_kubernetes: - replaces - ignores ignores",
		"ack-edge-flannel":   "alicloud_cs_edge_kubernetes: ignores ignores ignores - -",
		"ack-serverless":     "alicloud_cs_serverless_kubernetes: - replaces - replaces replaces",
		"aks-kubenet":        "azurerm_kubernetes_cluster: replaces replaces updates - -",
		"aks-node-subnet":    "azurerm_kubernetes_cluster: - replaces - updates updates",
		"aks-overlay":        "azurerm_kubernetes_cluster: replaces replaces updates - -",
		"aks-pod-subnet":     "azurerm_kubernetes_cluster: - replaces - updates updates",
		"eks":                "aws_eks_cluster: - replaces - updates updates",
		"baidu-cce-route":    "baiducloud_ccev2_cluster: ignores ignores ignores - -",
		"baidu-cce-vpc-eni":  "baiducloud_ccev2_cluster: - ignores - ignores ignores",
		"kce":                "ksyun_kce_cluster: replaces replaces replaces - -",
		"vke-flannel":        "volcengine_vke_cluster: replaces replaces replaces - -",
		"vke-vpc-cni":        "volcengine_vke_cluster: - replaces - updates updates",
		"gke":                "google_container_cluster: replaces replaces replaces - -",
		"gke-autopilot":      "google_container_cluster: replaces replaces replaces - -",
		"gke-routes":         "google_container_cluster: replaces replaces replaces - -",
		"cce-vpc-router":     "huaweicloud_cce_cluster: refuses replaces replaces - -",
		"cce-overlay":        "huaweicloud_cce_cluster: refuses replaces - - -",
		"cce-turbo":          "huaweicloud_cce_cluster: - replaces - updates refuses",
		"cce-autopilot":      "huaweicloud_cce_autopilot_cluster: - fails - updates updates",
		"tke-global-router":  "tencentcloud_kubernetes_cluster: replaces replaces replaces - -",
		"tke-cilium-overlay": "tencentcloud_kubernetes_cluster: replaces replaces replaces - -",
		"tke-vpc-cni":        "tencentcloud_kubernetes_cluster: - replaces - updates refuses",
		"tsf":                "tencentcloud_tsf_cluster: refuses refuses refuses - -",
		"ccse-calico":        "ctyun_ccse_cluster: replaces replaces - - -",
		"ccse-cubecni":       "ctyun_ccse_cluster: - replaces - replaces replaces",
	}
	for name, want := range want {
		c := shipped(t, name).Change
		got := strings.Join(c.Resources, ", ") + ":"
		for _, o := range []profile.Outcome{c.Pods, c.Services, c.Nodes, c.SubnetAdded, c.SubnetRemoved} {
			if o.Does == "" {
				o.Does = "-"
			}
			got += " " + string(o.Does)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// Each profile of which the changes were looked up says what an import does, and which arguments to ignore.
func TestImportsOfShippedProfiles(t *testing.T) {
	ignored := map[string]string{
		"ack-flannel": "addons pod_vswitch_ids", "ack-terway": "addons pod_vswitch_ids", "ack-edge-flannel": "worker_number key_name",
		"baidu-cce-route": "cluster_spec", "baidu-cce-vpc-eni": "cluster_spec", "kce": "master_config worker_config",
		"cce-vpc-router": "extend_params", "cce-overlay": "extend_params", "cce-turbo": "extend_params",
		"tke-vpc-cni": "cluster_max_pod_num cluster_subnet_id",
		"eks":         "bootstrap_self_managed_addons", "eks-prefix-delegation": "bootstrap_self_managed_addons",
	}
	for _, name := range profile.Default().Names() {
		change := shipped(t, name).Change
		if (change.Imported.Text != "") != (len(change.Resources) > 0) {
			t.Errorf("%s: changes of %v, and of an import the data says %q", name, change.Resources, change.Imported.Text)
		}
		if got := strings.Join(change.Imported.Ignore, " "); got != ignored[name] {
			t.Errorf("%s: ignores %q, want %q", name, got, ignored[name])
		}
	}
}

// Whatever a cloud's cluster has, the data says what a change of it does; where ranges are appended, it says
// whether they can be removed.
func TestEveryChangeOfACloudIsInTheData(t *testing.T) {
	for _, name := range profile.Default().Names() {
		p := shipped(t, name)
		ofNoCloud := slices.Contains(append(profile.Default().Distributions(), profile.Generic), p.Platform)
		if ofNoCloud {
			if len(p.Change.Resources) > 0 {
				t.Errorf("%s: changes were looked up", name)
			}
			continue
		}
		inSubnets := p.Pods.From == profile.Subnets
		for part, o := range map[string]struct {
			profile.Outcome
			has bool
		}{
			"pods":     {p.Change.Pods, !inSubnets},
			"services": {p.Change.Services, true},
			"nodes":    {p.Change.Nodes, p.Nodes.Blocks == profile.Fixed},
			"added":    {p.Change.SubnetAdded, inSubnets},
			"removed":  {p.Change.SubnetRemoved, inSubnets},
		} {
			if (o.Does != "") != o.has || o.Does != "" && (o.Text == "" || len(o.Sources) == 0) {
				t.Errorf("%s: %s says %+v", name, part, o.Outcome)
			}
		}
		if added := p.Change.SubnetAdded.Does; p.AddsSubnets() == (added == profile.Replaces || added == "") {
			t.Errorf("%s: growth says %q, and adding a subnet %q", name, p.Growth.Pods, added)
		}
		if p.Growth.Pods == profile.Append && p.Growth.Removal.Text == "" {
			t.Errorf("%s: nothing is said of removing a Pod range", name)
		}
		for _, ranges := range profile.Appended {
			grows := p.CanAppend(ranges) || ranges == profile.PodRanges && (p.Extends() || p.AcceptsFurtherPods(nil))
			if says := p.Apply(ranges); grows != (says.Text != "") || grows != (len(says.Sources) > 0) {
				t.Errorf("%s: what has to be done after %s grow: %q", name, ranges, says.Text)
			}
		}
	}
}

// Each output argument that holds a range or a size belongs to one outcome, and no other argument does.
func TestOutcomeOfOutputArguments(t *testing.T) {
	c := profile.Default()
	outcome := func(name, argument string) string {
		p := shipped(t, name)
		a, ok := c.Output(p).Attributes[argument]
		return fmt.Sprint(ok, " ", p.Outcome(a).Does)
	}
	for at, want := range map[[2]string]string{
		{"ack-flannel", "pod_cidr"}:                      "true replaces",
		{"ack-edge-flannel", "service_cidr"}:             "true ignores",
		{"cce-vpc-router", "container_network_cidr"}:     "true refuses",
		{"cce-vpc-router", "service_network_cidr"}:       "true replaces",
		{"cce-vpc-router", "fix_pool_mask"}:              "true replaces",
		{"cce-vpc-router", "container_network_type"}:     "true ",
		{"tke-global-router", "cluster_max_pod_num"}:     "true replaces",
		{"tke-global-router", "cluster_max_service_num"}: "true replaces",
		{"kubernetes-routed", "pod_subnet"}:              "true ",
	} {
		if got := outcome(at[0], at[1]); got != want {
			t.Errorf("%v: got %q, want %q", at, got, want)
		}
	}
}

func TestLoadRefusesUnsoundChanges(t *testing.T) {
	const growth = "growth: {pods: append, max_ranges: 3, sources: [one-guide]}"
	for name, test := range map[string]struct{ old, replacement, want string }{
		"an outcome that is none": {
			growth, growth + "\n    change: {resources: [fictitious_base], pods: {does: explodes, text: boom, sources: [one-guide]}}",
			`change: pods: does "explodes", not one of [replaces refuses ignores fails updates]`,
		},
		"an outcome without a text": {
			growth, growth + "\n    change: {resources: [fictitious_base], pods: {does: replaces, sources: [one-guide]}}",
			"change: pods: an outcome needs a text, a source and resources",
		},
		"an outcome without a source": {
			growth, growth + "\n    change: {resources: [fictitious_base], nodes: {does: replaces, text: it is new}}",
			"change: nodes: an outcome needs a text, a source and resources",
		},
		"an outcome without a resource": {
			growth, growth + "\n    change: {services: {does: replaces, text: it is new, sources: [one-guide]}}",
			"change: services: an outcome needs a text, a source and resources",
		},
		"an outcome with a bad source": {
			growth, growth + "\n    change: {resources: [fictitious_base], " +
				"subnet_added: {does: updates, text: it stays, sources: [hearsay]}}",
			`change: subnet_added: source "hearsay" is not in sources.yaml`,
		},
		"another profile without a source": {
			growth, growth + "\n    change: {resources: [fictitious_base], profile: {to: [other], text: it is set}}",
			"change: profile: a change needs a text and a source",
		},
		"another profile with a bad source": {
			growth, growth + "\n    change: {resources: [fictitious_base], profile: {to: [other], text: it is set, sources: [hearsay]}}",
			`change: profile: source "hearsay" is not in sources.yaml`,
		},
		"an import without a source": {
			growth, growth + "\n    change: {resources: [fictitious_base], imported: {text: it stays}}",
			"change: imported: an import needs a text and a source",
		},
		"an import without a text": {
			growth, growth + "\n    change: {resources: [fictitious_base], imported: {ignore: [air]}}",
			"change: imported: an import needs a text and a source",
		},
		"a removal without a source": {
			growth, strings.Replace(growth, "]}", "], removal: {text: it stays}}", 1), "growth: removal needs a text and a source",
		},
		"a removal with a bad source": {
			growth, strings.Replace(growth, "]}", "], removal: {text: it stays, sources: [hearsay]}}", 1),
			`growth: removal: source "hearsay" is not in sources.yaml`,
		},
		"a change with an unknown member": {
			growth, growth + "\n    change: {resources: [fictitious_base], hubs: {does: replaces}}", "field hubs not found",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := profile.Load(edited(t, fictitiousOneFiles(t), "fictitious-one.yaml", test.old, test.replacement))
			wantFault(t, err, test.want)
		})
	}
}
