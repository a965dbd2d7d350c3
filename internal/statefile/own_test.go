package statefile

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const allocatorState = `{"version": 4, "serial": 1, "resources": [
  {"mode": "managed", "type": "cidrplan_allocator", "name": "k8s", "instances": [{"attributes": {
    "name": "k8s", "supernets": ["10.64.0.0/10"], "service_supernets": ["172.20.0.0/14", "10.64.0.0/10"],
    "pools": {"dmz": {"supernets": ["10.8.0.0/16"], "service_supernets": null}},
    "vpcs": {"prod": {"hubs": ["cen"], "peers": ["lab"], "vrf": "blue"}}, "sites": null,
    "clusters": {"shop": {"vpc": "prod", "profile": "ack-flannel", "meshes": ["m"]}, "gke": {"cloud_name": "c-gke"},
      "plane": {"vpc": "prod", "profile": "gke", "other_ranges": {"control_plane": ["172.16.0.0/28"]}},
      "ovn": {"vpc": "prod", "profile": "openshift-ovn", "other_ranges": {"join": ["10.9.0.0/16"]}}},
    "allocations": {
      "shop": {"pod_cidrs": ["10.64.0.0/18", "10.65.0.0/18"], "service_cidr": "172.20.0.0/20", "pod_aggregate": "10.64.0.0/14"},
      "gke": {"pod_cidrs": ["10.80.0.0/16"], "service_cidr": "10.80.240.0/20"},
      "plane": {"service_cidr": "172.23.0.0/20"}, "ovn": {"service_cidr": "172.23.16.0/20"}
    },
    "released": {"old": {"cluster": "old", "pod_cidrs": ["10.96.0.0/16"], "service_cidr": "172.21.0.0/20"}},
    "existing": {
      "live": {"pod_cidrs": ["10.97.0.0/16"], "service_cidr": "172.22.0.0/20",
        "other_ranges": {"control_plane": ["172.16.1.0/28"], "join": ["10.9.0.0/16"]}},
      "plane": {"other_ranges": {"control_plane": ["172.16.0.0/28", "172.16.0.16/28"]}},
      "shop": {"pod_cidrs": ["10.64.0.0/18"]},
      "c-gke": {"pod_cidrs": ["10.80.0.0/16"], "other_ranges": {"control_plane": ["172.16.2.0/28"]}},
      "old": {"cluster": "old", "pod_cidrs": ["10.96.0.0/16"]}
    },
    "reserved": {"later": {"cidr": "10.98.0.0/16"}}
  }}]},
  {"mode": "managed", "type": "cidrplan_blocks", "name": "net", "instances": [{"attributes": {
    "name": "net", "supernets": ["10.0.0.0/8"], "vrf": "red", "cidrs": {"prod": "10.1.0.0/16"},
    "released": {"x": {"block": "x", "cidr": "10.2.0.0/16"}},
    "existing": {
      "lab": {"cidr": "10.3.0.0/16"}, "prod": {"cidr": "10.1.0.0/16"}, "x": {"block": "x", "cidr": "10.2.0.0/16"}
    }
  }}]},
  {"mode": "managed", "type": "cidrplan_vpc", "name": "prod", "instances": [{"attributes": {"name": "prod"}}]}
]}`

const lock = `{"shop": {"profile": "ack-flannel", "pod_cidrs": ["10.64.0.0/18"], "service_cidr": "172.20.0.0/20", "node_cidr_mask": 25},
  "web": {"cluster": "web", "pod_cidrs": ["10.65.0.0/18"]}}`

