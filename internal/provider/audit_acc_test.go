package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// auditFacts are two clusters on one Service range, a VPC that a site overlaps, and a CIDR that is none.
const auditFacts = `
  hubs  = { cen = { kind = "cen" }, merged = { kind = "cen" } }
  sites = {
    idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"], labels = { owner = "net" } }
    acme = { cidr_blocks = ["192.168.4.0/22"], hubs = ["merged"] }
  }
  vpcs = {
    prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], hubs = ["cen"] }
    test = { platform = "alicloud", cidr_blocks = ["10.1.0.0/16"], hubs = ["cen"], description = "old" }
  }
  clusters = {
    a = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/20"], service_cidr = "172.20.0.0/20" }
    b = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.8.0/22"], service_cidr = "172.21.0.0/20" }
    c = { vpc = "test", profile = "ack-flannel", max_nodes = 10 }
  }
  existing = { c = { pod_cidrs = ["10.80.0.0/20"], service_cidr = "172.22.0.0/20" } }
`

func audit(arguments string) string {
	return header + `data "cidrplan_audit" "it" {` + auditFacts + arguments + "\n}\n"
}

const (
	podsKey = "pod_overlaps_cluster_pod|10.64.8.0/22|a+b"
	vpcKey  = "vpc_overlaps_peer|10.1.0.0/16|idc+test"
	acmeKey = "vpc_overlaps_peer|192.168.4.0/22|acme+prod"
)

// found checks attributes of one finding of the audit.
func found(key string, values map[string]knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.cidrplan_audit.it", tfjsonpath.New("findings").AtMapKey(key), knownvalue.ObjectPartial(values))
}

func counts(errors, warnings, notes int64) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(
		"data.cidrplan_audit.it",
		tfjsonpath.New("counts"),
		knownvalue.ObjectExact(map[string]knownvalue.Check{
			"errors": knownvalue.Int64Exact(errors), "warnings": knownvalue.Int64Exact(warnings), "notes": knownvalue.Int64Exact(notes),
		}),
	)
}

func party(kind, name, cidr, at string) knownvalue.Check {
	return knownvalue.ObjectPartial(map[string]knownvalue.Check{
		"kind": knownvalue.StringExact(
			kind,
		), "name": knownvalue.StringExact(name), "cidr": knownvalue.StringExact(cidr), "at": knownvalue.StringExact(at),
	})
}

// An audit returns as data what an allocator would report, and never fails.
func TestAccAuditGivesEverythingAsData(t *testing.T) {
	t.Parallel()
	text := knownvalue.StringExact
	acceptance(
		t,
		resource.TestStep{Config: audit(`supernets = ["10.64.0.0/12"]`), ConfigStateChecks: []statecheck.StateCheck{
			counts(2, 0, 0),
			found(podsKey, map[string]knownvalue.Check{
				"rule": text(
					"pod_overlaps_cluster_pod",
				), "level": text("error"), "overlap": text("10.64.8.0/22"), "hypothetical": knownvalue.Bool(false),
				"first": party(
					"pod", "a", "10.64.0.0/20", `clusters["a"].pod_cidrs[0]`,
				), "second": party("pod", "b", "10.64.8.0/22", `clusters["b"].pod_cidrs[0]`),
				"summary":    text(`Pod range 10.64.0.0/20 of cluster "a" and Pod range 10.64.8.0/22 of cluster "b" share 10.64.8.0/22.`),
				"suggestion": text("10.64.16.0/20, 10.64.48.0/20, 10.64.64.0/20"),
				"consequence": knownvalue.StringRegexp(
					allOf("one route for each node block"),
				), "source": knownvalue.StringRegexp(allOf("https://")), "reason": knownvalue.Null(),
			}),
			found(vpcKey, map[string]knownvalue.Check{
				"level": text(
					"error",
				), "first": party(
					"vpc",
					"test",
					"10.1.0.0/16",
					`vpcs["test"].cidr_blocks[0]`,
				), "second": party("site", "idc", "10.0.0.0/12", `sites["idc"].cidr_blocks[0]`),
				"suggestion": knownvalue.Null(),
			}),
		}},
		resource.TestStep{Config: audit(`
  accepted_conflicts = { "` + podsKey + `" = { reason = "moves in May", until = "2027-05-31" } }
  rule_levels        = { vpc_overlaps_peer = "warn" }
`), ConfigStateChecks: []statecheck.StateCheck{
			counts(0, 2, 1), // the last day has nothing to be compared with
			found(
				podsKey,
				map[string]knownvalue.Check{
					"level":      text("note"),
					"reason":     text("moves in May"),
					"until":      text("2027-05-31"),
					"suggestion": knownvalue.Null(),
				},
			),
			found(vpcKey, map[string]knownvalue.Check{"level": text("warn")}),
		}},
		resource.TestStep{Config: audit(`what_if = { joined_hubs = ["cen", "merged"] }`), ConfigStateChecks: []statecheck.StateCheck{
			counts(3, 0, 0),
			found(acmeKey, map[string]knownvalue.Check{"level": text("error"), "hypothetical": knownvalue.Bool(true)}),
			found(vpcKey, map[string]knownvalue.Check{"hypothetical": knownvalue.Bool(false)}),
		}},
		resource.TestStep{
			Config: audit(`what_if = { peered = ["acme", "prod"], meshed = ["a", "c"] }`),
			ConfigStateChecks: []statecheck.StateCheck{
				counts(3, 0, 0), found(acmeKey, map[string]knownvalue.Check{"hypothetical": knownvalue.Bool(true)}),
			},
		},
		resource.TestStep{
			Config: audit(`what_if = { peered = ["acme", "prd"] }
  reserved = { odd = { cidr = "10.1.2.0/16" } }`),
			ConfigStateChecks: []statecheck.StateCheck{
				counts(4, 0, 0),
				found(
					"invalid_input|reserved[\"odd\"].cidr|Not a Canonical CIDR",
					map[string]knownvalue.Check{"text": knownvalue.StringRegexp(allOf("did you mean 10.1.0.0/16"))},
				),
				found(
					"invalid_input|what_if.peered[1]|Undeclared Name",
					map[string]knownvalue.Check{
						"hypothetical": knownvalue.Bool(true),
						"text":         knownvalue.StringRegexp(allOf(`Did you mean "prod"`)),
					},
				),
			},
		},
	)
}

// A check block reads it, and fails nothing.
func TestAccAuditInACheckBlock(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
data "cidrplan_audit" "it" {`+auditFacts+`}
check "addresses" {
  assert {
    condition     = data.cidrplan_audit.it.counts.errors == 0
    error_message = join("\n", [for key, f in data.cidrplan_audit.it.findings : "${f.level} ${key}"])
  }
}
output "csv" {
  value = join("\n", [
    for f in data.cidrplan_audit.it.findings :
    join(",", [f.level, f.rule, f.first.name, f.first.cidr, try(f.second.name, ""), try(f.second.cidr, "")])
  ])
}
`)
	out := w.run("apply", "-auto-approve")
	if !allOf(
		"Check block assertion failed", "error pod_overlaps_cluster_pod", "error,vpc_overlaps_peer,test,10.1.0.0/16,idc,10.0.0.0/12",
	).MatchString(out) {
		t.Errorf("the check does not tell:\n%s", out)
	}
}
