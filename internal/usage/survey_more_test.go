package usage

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// As many further clusters have room as a plan with their declarations places.
func TestMoreLike(t *testing.T) {
	shared := func(r *allocate.Request) { r.SharedPods, r.SharedServices = true, true }
	overlay := func(c *topology.Cluster) { c.Profile = "kubernetes-overlay" }
	for name, test := range map[string]struct {
		request allocate.Request
		want    int64
		atLeast bool
	}{
		"as many as there are Pod ranges":     {request(cluster("shop", "prod", 22)), 3, false},
		"as many as there are Service ranges": {request(cluster("shop", "prod", 25), services("172.20.0.0/22")), 3, false},
		"Pods and Services from one supernet": {request(cluster("shop", "prod", 22), services()), 2, false},
		"with a growth reserve": {
			request(cluster("shop", "prod", 23, func(c *topology.Cluster) { c.ReserveLength = 21 })), 1, false,
		},
		"none": {request(cluster("shop", "prod", 20)), 0, false},
		"of the size of its range where it has no needs": {
			request(cluster("shop", "prod", 0, func(c *topology.Cluster) { c.PodCIDRs = prefixes("10.0.0.0/21") })), 1, false,
		},
		"any number where no range is to be unique": {
			request(cluster("shop", "prod", 22, overlay), services("172.20.0.0/23"), shared), 64, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := held(t, test.request)
			more, ok := surveyed(t, r).inUse.MoreLike("shop")
			if !ok || more.AtLeast != test.atLeast || more.Number.Int64() != test.want {
				t.Errorf("got %v, %t, want %d", more, ok, test.want)
			}
		})
	}
}

func services(texts ...string) func(*allocate.Request) {
	return func(r *allocate.Request) { r.ServiceSupernets = prefixes(texts...) }
}
