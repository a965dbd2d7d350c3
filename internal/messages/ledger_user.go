package messages

// ledgerUser is what uses a ledger, as messages on errors of the ledger name it.
type ledgerUser struct {
	program string
	// connection and schema are where these are set.
	connection, schema string
	// update is the option where the ledger is newer, again what to do after the cause was repaired.
	update, again string
	// effect is that of a database that cannot be used, after an empty line, or "".
	effect string
}

var ofProvider = ledgerUser{
	program:    "This provider",
	connection: "ledger.postgresql.conn_str of the provider",
	schema:     "ledger.postgresql.schema of the provider",
	update:     "Use a version of cidrplan that is as new as the ledger. For the provider: terraform init -upgrade",
	again:      "plan again",
	effect: "\n\nWithout the ledger it is not known which ranges other workspaces use, so no range is chosen and nothing " +
		"is applied.",
}

var ofCommand = ledgerUser{
	program:    "This program",
	connection: "--connection",
	schema:     "--schema",
	update:     "Use a version of cidrplan that is as new as the ledger.",
	again:      "repeat the command",
}
