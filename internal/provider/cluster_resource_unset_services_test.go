package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// The allocator warns once of all clusters; the resource of each cluster leaves it to the allocator, and reports
// what is wrong with the cluster itself.
func TestUnsetServiceRangesAreReportedByTheAllocatorOnce(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	turbo := func(subnet string) given {
		return given{"vpc": "net", "profile": "cce-turbo", "pod_subnets": []string{subnet}, "ip_families": []string{"ipv4", "ipv6"}}
	}
	config := given{
		"name": "k8s", "supernets": []string{"10.64.0.0/12", "fc00:1::/64"},
		"vpcs": given{
			"net": with(vpcOn("huaweicloud", "192.168.0.0/16"), "subnets", given{"pods": "192.168.0.0/19", "more": "192.168.32.0/19"}),
		},
		"clusters": given{"pay": turbo("pods"), "web": turbo("more")},
	}
	d := allocatorKind(p.Catalog)
	request, unread := d.read(writtenAs(d.arguments, config))
	found, _ := planAndReport(p, request, unread)
	if len(found) != 1 || found[0].Summary != `Terraform Cannot Set the IPv6 Service Range of Cluster "pay" and 1 More ("k8s")` ||
		!strings.Contains(found[0].Detail, `cluster "web"`) {
		t.Errorf("got %s", all(found))
	}

	cluster := declarationOf("cluster")
	for name, test := range map[string]struct {
		argument string
		value    any
		want     []string
	}{
		"sound":         {"name", "pay", nil}, // the other case has no name
		"with a number": {"max_services", int64(-1), []string{"name", "max_services"}},
	} {
		own := with(
			given{"vpc": "net", "profile": "cce-turbo", "pod_subnets": []string{"pods"}, "ip_families": []string{"ipv4", "ipv6"}},
			test.argument, test.value,
		)
		var places []string
		for _, f := range cluster.check((&values.Reader{}).Root(mutatedObject(nil, cluster.fields, own, never), nil)) {
			places = append(places, f.At.String())
		}
		if !slices.Equal(places, test.want) {
			t.Errorf("%s: faults at %v, want %v", name, places, test.want)
		}
	}
}
