package provider

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// checkLockSyntax checks the text of a lock before it is decoded: it has no merge markers, each object names each key
// once, and entries have only the keys of entry, in the same case. Go's decoder accepts a key in any case and
// the last of two equal ones. Errors say the line.
func checkLockSyntax(text string, entry any) error {
	if start := strings.TrimSpace(text); shownByOutput.MatchString(start) {
		return &messages.LockError{Problem: messages.PrintedLock{}}
	}
	for i, line := range strings.Split(text, "\n") {
		for _, marker := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
			if strings.HasPrefix(line, marker) {
				return &messages.LockError{Line: i + 1, Problem: messages.MergeMarker{Marker: marker}}
			}
		}
	}
	c := &lockChecker{text: text, decoder: json.NewDecoder(strings.NewReader(text)), known: jsonNames(entry)}
	if err := c.value(nil); err != nil {
		return err
	}
	if _, err := c.decoder.Token(); !errors.Is(err, io.EOF) {
		return c.fault(nil, messages.MoreAfterLock{})
	}
	return nil
}

// shownByOutput matches a text as terraform output shows it without -raw: between <<EOT and EOT, or as a quoted string.
var shownByOutput = regexp.MustCompile(`^(?:<<[-~]?[A-Z]+\s|"\{)`)

// jsonNames are the keys of a struct in JSON.
func jsonNames(of any) []string {
	var names []string
	for t, i := reflect.TypeOf(of), 0; i < t.NumField(); i++ {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

type lockChecker struct {
	text    string
	decoder *json.Decoder
	known   []string
}

// fault is an error at the line that was read last.
func (c *lockChecker) fault(at []string, problem any) error {
	return &messages.LockError{Line: lineOf(c.text, c.decoder.InputOffset()), At: at, Problem: problem}
}

// lineOf is the line of a byte, counted from 1.
func lineOf(text string, offset int64) int {
	return 1 + strings.Count(text[:min(max(offset, 0), int64(len(text)))], "\n")
}

// token is the next token. An error of it says where the text is no JSON.
func (c *lockChecker) token() (json.Token, error) {
	token, err := c.decoder.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return nil, &messages.LockError{Line: lineOf(c.text, syntax.Offset), Problem: messages.NotJSON{Syntax: syntax}}
	case err != nil:
		return nil, c.fault(nil, messages.NotJSON{})
	}
	return token, nil
}

// value checks the value at a path of keys: the lock is an object of entries, which are objects themselves.
func (c *lockChecker) value(at []string) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	delim, nested := token.(json.Delim)
	if len(at) < 2 && delim != '{' {
		return c.fault(at, messages.NotObject{})
	}
	switch {
	case !nested:
		return nil
	case delim == '[':
		for c.decoder.More() {
			if err := c.value(append(slices.Clone(at), "[]")); err != nil {
				return err
			}
		}
	default:
		if err := c.members(at); err != nil {
			return err
		}
	}
	_, err = c.token()
	return err
}

func (c *lockChecker) members(at []string) error {
	seen := map[string]bool{}
	for c.decoder.More() {
		token, err := c.token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		switch {
		case seen[key]:
			return c.fault(at, messages.KeyTwice{Key: key})
		case len(at) == 1 && !slices.Contains(c.known, key):
			return c.fault(at, messages.UnknownLockField{Key: key, Known: c.known})
		}
		seen[key] = true
		if err := c.value(append(slices.Clone(at), key)); err != nil {
			return err
		}
	}
	return nil
}
