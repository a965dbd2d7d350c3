package clouds

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestProfileOfACluster(t *testing.T) {
	for name, test := range map[string]struct {
		typ    string
		object map[string]any
		want   string
	}{
		"CCE with the VPC network": {"huaweicloud_cce_cluster", map[string]any{"container_network_type": "vpc-router"}, "cce-vpc-router"},
		"CCE Turbo":                {"data.huaweicloud_cce_clusters", map[string]any{"container_network_type": "eni"}, "cce-turbo"},
		"a mode that nobody knows": {"huaweicloud_cce_cluster", map[string]any{"container_network_type": "x"}, ""},
		"a mode that is not known": {"huaweicloud_cce_cluster", map[string]any{"container_network_type": unknown{}}, ""},
		"CCE Autopilot":            {"huaweicloud_cce_autopilot_cluster", map[string]any{}, "cce-autopilot"},
		"ACK with Flannel": {
			"alicloud_cs_managed_kubernetes", map[string]any{"pod_cidr": "10.0.0.0/16", "pod_vswitch_ids": []any{}}, "ack-flannel",
		},
		"ACK with Terway": {
			"alicloud_cs_managed_kubernetes", map[string]any{"pod_cidr": "", "pod_vswitch_ids": []any{"vsw-1"}}, "ack-terway",
		},
		"ACK of which neither is known": {"alicloud_cs_managed_kubernetes", map[string]any{"pod_cidr": nil}, ""},
		"TKE in any case":               {"tencentcloud_kubernetes_cluster", map[string]any{"network_type": "gr"}, "tke-global-router"},
		"CCSE": {
			"ctyun_ccse_cluster", map[string]any{"base_info": map[string]any{"network_plugin": "cubecni"}}, "ccse-cubecni",
		},
		"VKE": {
			"volcengine_vke_cluster", map[string]any{"pods_config": []any{map[string]any{"pod_network_mode": "Flannel"}}}, "vke-flannel",
		},
		"KCE": {"ksyun_kce_cluster", map[string]any{"network_type": "Canal"}, "kce"},
		"CCE of Baidu": {
			"baiducloud_ccev2_cluster", map[string]any{"cluster_spec": []any{map[string]any{
				"container_network_config": []any{map[string]any{"mode": "vpc-route-veth"}},
			}}}, "baidu-cce-route",
		},
		"CCE of Baidu without a mode": {"baiducloud_ccev2_cluster", map[string]any{"cluster_spec": []any{}}, ""},
		"a VPC":                       {"huaweicloud_vpc", map[string]any{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, platform := range Default().Platforms() {
				if typ := Default().Platform(platform).Types[test.typ]; typ != nil {
					if got := typ.Profile(fake{test.object}); got != test.want {
						t.Errorf("%q, want %q", got, test.want)
					}
					return
				}
			}
			t.Errorf("there is no type %s", test.typ)
		})
	}
}

func TestProfilesAreThoseOfTheirPlatform(t *testing.T) {
	for _, platform := range Default().Platforms() {
		for _, typ := range Default().Platform(platform).Of(Clusters) {
			for _, rule := range typ.Profiles {
				p, known := profile.Default().Profile(rule.Profile)
				if !known || p.Platform != platform {
					t.Errorf("%s: %s has no profile %q", typ.Name, platform, rule.Profile)
				}
			}
		}
	}
}

func TestKindsOfHubsAreThoseOfRules(t *testing.T) {
	for _, platform := range Default().Platforms() {
		for _, typ := range Default().Platform(platform).Of(Gateways) {
			if typ.HubKind == "generic" || !slices.Contains(profile.Default().HubKinds(), typ.HubKind) {
				t.Errorf("%s: %s has no hubs of the kind %q, only %q", typ.Name, platform, typ.HubKind, profile.Default().HubKinds())
			}
		}
	}
}
