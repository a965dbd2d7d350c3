package topology

import "strings"

// Placeholder says that a value is the one that a message prints for the user to replace. It only warns.
type Placeholder struct {
	Value string
	// Instead is what to write.
	Instead UserValue
}

// CheckPlaceholder warns of a value between < and >, or is nothing but dots, as messages and
// documentation show values that the user is to replace.
func CheckPlaceholder(at Path, value string, instead UserValue) []Fault {
	text := strings.TrimSpace(value)
	bracketed := strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">")
	if !bracketed && (text == "" || strings.Trim(text, ".…") != "") {
		return nil
	}
	return []Fault{{At: at, Problem: Placeholder{Value: value, Instead: instead}, Warn: true}}
}
