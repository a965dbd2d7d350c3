package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// BadLedger refuses a configuration of the ledger that cannot be used.
func BadLedger(e ledger.BadConfig) Message {
	detail := badSchema(e.Schema)
	at := topology.Path{}.Attr("ledger").Attr("postgresql").Attr("schema")
	options := []string{"Give the name of the schema of the ledger, such as \"cidrplan\"."}
	switch {
	case e.Cause != nil && e.Environment:
		at = topology.Path{}.Attr("ledger").Attr("postgresql")
		detail = "The PG* environment variables do not give a connection to the ledger: " + Sentence(plainError(e.Cause))
		options = []string{"Correct the variables, such as PGHOST, PGPORT, PGSSLMODE, PGSSLROOTCERT and PGSERVICE."}
	case e.Cause != nil:
		at = topology.Path{}.Attr("ledger").Attr("postgresql").Attr("conn_str")
		detail = "The connection of the ledger cannot be read: " + Sentence(plainError(e.Cause)) +
			" The connection string is not shown, because it can contain a password."
		options = []string{
			"Give a URL, such as postgres://USER@HOST:5432/DATABASE, or keywords and values, such as host=HOST dbname=DATABASE. " +
				"In a URL, encode special characters of a password, such as %2F for a slash and %40 for @.",
			"Give no connection string, and set the PG* environment variables.",
		}
	}
	return Message{At: at, Summary: "Ledger Cannot Be Used", Detail: detail + Resolving(options)}
}

// badSchema says why a name cannot be that of the ledger's schema.
func badSchema(name string) string {
	switch {
	case name == "":
		return "The name of the schema is empty."
	case len(name) > ledger.MaxName:
		return fmt.Sprintf("The name %s of the schema has %d bytes, and names in PostgreSQL have at most %d.",
			Shown(name), len(name), ledger.MaxName)
	case ledger.ReservedSchema(name):
		return fmt.Sprintf("PostgreSQL reserves the name %s of the schema.", Shown(name))
	}
	return fmt.Sprintf("The name %s of the schema has a character that names in PostgreSQL cannot have.", Shown(name))
}
