package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func (l *ledgerCommand) init() *cobra.Command {
	roles, prefix := false, ledger.DefaultSchema
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Create the ledger in a database",
		Long: wrapped(
			"init creates the schema, the extension btree_gist and the tables of the ledger. It needs the permission CREATE on the "+
				"database. A ledger that exists already is not changed.",
			"With --roles, it also creates the four database roles of the ledger, for which it needs the permission CREATEROLE. "+
				"cidrplan ledger roles prints their script, for an administrator of the database to run.",
			"Connect to the server itself, not to PgBouncer in transaction mode.",
		),
		Example: "  PGHOST=db.example.com PGDATABASE=network PGUSER=network_owner cidrplan ledger init --roles",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkPrefix(cmd, roles, prefix); err != nil {
				return err
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				_, err := of.Settings(ctx)
				var missing ledger.NoLedger
				switch {
				case err == nil:
					l.say("Schema %q has a ledger of version %d already.", l.config.Schema, ledger.Version())
				case !errors.As(err, &missing):
					return err
				default:
					if _, err := of.Migrate(ctx); err != nil {
						return err
					}
					l.say("Created the ledger of version %d in schema %q. The extension btree_gist is in the database.",
						ledger.Version(), l.config.Schema)
				}
				return l.makeRoles(ctx, of, roles, prefix)
			})
		},
	}
	rolesFlags(cmd, &roles, &prefix)
	return cmd
}

func (l *ledgerCommand) migrate() *cobra.Command {
	roles, prefix := false, ledger.DefaultSchema
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the ledger to the version that this program needs",
		Long: wrapped(
			"migrate changes the tables and functions of an existing ledger. Run it as the role that owns the schema, before the first "+
				"workspace uses the new version of the provider: older providers refuse the new ledger, and newer ones the old ledger.",
			"New functions need new permissions: use --roles, or run the script of cidrplan ledger roles again.",
		),
		Example: "  cidrplan ledger migrate --roles",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkPrefix(cmd, roles, prefix); err != nil {
				return err
			}
			return l.run(func(ctx context.Context, of *ledger.Ledger) error {
				_, err := of.Settings(ctx)
				var other ledger.OtherVersion
				if err != nil && !errors.As(err, &other) { // also where there is no ledger: it may be in another schema
					return err
				}
				before, err := of.Migrate(ctx)
				if err != nil {
					return err
				}
				if before == ledger.Version() {
					l.say("The ledger has version %d already.", before)
				} else {
					l.say("Migrated the ledger from version %d to version %d.", before, ledger.Version())
				}
				return l.makeRoles(ctx, of, roles, prefix)
			})
		},
	}
	rolesFlags(cmd, &roles, &prefix)
	return cmd
}

func (l *ledgerCommand) roles() *cobra.Command {
	prefix := ledger.DefaultSchema
	cmd := &cobra.Command{
		Use:   "roles",
		Short: "Print the script that creates the database roles of the ledger",
		Long: wrapped(
			"roles prints SQL that creates the four roles of the ledger and grants each what it needs. It connects to nothing. "+
				"The script may be run again, and is to be run after each migration.",
			"PREFIX_reader reads. PREFIX_planner also holds ranges, for workspaces that only plan. PREFIX_allocator also applies and "+
				"releases. PREFIX_admin owns the ledger.",
		),
		Example: "  cidrplan ledger roles | psql",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkPrefix(cmd, true, prefix); err != nil {
				return err
			}
			of, err := l.open()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(l.io.Out, of.RolesScript(ledger.RolesOf(prefix)))
			return err
		},
	}
	cmd.Flags().StringVar(&prefix, "prefix", prefix, "with what the names of the roles begin")
	return cmd
}

func rolesFlags(cmd *cobra.Command, roles *bool, prefix *string) {
	cmd.Flags().BoolVar(roles, "roles", false, "also create the four database roles, or grant them what is new")
	cmd.Flags().StringVar(prefix, "prefix", *prefix, "with what the names of the roles begin")
}

// checkPrefix refuses a prefix that no role would have, and an empty one.
func checkPrefix(cmd *cobra.Command, roles bool, prefix string) error {
	switch {
	case prefix == "":
		return errors.New("--prefix is empty; use a prefix such as " + ledger.DefaultSchema)
	case strings.HasPrefix(prefix+"_", "pg_"):
		return fmt.Errorf("--prefix is %s, and PostgreSQL reserves names of roles that begin with pg_", messages.Shown(prefix))
	case len(ledger.RolesOf(prefix).Allocator) > ledger.MaxName:
		// PostgreSQL would cut off the ends of the names, in which alone the roles differ.
		return fmt.Errorf("--prefix %s has %d bytes; use at most %d, since names in PostgreSQL have at most %d",
			messages.Shown(prefix), len(prefix), ledger.MaxName-len(ledger.RolesOf("").Allocator), ledger.MaxName)
	case !roles && cmd.Flags().Changed("prefix"):
		return errors.New("--prefix is for --roles, which is missing; use both, or neither")
	}
	return nil
}

// makeRoles makes the roles if that is wanted, and says which there are.
func (l *ledgerCommand) makeRoles(ctx context.Context, of *ledger.Ledger, wanted bool, prefix string) error {
	if !wanted {
		l.say("Roles were not changed. To create them or to grant what is new: %s | psql", l.words().LedgerCommand("roles"))
		return nil
	}
	r := ledger.RolesOf(prefix)
	if err := of.MakeRoles(ctx, r); err != nil {
		return err
	}
	l.say("Roles: %s (reads), %s (also holds ranges in plans), %s (also applies), %s (owns the ledger).\n"+
		"Give each login one of them, such as: GRANT %s TO ci_apply;", r.Reader, r.Planner, r.Allocator, r.Admin, r.Allocator)
	others, err := of.SharesRoles(ctx, r)
	if len(others) > 0 {
		l.say("The ledgers in these schemas have the same roles, so members can use them too: %s. For other roles, use another --prefix.",
			messages.Listed(others, len(others)))
	}
	return err
}

// say writes a line to the standard output.
func (l *ledgerCommand) say(format string, values ...any) {
	_, _ = fmt.Fprintf(l.io.Out, format+"\n", values...)
}
