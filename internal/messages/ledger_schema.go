package messages

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// Beside is the writer of messages on a ledger in a schema.
func (p Writer) Beside(schema string) Writer {
	p.schema = schema
	return p
}

// LedgerCommand is a command of the ledger as a shell reads it. It names the schema if that is not the default one.
func (p Writer) LedgerCommand(words ...string) string {
	if cmp.Or(p.schema, ledger.DefaultSchema) != ledger.DefaultSchema {
		words = append(words, "--schema", p.schema)
	}
	text := "cidrplan ledger"
	for _, word := range words {
		text += " " + quotedForShell(word)
	}
	return text
}

// plainWord is a word that a shell does not change.
var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

func quotedForShell(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
