package messages

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
)

// Texts of users and of other workspaces may be long, and may hold what a terminal obeys. Each is one line
// of at most so many characters where it becomes a part of a message, and so is each message as a whole.
const (
	maxDescription = 200
	maxItem        = 300
	maxSummary     = 200
	MaxDetail      = 20_000
)

// Described shows a description, or labels, as they are given.
func Described(text string) string { return plain.Line(text, maxDescription) }

// Line shows a value of a configuration that is not put in quotes.
func Line(text string) string { return plain.Line(text, maxItem) }

// Safe is the message without control characters, and not longer than anybody reads. Line feeds are
// those of the message itself: whatever is quoted in it has none any more.
func (m Message) Safe() Message {
	m.Summary = plain.Line(m.Summary, maxSummary)
	m.Detail = plain.EscapeBlock(plain.Cut(m.Detail, MaxDetail))
	return m
}

// Safe returns messages without control characters and of a bounded length.
func Safe(messages []Message) []Message {
	var out []Message
	for _, m := range messages {
		out = append(out, m.Safe())
	}
	return out
}

// Lines is a text of several lines without other control characters.
func Lines(text string) string { return plain.EscapeBlock(plain.Cut(text, MaxDetail)) }
