package statefile

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// Diagnostic is an error or warning of a plan.
type Diagnostic struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	Address  string `json:"address"`
}

// Own says whether the diagnostic is about a resource, data source or function of this provider. Texts of other providers are not
// shown: they may quote what is secret.
func (d Diagnostic) Own() bool {
	parts := strings.Split(instanceKey.ReplaceAllString(d.Address, ""), ".")
	if d.Address == "" {
		return strings.Contains(d.Detail, "provider::cidrplan::")
	}
	return len(parts) > 1 && strings.HasPrefix(parts[len(parts)-2], ownTypes)
}

// instanceKey matches the key of an instance in an address.
var instanceKey = regexp.MustCompile(`\["(?:[^"\\]|\\.)*"\]`)

// logMark is the beginning of each line of a log.
var logMark = []byte(`{"@level":`)

// IsLog says whether a text is the output of terraform plan -json.
func IsLog(text []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(withoutMark(text), " \r\n\t"), logMark)
}

// ReadLog returns the diagnostics in the output of terraform plan -json, each once. An error is a *messages.FileError.
func ReadLog(name string, text []byte) ([]Diagnostic, error) {
	var all []Diagnostic
	seen := map[Diagnostic]bool{}
	offset := int64(0)
	rest := text
	for number := 1; len(rest) > 0; number++ {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		at := offset
		offset += int64(len(rest) - len(after))
		rest = after
		line = bytes.TrimSpace(withoutMark(line))
		if len(line) == 0 {
			continue
		}
		var entry struct {
			Diagnostic *Diagnostic `json:"diagnostic"`
		}
		if json.Unmarshal(line, &entry) != nil {
			return nil, &messages.FileError{File: name, Line: number, Offset: at, Problem: messages.BrokenLog{}, ForPlan: true}
		}
		if d := entry.Diagnostic; d != nil && !seen[*d] {
			seen[*d] = true
			all = append(all, *d)
		}
	}
	return all, nil
}
