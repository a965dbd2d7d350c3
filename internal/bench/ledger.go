package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// ledgerSchema is the schema of the ledger that the benchmark makes, and drops at the end.
const ledgerSchema = "cidrplan_bench"

// providerWithLedger configures the ledger. The owner is that of a run, by the name of its folder.
const providerWithLedger = `provider "cidrplan" {
  ledger = {
    owner      = basename(dirname(abspath(path.root)))
    postgresql = { schema = "` + ledgerSchema + `" }
  }
}

`

// ledgerFigures are what one call of the benchmark measured with a ledger and without.
type ledgerFigures struct {
	Version                       string
	Cores, Runs, Clusters, Claims int
	Steps                         map[stepName]pairs
}

// pairs are the medians of the wall times of a step without and with the ledger, and of the ratios of those that ran next to each other.
type pairs struct {
	Without, With seconds
	Ratio         float64
}

// measureLedger runs the comparison as its arguments say, prints the table and writes the figures to a file.
func measureLedger(ctx context.Context, args []string) (err error) {
	flags := flag.NewFlagSet("measure-ledger", flag.ContinueOnError)
	binary := flags.String("terraform", "terraform", "the Terraform or OpenTofu `binary`")
	config := flags.String("cli-config", "", "a CLI configuration `file` that has the built provider, see dev-overrides.sh")
	program := flags.String("cidrplan", "bin/terraform-provider-cidrplan", "the built provider, as the `program` that creates the ledger")
	clusters := flags.Int("clusters", 1000, "the number of clusters")
	claims := flags.Int("claims", 100_000, "the number of claims of other owners")
	runs := flags.Int("runs", 5, "how often each command is measured")
	file := flags.String("figures", "", "the `file` that the figures are written to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *clusters < 2 || *clusters > mostClusters || *claims < 1 || *claims > mostClaims || *runs < 1 {
		return fmt.Errorf("want 2 to %d clusters, 1 to %d claims and at least one run", mostClusters, mostClaims)
	}
	terraform, err := newCommandLine(*binary, *config)
	if err != nil {
		return err
	}
	database, err := newLedger(ctx, *program, *claims)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.drop()) }()
	all, err := terraform.compare(ctx, scenario{*clusters, "declare"}, *runs, database, os.Stderr)
	if err != nil {
		return err
	}
	all.Claims = *claims
	if _, err := fmt.Fprintln(os.Stdout, ledgerTable(all)); err != nil || *file == "" {
		return err
	}
	return writeJSON(*file, all)
}

// compare measures each step without and with the ledger, each run in the other order.
func (c commandLine) compare(ctx context.Context, s scenario, runs int, l *ledger, progress io.Writer) (ledgerFigures, error) {
	_, version, err := c.run(ctx, ".", 0, "version")
	if err != nil {
		return ledgerFigures{}, err
	}
	version, _, _ = strings.Cut(version, "\n")
	all := ledgerFigures{Version: version, Cores: runtime.NumCPU(), Runs: runs, Clusters: s.Clusters, Steps: map[stepName]pairs{}}
	seen := map[subject][]observed{}
	for run := range runs {
		order := []subject{cidrplan, sharing}
		if run%2 == 1 {
			slices.Reverse(order)
		}
		for _, of := range order {
			seen[of] = append(seen[of], observed{Steps: map[stepName]sample{}})
		}
		if err := c.measureOnce(ctx, s, order, func(of subject) *observed { return &seen[of][run] }, progress); err != nil {
			return all, err
		}
		if err := l.forget(ctx); err != nil {
			return all, err
		}
	}
	for _, step := range steps {
		wall := func(o observed) seconds { return o.Steps[step.name].Wall }
		var ratios []float64
		for run := range runs {
			ratios = append(ratios, float64(wall(seen[sharing][run])/wall(seen[cidrplan][run])))
		}
		slices.Sort(ratios)
		all.Steps[step.name] = pairs{median(seen[cidrplan], wall), median(seen[sharing], wall), ratios[len(ratios)/2]}
	}
	return all, nil
}

// ledger is the ledger that is measured, with claims of others, in the database of PGHOST and the other variables of psql.
type ledger struct{}

// run runs SQL with psql, the schema of the ledger first in the search path.
func (l *ledger) run(ctx context.Context, sql string) error {
	psql := exec.CommandContext(ctx, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
	psql.Stdin = strings.NewReader("SET client_min_messages = warning; SET search_path = " + ledgerSchema + ", public;\n" + sql)
	if out, err := psql.CombinedOutput(); err != nil {
		return fmt.Errorf("psql: %w\n%s", err, out)
	}
	return nil
}

// mostClaims fit into 10.0.0.0/9, the supernet of the clusters, with room for these.
const mostClaims = 1<<17 - 1<<14

// newLedger makes a ledger in the database of the environment: the supernet has a /27 of another owner in each /26 from its beginning.
func newLedger(ctx context.Context, program string, claims int) (*ledger, error) {
	l := &ledger{}
	if err := l.drop(); err != nil {
		return nil, err
	}
	made := exec.CommandContext(ctx, program, "ledger", "init", "--schema", ledgerSchema)
	if out, err := made.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ledger init: %w\n%s", err, out)
	}
	err := l.run(ctx, fmt.Sprintf(`
		INSERT INTO owner (name) SELECT 'other/' || i FROM generate_series(0, 99) i;
		INSERT INTO planner (owner, name, serial, token, confirmed) SELECT name, 'k8s', 1, name, true FROM owner;
		INSERT INTO domain (vrf, class, network) VALUES ('', 'unique', '');
		INSERT INTO entry (planner, owner, planner_name, kind, cluster, range, vrf, network, class, domain, demand, attributes, state)
		SELECT p.id, p.owner, p.name, 'pod', 'c' || i, set_masklen('10.0.0.0'::inet + i * 64, 27)::cidr, '', 'v' || i %% 7, 'unique', d.id,
			'pod/c' || i, '{"profile": "ack-flannel"}', 'claim'
		FROM generate_series(0, %d - 1) i JOIN planner p ON p.owner = 'other/' || i %% 100, domain d;
		ANALYZE entry, planner, domain;`, claims))
	return l, err
}

// forget deletes what a run has in the ledger, and what is left of it in the indexes, so that the next run finds the same ledger.
func (l *ledger) forget(ctx context.Context) error {
	return l.run(ctx, `DELETE FROM entry WHERE owner LIKE 'cidrplan-bench-%'; VACUUM entry, planner, owner;`)
}

// drop removes the ledger, also after an interrupt.
func (l *ledger) drop() error {
	return l.run(context.Background(), `DROP SCHEMA IF EXISTS `+ledgerSchema+` CASCADE`)
}