func TestClaimsOfPlanners(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"an allocator and blocks in a state": {allocatorState, []string{
			"blocks/net block lab 10.3.0.0/16 at - red",
			"blocks/net block prod 10.1.0.0/16 at - red",
			"blocks/net released x 10.2.0.0/16 at - red",
			"blocks/net supernet net 10.0.0.0/8 at - red",
			"k8s existing live 10.97.0.0/16 at - blue",
			"k8s existing live 172.16.1.0/28 at - blue",
			"k8s kept shop 10.64.0.0/14 at prod blue",
			"k8s other gke 172.16.2.0/28 at - ",
			"k8s other plane 172.16.0.0/28 at prod blue",
			"k8s other plane 172.16.0.16/28 at prod blue",
			"k8s pod gke 10.80.0.0/16 at - ",
			"k8s pod shop 10.64.0.0/18 at prod blue",
			"k8s pod shop 10.65.0.0/18 at prod blue",
			"k8s released old 10.96.0.0/16 at - blue",
			"k8s released old 172.21.0.0/20 at - blue",
			"k8s reserved later 10.98.0.0/16 at - blue",
			"k8s service ovn 172.23.16.0/20 at prod blue",
			"k8s service plane 172.23.0.0/20 at prod blue",
			"k8s service shop 172.20.0.0/20 at prod blue",
			"k8s supernet k8s 10.64.0.0/10 at - blue",
			"k8s supernet k8s 10.8.0.0/16 at - blue",
			"k8s supernet k8s 172.20.0.0/14 at - blue",
		}},
		"a lock": {lock, []string{
			"prod.lock pod shop 10.64.0.0/18 at - ", "prod.lock released web 10.65.0.0/18 at - ",
			"prod.lock service shop 172.20.0.0/20 at - ",
		}},
		"a lock of blocks": {`{"prod": {"cidr": "10.1.0.0/16"}, "x": {"block": "old", "cidr": "10.2.0.0/16"}}`, []string{
			"blocks/prod.lock block prod 10.1.0.0/16 at - ", "blocks/prod.lock released old 10.2.0.0/16 at - ",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			contents, err := Read("prod.lock.json", []byte(test.text), func(string) (string, bool) { return "", true })
			if err != nil {
				t.Fatal(err)
			}
			planners := Planners(contents.Objects)
			if contents.Lock != nil {
				planners = append(planners, *contents.Lock)
			}
			var got []string
			for _, p := range planners {
				for c := range maps.Values(p.Claims(func(Ranges, bool) bool { return false })) {
					network := c.Network
					if network == "" {
						network = "-"
					}
					got = append(got, strings.Join([]string{c.Allocator, c.Kind, c.Owner, c.CIDR.String(), "at", network, c.VRF}, " "))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
		})
	}
}

func TestWhatAPlannerReservesIsReservedInEachVRF(t *testing.T) {
	contents, err := Read("a", []byte(`{"version": 4, "resources": [
	  {"mode": "managed", "type": "cidrplan_allocator", "name": "k8s", "instances": [{"attributes": {
	    "name": "k8s", "vpcs": {"prod": {"vrf": "blue"}, "test": {}}, "sites": {"idc": {"vrf": "blue"}}, "ledger_serial": 7,
	    "reserved": {"later": {"cidr": "10.98.0.0/16"}}
	  }}]}]}`), func(string) (string, bool) { return "", true })
	if err != nil {
		t.Fatal(err)
	}
	p := Planners(contents.Objects)[0]
	if p.LedgerSerial != 7 {
		t.Errorf("serial %d, want 7", p.LedgerSerial)
	}
	var got []string
	for _, c := range p.Claims(func(Ranges, bool) bool { return false }) {
		got = append(got, c.Kind+" "+c.CIDR.String()+" "+c.VRF)
	}
	slices.Sort(got)
	if want := []string{"reserved 10.98.0.0/16 ", "reserved 10.98.0.0/16 blue"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheTokenOfTheLedgerIsReadFromPrivateData(t *testing.T) {
	for private, want := range map[string]string{
		"eyJsZWRnZXJfdG9rZW4iOiJkRzlyWlc0PSIsIi5mIjoiYWE9PSJ9": "token", // {"ledger_token":"dG9rZW4=",".f":"aa=="}
		"": "", "eyJ4IjoiYWE9PSJ9": "", "e30=": "", "*": "", "bm8=": "",
	} {
		contents, err := Read("a", []byte(`{"version": 4, "resources": [{"mode": "managed", "type": "cidrplan_blocks", "name": "b",
			"instances": [{"attributes": {"name": "b"}, "private": "`+private+`"}]}]}`), func(string) (string, bool) { return "", true })
		if err != nil {
			t.Fatal(err)
		}
		if got := Planners(contents.Objects)[0].LedgerToken; got != want {
			t.Errorf("%q: got token %q, want %q", private, got, want)
		}
	}
}

func TestClaimsOfAClusterThatIsKnownOtherwiseAreLeftOut(t *testing.T) {
	contents, err := Read("a", []byte(allocatorState), func(string) (string, bool) { return "", true })
	if err != nil {
		t.Fatal(err)
	}
	for key, c := range Planners(contents.Objects)[0].Claims(func(r Ranges, _ bool) bool { return r.Owner == "shop" }) {
		if c.Owner == "shop" {
			t.Errorf("there is the claim %s", key)
		}
		if c.Owner == "gke" && (c.Profile != "" || len(c.Hubs) > 0) {
			t.Errorf("a cluster without a declaration: %+v", c)
		}
	}
}

func TestALockWithABrokenRangeIsRefused(t *testing.T) {
	for _, text := range []string{
		`{"a": {"pod_cidrs": ["10.0.0.0/16", "10.0.0.5/8"]}}`, `{"a": {"service_cidr": "x"}}`, `{"a": {"cidr": 5}}`,
	} {
		_, err := Read("lock.json", []byte(text), wantedTypes)
		if want := "lock.json: The value of an entry of the lock is not an object with valid ranges. "; err == nil ||
			!strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
