package statefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// Wanted returns the attribute of a type that lists its objects, "" if it is one object itself. The type is named as in catalogs, such as
// "huaweicloud_vpc" and "data.huaweicloud_vpcs". ok is false for types that are not read.
type Wanted func(typeName string) (elements string, ok bool)

// Contents is what is read of a file.
type Contents struct {
	Objects []Object
	// Plan says that the file is a plan, in which values may be known only after apply.
	Plan bool
	// Lock is what a lock of cidrplan has, nil for other files.
	Lock *Planner
	// Serial is the number of the state, 0 where the file does not say it.
	Serial int64
}

// Read reads the text of a file. name is the file's name for messages. An error is a *messages.FileError.
func Read(name string, text []byte, wanted Wanted) (Contents, error) {
	text = withoutMark(text)
	var d document
	wrong, err := decode(name, text, &d)
	if err != nil {
		return Contents{}, err
	}
	if d.Version == nil && d.FormatVersion == nil && isLock(text) {
		lock, err := readLock(name, text)
		return Contents{Lock: lock}, err
	}
	if err := d.faultOf(name, text, wrong); err != nil {
		return Contents{}, err
	}
	c := &collector{file: name, wanted: wanted}
	switch {
	case d.Version != nil:
		d.state(c)
	case d.isPlan():
		d.plan(c)
	default:
		d.Values.root(c, nil)
	}
	if c.problem != nil {
		return Contents{}, &messages.FileError{File: name, Problem: c.problem}
	}
	return Contents{Objects: c.objects, Plan: d.Version == nil && d.isPlan(), Serial: d.Serial}, nil
}

// withoutMark is a text without the mark that some editors of Windows begin a file with.
func withoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) }

// decode decodes the text of a file, and returns the first value of another type than the format has.
func decode(name string, text []byte, into any) (*json.UnmarshalTypeError, error) {
	if problem := notJSON(text); problem != nil {
		return nil, &messages.FileError{File: name, Problem: problem}
	}
	err := json.Unmarshal(text, into)
	var wrong *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &wrong) {
		return nil, broken(name, text, err)
	}
	return wrong, nil
}

// faultOf is why a document is not read, with the place of the value of a wrong type; nil where it is read.
func (d *document) faultOf(name string, text []byte, wrong *json.UnmarshalTypeError) error {
	problem := d.refused(wrong)
	if problem == nil {
		return nil
	}
	fault := &messages.FileError{File: name, Problem: problem}
	if _, ofField := problem.(messages.WrongFileType); ofField {
		fault.Line, fault.Offset = lineOf(text, wrong.Offset), wrong.Offset
	}
	return fault
}

// broken is the error of a text that is not valid JSON. The decoder's own text would quote a character of the file.
func broken(name string, text []byte, err error) error {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &messages.FileError{File: name, Problem: messages.BrokenJSON{Truncated: errors.Is(err, io.ErrUnexpectedEOF)}}
	}
	truncated := syntax.Offset >= int64(len(bytes.TrimRight(text, " \r\n\t"))) && !json.Valid(text)
	offset := max(syntax.Offset-1, 0)
	return &messages.FileError{
		File: name, Line: lineOf(text, offset), Offset: offset,
		Problem: messages.BrokenJSON{Truncated: truncated && syntax.Error() == "unexpected end of JSON input"},
	}
}

// lineOf is the line of a byte, counted from 1.
func lineOf(text []byte, offset int64) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), int64(len(text)))], []byte("\n"))
}
