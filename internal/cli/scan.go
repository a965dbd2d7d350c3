package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// formats are how a scan can be written.
var formats = map[string]func(*command, io.Writer, report) error{
	"text": (*command).writeText, "json": (*command).writeJSON, "sarif": (*command).writeSARIF, "markdown": (*command).writeMarkdown,
}

// formatNames are the formats in the order of the help.
var formatNames = []string{"text", "json", "sarif", "markdown"}

// failOn are the levels from which on a scan exits with Conflicts.
var failOn = []string{"error", "warn", "never"}

func (c *command) scan() *cobra.Command {
	format, fail := "text", "error"
	cmd := &cobra.Command{
		Use:   "scan FILE...",
		Short: "Report every address conflict among the networks and clusters in states and plans",
		Long: wrapped(
			"scan reports every conflict among all that the files have: VPCs, subnets, routes, hubs, sites, clusters, and "+
				"what resources of cidrplan declare, reserve and allocated. Objects in several files are joined by their IDs, so "+
				"scan the states of all connected networks together.",
			"A file is a state of Terraform or OpenTofu, the output of terraform show -json for a state or plan, or a lock of "+
				"cidrplan; - is the standard input.",
			"Exit codes: 0 no conflict, 1 a file cannot be read, 2 conflicts.",
		),
		Example: "  cidrplan scan network.tfstate clusters.tfstate\n" +
			"  terraform show -json tfplan | cidrplan scan --format markdown -",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			write, known := formats[format]
			if !known {
				return fmt.Errorf("--format %s", messages.NotAmong(format, formatNames))
			}
			if !slices.Contains(failOn, fail) {
				return fmt.Errorf("--fail-on %s", messages.NotAmong(fail, failOn))
			}
			in, err := c.load(files)
			if err != nil {
				return err
			}
			r := c.scanned(in)
			if err := write(c, c.io.Out, r); err != nil {
				return err
			}
			if fail == "error" && r.Counts.Errors > 0 || fail == "warn" && r.Counts.Errors+r.Counts.Warnings > 0 {
				return errConflicts
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", format, "how the result is written: "+strings.Join(formatNames, ", "))
	cmd.Flags().StringVar(&fail, "fail-on", fail, "level from which on the exit code is 2: "+strings.Join(failOn, ", "))
	return cmd
}
