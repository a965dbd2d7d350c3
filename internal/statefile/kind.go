package statefile

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Formats that are read.
const (
	stateFormat = "4"
	// showFormats is the first number of the formats of terraform show -json that are read, beside 0: a further number before the
	// point means that something is read in another way.
	// Source: https://developer.hashicorp.com/terraform/internals/json-format
	showFormats = "1"
)

// notJSON is what a text is that does not begin as a state or plan does; nil where it does.
func notJSON(text []byte) any {
	start := bytes.TrimLeft(text, " \r\n\t")
	switch {
	case len(start) == 0:
		return messages.EmptyFile{}
	case start[0] == '{':
		if bytes.HasPrefix(start, logMark) {
			return messages.OtherFile{Kind: messages.PlanLog}
		}
		return nil
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return messages.OtherFile{Kind: messages.SavedPlan}
	case bytes.HasPrefix(text, []byte("\x1f\x8b")):
		return messages.OtherFile{Kind: messages.GzipFile}
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return messages.OtherFile{Kind: messages.UTF16File}
	case bytes.IndexByte(start[:min(len(start), 4096)], 0) >= 0:
		return messages.OtherFile{Kind: messages.BinaryFile}
	case configuration.Match(start[:min(len(start), 64<<10)]):
		return messages.OtherFile{Kind: messages.Configuration}
	}
	return messages.OtherFile{Kind: messages.OtherText}
}

// configuration matches a block of a configuration.
var configuration = regexp.MustCompile(`(?m)^[a-z_]+(?: +"[^"]*")* *\{\s*$|^[a-z_]+ *= `)

// document is the top of all formats. Resources are those of a state of format 4.
type document struct {
	Version       json.RawMessage `json:"version"`
	Serial        int64           `json:"serial"`
	EncryptedData json.RawMessage `json:"encrypted_data"`
	Resources     []stateResource `json:"resources"`

	FormatVersion   json.RawMessage  `json:"format_version"`
	Values          *showValues      `json:"values"`
	PlannedValues   *showValues      `json:"planned_values"`
	PriorState      *priorState      `json:"prior_state"`
	ResourceChanges []resourceChange `json:"resource_changes"`
	ProviderSchemas json.RawMessage  `json:"provider_schemas"`
}

type priorState struct {
	Values *showValues `json:"values"`
}

// isPlan says whether the output of terraform show -json is that of a plan.
func (d *document) isPlan() bool { return d.PlannedValues != nil || d.ResourceChanges != nil }

// refused is why a document is not read, nil where it is. wrong is the first value of another type than the format has.
func (d *document) refused(wrong *json.UnmarshalTypeError) any {
	number, format := version(d.Version), version(d.FormatVersion)
	if bytes.HasPrefix(d.Version, []byte(`"`)) {
		number = "" // that of something else: a state has a number
	}
	switch {
	case len(d.EncryptedData) > 0:
		return messages.EncryptedState{}
	case len(d.ProviderSchemas) > 0:
		return messages.OtherFile{Kind: messages.SchemaOutput}
	case format != "" && !readableFormat(format):
		return messages.ShowFormat{Version: format}
	case format == "" && (number == "" || d.Resources == nil && number == stateFormat && d.Serial == 0):
		return messages.OtherFile{Kind: messages.OtherJSON}
	case format == "" && number != stateFormat:
		return messages.StateFormat{Version: number}
	case wrong != nil:
		return messages.WrongFileType{Field: wrong.Field, Want: typeOf(wrong.Type.Kind())}
	}
	return nil
}

// typeOf is the type of JSON that a type of Go is decoded from.
func typeOf(kind reflect.Kind) topology.ValueType {
	switch kind {
	case reflect.Slice:
		return topology.ListType
	case reflect.String:
		return topology.TextType
	case reflect.Int64:
		return topology.NumberType
	}
	return topology.ObjectType
}

func readableFormat(format string) bool {
	major, _, _ := strings.Cut(format, ".")
	return major == "0" || major == showFormats
}

// version is a number of a version, "" for anything else. What does not look like one is not quoted.
func version(raw json.RawMessage) string {
	if text := scalar(raw); versionNumber.MatchString(text) {
		return text
	}
	return ""
}

var versionNumber = regexp.MustCompile(`^[0-9]{1,6}(?:\.[0-9]{1,6}){0,2}$`)

// scalar is a number or a string as text, "" for anything else.
func scalar(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String()
	}
	return ""
}
