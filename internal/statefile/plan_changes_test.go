package statefile

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func TestReadPlanRefuses(t *testing.T) {
	state, err := os.ReadFile(filepath.Join("testdata", "huaweicloud.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ text, want string }{
		"a state":        {string(state), "This is a state. Expected a plan"},
		"an empty state": {`{"format_version": "1.0", "values": {}}`, "This is a state. Expected a plan"},
		"an empty file": {
			"", "The file is empty. Expected the output of terraform show -json for a plan, or the log of terraform plan -json.",
		},
		"another document": {`{"password": "` + secret + `"}`, "This is JSON of another kind. Expected the output of"},
		"a truncated plan": {
			`{"format_version": "1.2", "resource_changes": [{"type": "` + secret,
			"line 1 (byte 62): The JSON ends too early",
		},
		"changes as an object": {
			`{"format_version": "1.2", "resource_changes": {"a": "` + secret + `"}}`,
			"line 1 (byte 47): The value of resource_changes",
		},
		"a newer output": {
			`{"format_version": "2.0", "resource_changes": []}`,
			"This is output of terraform show -json of format 2.0.",
		},
		"a plan of binary form": {"PK\x03\x04", "This is a saved plan in its binary format."},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadPlan("tfplan.json", []byte(test.text))
			var fault *messages.FileError
			if !errors.As(err,
				&fault) || !strings.HasPrefix(err.Error(), "tfplan.json: "+test.want) || strings.Contains(err.Error(), secret) {
				t.Errorf("error %v\nwant tfplan.json: %s", err, test.want)
			}
		})
	}
}

// change is a plan that changes one resource of a type.
func change(typeName, before, after, unknown string) string {
	return fmt.Sprintf(
		`{"format_version": "1.2", "resource_changes": [{"address": "%s.a", "mode": "managed", "type": "%[1]s",`+
			` "change": {"before": %s, "after": %s, "after_unknown": %s}}]}`, typeName, before, after, unknown,
	)
}

func TestReadPlanReadsWhatIsKnown(t *testing.T) {
	const held = `{"name": "k8s", "allocations": {"shop": {"pod_cidrs": ["10.0.0.0/24"], "usable": {"nodes": 4, "services": 7}}}}`
	for name, test := range map[string]struct {
		plan                      string
		before, after, allUnknown bool
		clusters                  int
		unknownCluster            bool
	}{
		"created":   {change("cidrplan_allocator", "null", held, "{}"), false, true, false, 1, false},
		"destroyed": {change("cidrplan_allocator", held, "null", "{}"), true, false, false, 0, false},
		"unknown allocations": {
			change("cidrplan_allocator", "null", `{"name": "k8s"}`, `{"allocations": true}`), false, true, true, 0, false,
		},
		"an unknown cluster": {
			change("cidrplan_allocator", "null", `{"allocations": {"shop": {}}}`, `{"allocations": {"shop": {"pod_cidrs": true}}}`),
			false, true, false, 1, true,
		},
		"an unknown block": {
			change("cidrplan_blocks", "null", `{"cidrs": {}}`, `{"cidrs": {"web": true}}`), false, true, false, 1, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := ReadPlan("a", []byte(test.plan))
			if err != nil || len(plan.Planners) != 1 {
				t.Fatalf("%+v, %v", plan, err)
			}
			p := plan.Planners[0]
			if (p.Before != nil) != test.before || (p.After != nil) != test.after {
				t.Fatalf("before %v, after %v", p.Before, p.After)
			}
			if p.After == nil {
				return
			}
			if p.After.Unknown != test.allUnknown || len(p.After.Held) != test.clusters {
				t.Errorf("%+v", p.After)
			}
			for name, h := range p.After.Held {
				if h.Unknown != test.unknownCluster {
					t.Errorf("%s: %+v", name, h)
				}
			}
		})
	}
}

