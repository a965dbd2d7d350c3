package provider_test

import "testing"

// A Pod subnet is added only where the cloud adds it to a cluster that exists; elsewhere the plan fails before
// the cloud replaces the cluster, and says what the cloud's provider does.
func TestAccPodSubnetsAreAddedOnlyInPlace(t *testing.T) {
	t.Parallel()
	with := func(platform, profile, subnets string) string {
		return `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs = {
    net = {
      platform    = "` + platform + `"
      cidr_blocks = ["192.168.0.0/16"]
      subnets     = { pods = "192.168.0.0/19", pods2 = "192.168.32.0/19" }
    }
  }
  clusters = { a = { vpc = "net", profile = "` + profile + `", pod_subnets = [` + subnets + `] } }
}`
	}
	held := map[string]string{"a.service_cidr": "172.20.0.0/22"}
	for profile, test := range map[string]struct {
		platform string
		says     []string
	}{
		"ccse-cubecni": {
			"ctyun",
			[]string{
				"Held Value Would Change",
				`"a" holds pod_subnets = pods`,
				"requests pods, pods2",
				"force replacement",
				"terraform-provider-ctyun",
			},
		},
		"ack-serverless": {"alicloud", []string{"Held Value Would Change", "requests pods, pods2", "force replacement"}},
		"tke-vpc-cni":    {"tencentcloud", nil},
	} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			more := with(test.platform, profile, `"pods", "pods2"`)
			if test.says == nil {
				acceptance(t, holding(with(test.platform, profile, `"pods"`), held), holding(more, held))
				return
			}
			acceptance(
				t, holding(with(test.platform, profile, `"pods"`), held), refused(more, test.says...),
				holding(with(test.platform, profile, `"pods"`), held),
			)
		})
	}
}
