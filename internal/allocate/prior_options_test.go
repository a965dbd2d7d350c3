package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestOptionsOfAReclaimWithoutEffect(t *testing.T) {
	const remove = `remove from reclaim shop`
	for name, test := range map[string]struct {
		problem NothingToReclaim
		want    []string
	}{
		"nothing was released": {NothingToReclaim{Name: "shop"}, []string{remove}},
		"a similar name released ranges": {
			NothingToReclaim{Name: "shop", Released: []string{"shoq"}}, []string{remove, remove + `; add reclaim shoq`},
		},
		"another name released ranges":    {NothingToReclaim{Name: "shop", Released: []string{"data"}}, []string{remove}},
		"it had its effect in a plan ago": {NothingToReclaim{Name: "shop", Acted: true}, []string{remove, remove}},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, reclaimOptions(test.problem), test.want) })
	}
}

func TestOptionsOfAClusterThatAnImportedLockLacks(t *testing.T) {
	const later = `remove clusters["shop"]`
	set := func(argument string, value any) string {
		return fmt.Sprintf(`set existing["shop"].%s %v`, argument, value)
	}
	pods, services := set("pod_cidrs", topology.PodRangesOfCluster), set("service_cidr", topology.ServiceRangeOfCluster)
	mask := set("node_cidr_mask", topology.NodeBlockLength)
	withMask := func(cl *topology.Cluster) { cl.Need.NodeMask = 26 }
	for name, test := range map[string]struct {
		request Request
		want    []string
	}{
		"a block": {
			blocks(ofLength("shop", 24)), []string{set("cidr", topology.RangeOfBlock), `remove blocks["shop"]`},
		},
		"node blocks of a size that is not set": {request(shop()), []string{pods + "; " + services + "; " + mask, later}},
		"node blocks of a size that is set":     {request(shop(withMask)), []string{pods + "; " + services, later}},
		"a profile that is not known": {
			request(cluster("shop", "none", profile.Need{MaxNodes: 3})),
			[]string{pods + "; " + services, later},
		},
		"Pods in subnets": {request(cluster("shop", "ack-terway", profile.Need{MaxNodes: 3})), []string{services, later}},
	} {
		t.Run(name, func(t *testing.T) { wantOptions(t, situationOf(test.request).restoredOptions("shop"), test.want) })
	}
}

func TestOptionsForClaimsUnderTheOwnName(t *testing.T) {
	shared := topology.Foreign{Owner: "web", Allocator: "k8s", CIDR: prefix("10.0.0.0/20")}
	other := topology.Foreign{Owner: "web", Allocator: "k8s-2", CIDR: prefix("10.0.16.0/20")}
	r := request(func(r *Request) { r.Facts.Foreign = map[string]topology.Foreign{"a": shared, "b": other} })
	wantOptions(t, r.sharedNameOptions([]topology.Foreign{shared}), []string{`set name k8s-3`, `remove foreign_claims["a"]`})
}