// Each part of what an allocator or cidrplan_blocks holds is read.
func TestReadPlanReadsEachPart(t *testing.T) {
	allocator := `{"name": "k8s", "supernets": ["10.0.0.0/16"], "existing": {"old": {"pod_cidrs": ["10.0.1.0/24"]}},
		"reserved": {"lb": {"cidr": "10.0.9.0/24"}, "unset": {}},
		"accepted_conflicts": {"key": {"reason": "why", "until": "2027-01-01"}},
		"clusters": {"shop": {"previous_names": ["store"]}},
		"allocations": {
			"shop": {"pod_cidrs": ["10.0.0.0/24"], "pod_ipv6_cidr": "fd00::/64", "pod_aggregate": "10.0.0.0/23",
				"service_cidr": "10.1.0.0/24", "service_ipv6_cidr": "fd01::/112", "usable": {"nodes": 4, "services": 254}},
			"old": {"pod_cidrs": ["10.0.1.0/24"]}, "empty": {}}}`
	blocks := `{"cidrs": {"web": "10.0.0.0/24"}, "blocks": {"web": {}}}`
	for name, test := range map[string]struct{ plan, want string }{
		"allocator": {
			change("cidrplan_allocator", "null", allocator, "{}"),
			"k8s supernets [10.0.0.0/16] reserved map[lb:10.0.9.0/24] accepted map[key:{why 2027-01-01}]; " +
				"empty map[] 0 0 false false []; old map[pods:[10.0.1.0/24]] 0 0 false true []; " +
				"shop map[growth_reserve:[10.0.0.0/23] pods:[10.0.0.0/24] pods_ipv6:[fd00::/64] services:[10.1.0.0/24] " +
				"services_ipv6:[fd01::/112]] 4 254 false false [store]",
		},
		"an unknown element of a list": {
			change("cidrplan_allocator", "null", `{"allocations": {"a": {"pod_cidrs": ["10.0.0.0/24", null]}, "b": {"pod_cidrs": []}}}`,
				`{"allocations": {"a": {"pod_cidrs": [false, true]}}}`),
			" supernets [] reserved map[] accepted map[]; a map[pods:[10.0.0.0/24]] 0 0 true false []; b map[] 0 0 false false []",
		},
		"blocks": {
			change("cidrplan_blocks", "null", blocks, "{}"),
			" supernets [] reserved map[] accepted map[]; web map[block:[10.0.0.0/24]] 0 0 false false []",
		},
	} {
		t.Run(name, func(t *testing.T) {
			plan, err := ReadPlan("a", []byte(test.plan))
			if err != nil || len(plan.Planners) != 1 {
				t.Fatalf("%+v, %v", plan, err)
			}
			after := plan.Planners[0].After
			got := fmt.Sprint(after.Name, " supernets ", after.Supernets, " reserved ", after.Reserved, " accepted ", after.Accepted)
			for _, owner := range slices.Sorted(maps.Keys(after.Held)) {
				h := after.Held[owner]
				got += fmt.Sprintf("; %s %v %d %d %t %t %v", owner, h.Ranges, h.Nodes, h.Services, h.Unknown, h.Adopted, h.PreviousNames)
			}
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// A resource that is removed from the state is not destroyed, and one of which nothing is known is neither.
func TestReadPlanKnowsWhatHappensToAResource(t *testing.T) {
	const held = `{"allocations": {"shop": {"pod_cidrs": ["10.0.0.0/24"]}}}`
	plan := func(actions, after, unknown string) string {
		text := change("cidrplan_allocator", held, after, unknown)
		return strings.Replace(text, `"change": {`, `"change": {"actions": [`+actions+`], `, 1)
	}
	for name, test := range map[string]struct {
		plan                     string
		gone, forgotten, unknown bool
	}{
		"kept":      {plan(`"no-op"`, held, "{}"), false, false, false},
		"destroyed": {plan(`"delete"`, "null", "{}"), true, false, false},
		"forgotten": {plan(`"forget"`, "null", "{}"), true, true, false},
		"unknown":   {plan(`"update"`, "null", "true"), false, false, true},
	} {
		read, err := ReadPlan("a", []byte(test.plan))
		if err != nil || len(read.Planners) != 1 {
			t.Fatalf("%s: %+v, %v", name, read, err)
		}
		p := read.Planners[0]
		if (p.After == nil) != test.gone || p.Forgotten != test.forgotten || p.After != nil && p.After.Unknown != test.unknown {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// A plan that -target limits is not complete; neither is one that failed, which says so by itself.
func TestReadPlanKnowsWhatIsComplete(t *testing.T) {
	for text, want := range map[string]Plan{
		"": {}, `, "complete": true, "errored": false`: {}, `, "complete": false, "errored": false`: {Partial: true},
		`, "complete": false, "errored": true`: {Errored: true},
	} {
		got, err := ReadPlan("a", []byte(`{"format_version": "1.2", "resource_changes": []`+text+`}`))
		if err != nil || got.Errored != want.Errored || got.Partial != want.Partial {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

// Data sources, deposed instances and resources of others take no part.
func TestReadPlanLeavesOutOthers(t *testing.T) {
	text := `{"format_version": "1.2", "resource_changes": [
		{"address": "data.cidrplan_blocks.a", "mode": "data", "type": "cidrplan_blocks", "change": {"after": {}}},
		{"address": "cidrplan_blocks.a", "deposed": "1234", "mode": "managed", "type": "cidrplan_blocks", "change": {"before": {}}},
		{"address": "alicloud_vpc.a", "mode": "managed", "type": "alicloud_vpc", "change": {"after": {"cidrs": {"a": "10.0.0.0/8"}}}}]}`
	if plan, err := ReadPlan("a", []byte(text)); err != nil || len(plan.Planners) != 0 {
		t.Errorf("%+v, %v", plan, err)
	}
}

func TestReadLog(t *testing.T) {
	const (
		start = `{"@level":"info","type":"version"}` + "\n"
		warn  = `{"@level":"warn","type":"diagnostic","diagnostic":{"severity":"warning","summary":"S",` +
			`"address":"cidrplan_vpc.a"}}` + "\r\n"
	)
	all, err := ReadLog("log", []byte("\xef\xbb\xbf"+start+warn+"\n"+warn))
	if err != nil || len(all) != 1 || all[0] != (Diagnostic{Severity: "warning", Summary: "S", Address: "cidrplan_vpc.a"}) {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = ReadLog("log", []byte(start+secret+"\n"))
	const want = "log: line 2 (byte 35): This line of the log is not a JSON object. Expected the output of terraform plan -json."
	if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), secret) {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestDiagnosticsOfThisProvider(t *testing.T) {
	for address, want := range map[string]bool{
		"cidrplan_allocator.k8s": true, `module.net["a"].cidrplan_vpc.all["b"]`: true, "data.cidrplan_audit.all": true,
		"cidrplan_vpc": false, "alicloud_vpc.cidrplan_vpc": false,
		`aws_vpc.all["x.cidrplan_y"]`: false, `aws_vpc.all["\"].cidrplan_y"]`: false, "": false,
	} {
		if got := (Diagnostic{Address: address}).Own(); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
	if !(Diagnostic{Detail: `Call to function "provider::cidrplan::facts" failed`}).Own() {
		t.Error("an error of a function is not shown")
	}
}

// FuzzReadPlan reads any text as a plan and as a log: neither panics, and errors quote nothing.
func FuzzReadPlan(f *testing.F) {
	for _, name := range []string{"changes.plan.json", "changes.plan.log"} {
		text, err := os.ReadFile(filepath.Join("..", "cli", "testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
		f.Add(text[:len(text)/2])
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, planErr := ReadPlan("fuzz", text)
		_, logErr := ReadLog("fuzz", text)
		for _, err := range []error{planErr, logErr} {
			var fault *messages.FileError
			if err != nil && (!errors.As(err, &fault) || strings.Contains(err.Error(), secret)) {
				t.Fatalf("error %v", err)
			}
		}
	})
}
