// Command bench measures Terraform plans of many clusters with cidrplan, beside terraform_data given the same values.
// It reads /proc, so it needs Linux. Run it from the root of the module:
//
//	bench measure -terraform PATH -cli-config FILE -sizes "100 1000" -runs 3 -figures FILE
//	bench guide FILE...
//
//	bench measure-ledger -terraform PATH -cli-config FILE -cidrplan PATH -clusters 1000 -claims 100000 -runs 5 -figures FILE
//	bench ledger-guide FILE
//
// The first measures, prints tables and writes the figures to a file. The second puts the figures of such files into the guide "Scale". The
// third compares plans with a ledger in the database of PGHOST with plans without one; the fourth puts its figures into the guide
// "Shared ledger".
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("want measure, guide, measure-ledger or ledger-guide, and their arguments")
	}
	switch args[0] {
	case "measure":
		return measure(ctx, args[1:])
	case "guide":
		return writeGuide(args[1:])
	case "measure-ledger":
		return measureLedger(ctx, args[1:])
	case "ledger-guide":
		return writeLedgerGuide(args[1:])
	}
	return fmt.Errorf("unknown command %q, want measure, guide, measure-ledger or ledger-guide", args[0])
}

// measure runs the benchmark as its arguments say, prints the tables and writes the figures to a file.
func measure(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("measure", flag.ContinueOnError)
	binary := flags.String("terraform", "terraform", "the Terraform or OpenTofu `binary`")
	config := flags.String("cli-config", "", "a CLI configuration `file` that has the built provider, see dev-overrides.sh")
	sizes := flags.String("sizes", "100 1000 10000", "numbers of clusters")
	layouts := flags.String("layouts", "in-place resources", "how the clusters are written: "+strings.Join(layoutNames(), ", "))
	runs := flags.Int("runs", 3, "how often each command is measured; the table has the medians")
	file := flags.String("figures", "", "the `file` that the figures are written to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cases, err := casesOf(*sizes, *layouts)
	if err != nil {
		return err
	}
	terraform, err := newCommandLine(*binary, *config)
	if err != nil {
		return err
	}
	all, failed := terraform.measureAll(ctx, cases, *runs, os.Stderr)
	if len(all.Measured) == 0 {
		return failed
	}
	_, err = fmt.Fprintln(os.Stdout, tables([]figures{all}))
	if *file != "" {
		err = errors.Join(err, writeFigures(*file, []figures{all}))
	}
	return errors.Join(failed, err)
}

// casesOf are the configurations to measure: each size in each layout.
func casesOf(sizes, layouts string) ([]scenario, error) {
	var cases []scenario
	for _, size := range strings.Fields(sizes) {
		n, err := strconv.Atoi(size)
		if err != nil || n < 2 || n > mostClusters {
			return nil, fmt.Errorf("%q is no size, want a number of clusters from 2 to %d", size, mostClusters)
		}
		for _, name := range strings.Fields(layouts) {
			if _, ok := layoutOf[layoutName(name)]; !ok {
				return nil, fmt.Errorf("unknown layout %q, want one of %s", name, strings.Join(layoutNames(), ", "))
			}
			cases = append(cases, scenario{n, layoutName(name)})
		}
	}
	if len(cases) == 0 {
		return nil, errors.New("nothing to measure: want at least one size and one layout")
	}
	return cases, nil
}

// newCommandLine is the command line, ready to be measured. config is a CLI configuration file.
func newCommandLine(binary, config string) (commandLine, error) {
	if config == "" {
		return commandLine{}, errors.New("want -cli-config, a file that internal/tools/dev-overrides.sh prints")
	}
	config, err := filepath.Abs(config)
	if err != nil {
		return commandLine{}, err
	}
	if _, err := os.Stat(config); err != nil {
		return commandLine{}, err
	}
	return commandLine{binary: binary, env: environment(os.Environ(), config)}, nil
}
