package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

func ledgerUnavailable(e ledger.Unavailable, by ledgerUser) Message {
	options := []string{
		"If the database is down, start it, then " + by.again + ".",
		"If the connection is wrong, set the PG* environment variables (such as PGHOST, PGPORT, PGDATABASE, PGUSER and " +
			"PGPASSWORD), or " + by.connection + ".",
		"If the certificate of the server is refused, set PGSSLROOTCERT to the file of its certificate authority. If the " +
			"certificate has expired, let an administrator renew it. If the server has no TLS and the network is trusted, set " +
			"PGSSLMODE=disable.",
	}
	if e.Exhausted {
		options = []string{"Give the database the resources that it lacks, such as disk space or free connections, then " + by.again + "."}
	}
	return Message{
		Summary: "Ledger Is Not Available",
		Detail:  "The database of the ledger cannot be used: " + Sentence(plainError(e.Cause)) + by.effect + Resolving(options),
	}
}

func ledgerReadOnly(e ledger.ReadOnly) Message {
	return Message{
		Summary: "Ledger Is Read-Only",
		Detail: "The database of the ledger accepts no changes: " + Sentence(plainError(e.Cause)) + " It is a standby server, or " +
			"default_transaction_read_only is set." + resolving(
			"Connect to the primary server: set PGHOST to it; or list all servers in PGHOST and set PGTARGETSESSIONATTRS=read-write.",
			"If default_transaction_read_only is set on purpose, for example during a restore, wait for its end.",
		),
	}
}

// ledgerRefusedSetting refuses a connection that asks a pooler for what it does not pass on.
func ledgerRefusedSetting(e ledger.RefusedSetting, by ledgerUser) Message {
	return Message{
		Summary: "Pooler Refuses the Connection",
		Detail: "The connection of the ledger has a setting that a pooler such as PgBouncer refuses: " + Sentence(plainError(e.Cause)) +
			by.effect + resolving(
			"Remove the setting from PGOPTIONS, or from "+by.connection+".",
			"Connect to the server itself: set PGHOST and PGPORT, or "+by.connection+".",
			"Let the administrator of PgBouncer add the setting to ignore_startup_parameters: PgBouncer ignores it then.",
		),
	}
}

// ledgerIncomplete refuses a ledger without the constraints that keep ranges apart.
func ledgerIncomplete(e ledger.Incomplete, by ledgerUser) Message {
	return Message{
		Summary: "Ledger Is Incomplete",
		Detail: fmt.Sprintf("The ledger in schema %q lacks constraints of its table entry: %s. A restore leaves them out if the database "+
			"has no extension btree_gist.\n\n"+
			"Effect: the database would let two workspaces have the same range.", e.Schema, Listed(e.Missing, maxNames)) + resolving(
			"Remove the schema, create the extension (CREATE EXTENSION btree_gist), and restore the backup again. Then "+by.again+".",
		),
	}
}

// ledgerOldServer refuses a server that is too old.
func ledgerOldServer(e ledger.OldServer, by ledgerUser) Message {
	return Message{
		Summary: "PostgreSQL Is Too Old",
		Detail: fmt.Sprintf("The server of the ledger reports version %s of PostgreSQL. The ledger requires version %d or later.",
			Shown(e.Version), ledger.OldestServer) + by.effect + resolving(
			"Upgrade the server. PostgreSQL lists the versions that it supports: https://www.postgresql.org/support/versioning/",
			"Connect to another server: set PGHOST, or "+by.connection+".",
			"If this is another product with the protocol of PostgreSQL, use PostgreSQL.",
		),
	}
}
