package messages

import (
	"errors"
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// LedgerCommandFailed words an error of the ledger for the command line.
func (p Writer) LedgerCommandFailed(who ledger.Planner, err error) string {
	var (
		bad       ledger.BadConfig
		extension ledger.MissingExtension
		unknown   ledger.UnknownPlanner
		owner     ledger.UnknownOwner
		denied    ledger.Denied
		inUse     ledger.SchemaInUse
		pooler    ledger.NeedsServer
	)
	var m Message
	switch {
	case errors.As(err, &bad):
		m = BadLedger(bad)
	case errors.As(err, &extension):
		m = missingExtension(extension)
	case errors.As(err, &inUse):
		m = p.schemaInUse(inUse)
	case errors.As(err, &pooler):
		m = needsServer(pooler)
	case errors.As(err, &unknown):
		m = p.unknownPlanner(unknown)
	case errors.As(err, &owner):
		m = p.unknownOwner(owner)
	case errors.As(err, &denied):
		m = commandDenied(denied)
	default:
		m = p.ledgerError(who, err, ofCommand)
	}
	return m.Summary + "\n\n" + m.Detail
}

func commandDenied(e ledger.Denied) Message {
	return Message{
		Summary: "Role Has No Permission in the Ledger",
		Detail: fmt.Sprintf("The database refuses the role %q: %s", e.Role, Sentence(plainError(e.Cause))) + resolving(
			"For list, history, verify and export, let an administrator make the role a member of the ledger's reader role.",
			"For migrate, release and changes of settings, use a member of the ledger's admin role: set PGUSER, or --connection.",
			"For init, use the owner of the database, or a role with the permission CREATE on it.",
			"For --roles where roles of these names belong to another login, use another --prefix, or let an administrator run the "+
				"script of cidrplan ledger roles.",
		),
	}
}

func missingExtension(e ledger.MissingExtension) Message {
	return Message{
		Summary: "Extension btree_gist Is Missing",
		Detail: "The ledger requires the extension btree_gist, and the role cannot create it in this database: " +
			Sentence(plainError(e.Cause)) + resolving(
			"Let the owner of the database or an administrator run: CREATE EXTENSION btree_gist",
			"Check that the server offers it: SELECT * FROM pg_available_extensions WHERE name = 'btree_gist'. On a server of your own, "+
				"install the package of PostgreSQL's additional modules (contrib).",
		),
	}
}

func (p Writer) schemaInUse(e ledger.SchemaInUse) Message {
	return Message{
		Summary: "Schema Is in Use",
		Detail: fmt.Sprintf("Schema %q has no ledger, and has other objects, such as %q. A ledger needs a schema of its own, because the "+
			"commands of the ledger change the permissions and owners of all objects in it.", e.Schema, e.Object) + resolving(
			"Name another schema: --schema "+ledger.DefaultSchema,
		),
	}
}

func needsServer(e ledger.NeedsServer) Message {
	cause := "it ignores the search path of the connection."
	if e.Cause != nil {
		cause = Sentence(plainError(e.Cause))
	}
	return Message{
		Summary: "Connection Is to a Pooler",
		Detail: "The connection is to a pooler such as PgBouncer: " + cause + "\n\n" +
			"Effect: the ledger would be created in another schema. Nothing was changed." + resolving(
			"Connect to the server itself for init and migrate: set PGHOST and PGPORT, or --connection. Plans and applies can use the "+
				"pooler.",
		),
	}
}

func (p Writer) unknownPlanner(e ledger.UnknownPlanner) Message {
	return Message{
		Summary: "Ledger Has No Such Planner",
		Detail: fmt.Sprintf("The ledger has no %s.%s%s", planner(e.Planner), DidYouMean(e.Name, e.Known), has("This owner", e.Known)) +
			resolving(
				"List the owners and planners: "+p.LedgerCommand("list", "--all"),
				"The name of a cidrplan_blocks begins with blocks/, such as blocks/vpcs.",
			),
	}
}

func (p Writer) unknownOwner(e ledger.UnknownOwner) Message {
	return Message{
		Summary: "Ledger Has No Such Owner",
		Detail: NoOwner(e) + " The first plan of a workspace adds its owner." + resolving(
			"Use an owner of the ledger. List the owners: "+p.LedgerCommand("list", "--all"),
			"If the workspace is new, let it plan first.",
		),
	}
}

// NoOwner says that a ledger does not have an owner, which similar one it has, and which ones.
func NoOwner(e ledger.UnknownOwner) string {
	return fmt.Sprintf("The ledger has no owner %s.%s%s", Shown(e.Owner), DidYouMean(e.Owner, e.Known), has("The ledger", e.Known))
}

// has lists the names that the ledger, or an owner of it, has, "" for none.
func has(who string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(" %s has %s.", who, Listed(names, maxNames))
}

// LedgerEntry names an entry of a ledger, such as Pod range 10.64.0.0/20 of "shop".
func LedgerEntry(e ledger.Entry) string { return entryText(e.Kind, e.Cluster, e.Range) }

// LedgerPlanner names a planner of a ledger with its owner.
func LedgerPlanner(who ledger.Planner) string { return planner(who) }

// LedgerOther names an entry of another planner.
func LedgerOther(o ledger.Other) string { return othersText(o) }

// LedgerNotConfigured refuses the data source of the ledger where the provider has none.
func LedgerNotConfigured() Message {
	return Message{
		Summary: "Provider Has No Ledger",
		Detail: "The data source cidrplan_ledger shows the ledger of the provider, and the provider has no argument ledger." +
			resolving("Set the argument ledger of the provider.", "Remove the data source."),
	}
}

// LedgerNotKnown refuses the data source of the ledger while it is not known which ledger it is.
func LedgerNotKnown() Message {
	return Message{
		Summary: "Ledger Is Not Known Yet",
		Detail: "The argument ledger of the provider has values that are known only after apply, so the ledger cannot be read." +
			resolving("Set the owner and the schema to known values, and the connection by the PG* environment variables."),
	}
}
