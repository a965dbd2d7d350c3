package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
)

// Texts of users and of other workspaces may be long, and may hold what a terminal obeys. Each is one line
// of at most so many characters where it becomes a part of a message, and so is each message as a whole.
const (
	maxDescription = 200
	maxItem        = 300
	maxSummary     = 200
	maxDetail      = 20_000
)

// described shows a description, or labels, as they are given.
func described(text string) string { return plain.Line(text, maxDescription) }

// line shows a value of a configuration that is not put in quotes.
func line(text string) string { return plain.Line(text, maxItem) }

// safe is the message without control characters, and not longer than anybody reads. Line feeds are
// those of the message itself: whatever is quoted in it has none any more.
func (m message) safe() message {
	m.summary = plain.Line(m.summary, maxSummary)
	m.detail = plain.EscapeBlock(plain.Cut(m.detail, maxDetail))
	return m
}

func safe(messages []message) []message {
	var out []message
	for _, m := range messages {
		out = append(out, m.safe())
	}
	return out
}
