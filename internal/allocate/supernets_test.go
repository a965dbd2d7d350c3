package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhereServicesAreTakenFrom(t *testing.T) {
	far := func(p Pool) func(*Request) { return func(r *Request) { r.Pools["far"] = p } }
	inFar := func(cl *topology.Cluster) { cl.Pool = "far" }
	tests := map[string]struct {
		edits []func(*Request)
		want  map[string]string
	}{
		"service supernets": {
			[]func(*Request){cluster("a", "ack-flannel", lengths(24, 24, 26))},
			map[string]string{"a": "10.0.0.0/24 172.20.0.0/24 /26"},
		},
		"the supernets, beside the Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", lengths(24, 24, 26))},
			map[string]string{"a": "10.0.0.0/24 10.0.1.0/24 /26"},
		},
		"the supernets, larger than the Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", lengths(24, 22, 26))},
			map[string]string{"a": "10.0.4.0/24 10.0.0.0/22 /26"},
		},
		"the pool's service supernets": {
			[]func(*Request){
				far(Pool{Supernets: prefixes("10.5.0.0/16"), ServiceSupernets: prefixes("10.6.0.0/16")}),
				cluster("a", "ack-flannel", lengths(24, 24, 26), inFar),
			},
			map[string]string{"a": "10.5.0.0/24 10.6.0.0/24 /26"},
		},
		"the pool's supernets": {
			[]func(*Request){far(Pool{Supernets: prefixes("10.5.0.0/16")}), cluster("a", "ack-flannel", lengths(24, 24, 26), inFar)},
			map[string]string{"a": "10.5.0.0/24 10.5.1.0/24 /26"},
		},
		"beside pinned Pods": {
			[]func(*Request){services(), cluster("a", "ack-flannel", profile.Need{ServiceLength: 24}, pins("", "10.0.0.0/23"))},
			map[string]string{"a": "10.0.0.0/23 10.0.2.0/24 /26"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantRanges(t, planned(t, request(test.edits...)), test.want)
		})
	}
}
