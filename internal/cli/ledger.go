package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// ledgerCommand is what the commands of the shared ledger have in common.
type ledgerCommand struct {
	*command
	config ledger.Config
}

func (c *command) ledger() *cobra.Command {
	l := &ledgerCommand{command: c}
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Create, list, check and repair the ledger that several workspaces share",
		Long: wrapped(
			"The ledger is a PostgreSQL database that has the ranges of many workspaces, so that two plans at the same time never "+
				"choose the same range. These commands are for its administrators; the provider uses the ledger by its argument ledger.",
			"The connection is that of the environment variables PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE, "+
				"PGSSLROOTCERT and so on, as for psql. TLS is verify-full, unless sslmode is set or the server is reached by a Unix "+
				"socket. Do not write a password on the command line: other users of the machine can see it.",
		),
		Example: "  cidrplan ledger init --roles\n" +
			"  cidrplan ledger list",
		Args: cobra.NoArgs, // else a misspelled command shows the help, and the exit code says success
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&l.config.ConnString, "connection", "",
		"URL or keywords and values of the connection; the environment gives what it does not")
	cmd.PersistentFlags().StringVar(&l.config.Schema, "schema", ledger.DefaultSchema, "schema of the ledger in the database")
	cmd.AddCommand(l.init(), l.migrate(), l.roles(), l.list(), l.history(), l.verify(), l.release(), l.export(), l.settings())
	return cmd
}

// open opens the ledger. It connects to nothing.
func (l *ledgerCommand) open() (*ledger.Ledger, error) {
	opened, err := ledger.Open(l.config)
	return opened, l.worded(ledger.Planner{}, err)
}

// words is the writer of messages on this ledger.
func (l *ledgerCommand) words() messages.Writer { return l.writer.Beside(l.config.Schema) }

// worded is an error of the ledger in words.
func (l *ledgerCommand) worded(who ledger.Planner, err error) error {
	if err == nil {
		return nil
	}
	return errors.New(l.words().LedgerCommandFailed(who, err))
}

// run opens the ledger, and words the error of what is done with it.
func (l *ledgerCommand) run(do func(context.Context, *ledger.Ledger) error) error {
	opened, err := l.open()
	if err != nil {
		return err
	}
	if err = do(context.Background(), opened); errors.Is(err, errConflicts) {
		return err
	}
	return l.worded(ledger.Planner{}, err)
}

// checkFormat refuses another format than text and JSON.
func checkFormat(format string) error {
	if format != "text" && format != "json" {
		return fmt.Errorf("--format %s", messages.NotAmong(format, []string{"text", "json"}))
	}
	return nil
}
