package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// newLedger is an empty ledger for an acceptance test.
func newLedger(t *testing.T) *ledgertest.Database {
	t.Helper()
	newFolder(t) // which skips where there is no Terraform
	return ledgertest.New(t)
}

// sharing configures the provider for an owner of a ledger, beside a configuration.
func sharing(d *ledgertest.Database, owner, config string) string {
	return sharingAs(d, owner, fmt.Sprintf("%q", d.ConnString), config)
}

// sharingAs is sharing with an expression for the connection.
func sharingAs(d *ledgertest.Database, owner, connection, config string) string {
	return fmt.Sprintf(`
provider "cidrplan" {
  ledger = {
    owner      = %q
    postgresql = { schema = %q, conn_str = %s }
  }
}
`, owner, d.Schema, connection) + config
}

// ledgerDatabase is the database of a ledger in an example.
var ledgerDatabase = regexp.MustCompile(`postgresql\s*= \{.*\}`)

// withLedger is a configuration of an example with an empty ledger in place of its own; one without a ledger stays as it is.
func (w *workspace) withLedger(config string) string {
	w.t.Helper()
	if !ledgerDatabase.MatchString(config) {
		return config
	}
	if w.ledger == nil {
		w.ledger = newLedger(w.t)
	}
	connection := fmt.Sprintf("postgresql = { schema = %q, conn_str = %q }", w.ledger.Schema, w.ledger.ConnString)
	return ledgerDatabase.ReplaceAllString(config, connection)
}

// planning is an allocator of some clusters in one VPC, with a supernet that holds eight of them.
func planning(clusters string, more ...string) string {
	return `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
  clusters = {
    ` + clusters + `
  }
  ` + strings.Join(more, "\n  ") + `
}
`
}

// needing is a cluster of a name with a Pod range of /19 and a Service range of /22.
func needing(name string) string {
	return name + ` = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, max_services = 1000 }` + "\n"
}

// entries are what a planner has in the ledger, one a line: state, kind, cluster, range.
func entries(t *testing.T, d *ledgertest.Database, owner, planner string) string {
	t.Helper()
	var lines []string
	conn := d.Connect(t)
	defer conn.Close(t.Context()) //nolint:errcheck // it only reads
	rows, err := conn.Query(t.Context(), `SELECT state, kind, cluster, range::text FROM entry WHERE owner = $1 AND planner_name = $2
		ORDER BY range, kind, cluster`, owner, planner)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var state, kind, cluster, r string
		if err := rows.Scan(&state, &kind, &cluster, &r); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join([]string{state, kind, cluster, r}, " "))
	}
	return strings.Join(lines, "\n")
}

// wantEntries compares what a planner has in the ledger, and whether the ledger is sound.
func wantEntries(t *testing.T, d *ledgertest.Database, owner, planner string, want ...string) {
	t.Helper()
	if got := entries(t, d, owner, planner); got != strings.Join(want, "\n") {
		t.Errorf("%s/%s has\n%s\nwant\n%s", owner, planner, got, strings.Join(want, "\n"))
	}
}

// expire lets all holds of the ledger end.
func expire(t *testing.T, d *ledgertest.Database) {
	t.Helper()
	d.Exec(t, `UPDATE entry SET expires = now() - interval '1 hour' WHERE state = 'hold'`)
}

// empty asks that a plan changes nothing.
func (w *workspace) empty() {
	w.t.Helper()
	w.run("plan", "-detailed-exitcode")
}

// keep copies the state. The function that it returns puts it back.
func (w *workspace) keep() (restore func()) {
	w.t.Helper()
	was := read(w.t, w.stateAt())
	return func() { w.file("terraform.tfstate", was) }
}

// serial is ledger_serial in the state of a workspace.
func (w *workspace) serial() any {
	w.t.Helper()
	return w.holds(allocator)["ledger_serial"]
}
