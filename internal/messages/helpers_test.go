package messages

import "strings"

func all(messages []Message) string {
	var b strings.Builder
	for _, m := range messages {
		b.WriteString(m.String() + "\n")
	}
	return b.String()
}
