package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// FileError is why a file cannot be read as a state or plan. It quotes nothing of the file, which may hold credentials.
type FileError struct {
	// File is the name of the file, "" where it has none.
	File string
	// Line is counted from 1 and Offset in bytes from 0. Line is 0 where the problem has no place.
	Line    int
	Offset  int64
	Problem any
	// ForPlan says that a plan is needed, or the log of one.
	ForPlan bool
}

// The problems of files.
type (
	// EmptyFile is a file without any text.
	EmptyFile struct{}
	// BrokenJSON is a text that begins like JSON but is not valid: it ends too early, or has a wrong character.
	BrokenJSON struct{ Truncated bool }
	// OtherFile is a file of another kind.
	OtherFile struct{ Kind FileKind }
	// NoPlan is a state where a plan is needed.
	NoPlan struct{}
	// BrokenLog is a line of a log that is no JSON object.
	BrokenLog struct{}
	// EncryptedState is a state that OpenTofu encrypted.
	EncryptedState struct{}
	// StateFormat is a format of state files that is not read.
	StateFormat struct{ Version string }
	// ShowFormat is a format of terraform show -json that is not read.
	ShowFormat struct{ Version string }
	// WrongFileType is a value of a file that has another type than its format says. Field is its path.
	WrongFileType struct {
		Field string
		Want  topology.ValueType
	}
	// WrongInstances are instances of a resource that are no list of objects.
	WrongInstances struct{}
	// WrongAttributes are attributes of an instance that are no object.
	WrongAttributes struct{}
	// WrongLockEntry is an entry of a lock that is no object with valid ranges.
	WrongLockEntry struct{}
)

// FileKind is the kind of a file that is neither a state nor a plan.
type FileKind int

// The kinds of files.
const (
	OtherText FileKind = iota + 1
	OtherJSON
	BinaryFile
	GzipFile
	// UTF16File is a text in UTF-16.
	UTF16File
	// SavedPlan is a plan in its binary format, PlanLog the output of terraform plan -json.
	SavedPlan
	PlanLog
	// Configuration is a file of a configuration in HCL.
	Configuration
	// SchemaOutput is the output of terraform providers schema -json.
	SchemaOutput
	// LockFile is a lock of cidrplan, where facts are needed.
	LockFile
)

// fileKinds say what a file is, and what to use instead.
var fileKinds = map[FileKind]struct{ is, instead string }{
	OtherText:  {is: "not JSON"},
	OtherJSON:  {is: "JSON of another kind"},
	BinaryFile: {is: "a binary file"},
	GzipFile:   {"a file compressed by gzip", "Decompress it first."},
	UTF16File: {
		"a text in UTF-16", "Convert the file to UTF-8; in PowerShell, use terraform show -json | Out-File -Encoding utf8 <file>.",
	},
	SavedPlan: {"a saved plan in its binary format", "Run terraform show -json with this file, and use its output."},
	PlanLog: {
		"the log of terraform plan -json", "Run terraform plan -out=tfplan and then terraform show -json tfplan.",
	},
	Configuration: {
		"a configuration (HCL), not a state", "Run terraform show -json in the directory of the configuration, and use its output.",
	},
	SchemaOutput: {is: "the output of terraform providers schema -json"},
	LockFile: {
		"a lock of cidrplan", "A lock has no networks. Use it as existing = jsondecode(file(\"cidrplan.lock.json\")).",
	},
}

// expected names the files that can be read, expectedPlan those that can be read if a plan is needed.
const (
	expected     = "Expected a state file of format 4 or the output of terraform show -json for a state or plan."
	expectedPlan = "Expected the output of terraform show -json for a plan, or the log of terraform plan -json."
)

func (e *FileError) Error() string {
	place := ""
	if e.Line > 0 {
		place = fmt.Sprintf("line %d (byte %d): ", e.Line, e.Offset)
	}
	if e.File != "" {
		place = Line(e.File) + ": " + place
	}
	return place + e.text()
}

func (e *FileError) text() string {
	expected := expected
	if e.ForPlan {
		expected = expectedPlan
	}
	switch p := e.Problem.(type) {
	case EmptyFile:
		return "The file is empty. " + expected
	case BrokenJSON:
		if p.Truncated {
			return "The JSON ends too early: the file is truncated. " + expected + " Write or download the file again."
		}
		return "The text is not valid JSON here. " + expected
	case OtherFile:
		kind := fileKinds[p.Kind]
		text := "This is " + kind.is + ". " + expected
		if kind.instead != "" {
			text += " " + kind.instead
		}
		return text
	case NoPlan:
		return "This is a state. Expected a plan: run terraform plan -out=tfplan and then terraform show -json tfplan."
	case BrokenLog:
		return "This line of the log is not a JSON object. Expected the output of terraform plan -json."
	case EncryptedState:
		return "This state is encrypted by OpenTofu. " + expected +
			" Run tofu show -json in the configuration that has the key, and use its output."
	case StateFormat:
		return fmt.Sprintf("This is a state file of format %s. %s %s", Line(p.Version), expected,
			"Run terraform show -json with the version of Terraform or OpenTofu that wrote it, and use its output.")
	case ShowFormat:
		return fmt.Sprintf("This is output of terraform show -json of format %s. %s The formats 0.1 to 1.x are read. Use a newer cidrplan.",
			Line(p.Version), expected)
	case WrongFileType:
		return fmt.Sprintf("The value of %s is not %s. %s", p.Field, TypeName(p.Want), expected)
	case WrongAttributes:
		return "The value of attributes of an instance is not an object. " + expected
	case WrongInstances:
		return "The value of instances of a resource is not a list of objects. " + expected
	case WrongLockEntry:
		return "The value of an entry of the lock is not an object with valid ranges. " + expected
	}
	return fmt.Sprint(e.Problem)
}
