package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhyAFileCannotBeRead(t *testing.T) {
	for want, e := range map[string]*FileError{
		"The file is empty. " + expected:                                {Problem: EmptyFile{}},
		"a.tfstate: The file is empty. " + expected:                     {File: "a.tfstate", Problem: EmptyFile{}},
		"line 3 (byte 9): The text is not valid JSON here. " + expected: {Line: 3, Offset: 9, Problem: BrokenJSON{}},
		"a: line 3 (byte 9): The JSON ends too early: the file is truncated. " + expected + " Write or download the file again.": {
			File: "a", Line: 3, Offset: 9, Problem: BrokenJSON{Truncated: true},
		},
		"This is not JSON. " + expected:                                            {Problem: OtherFile{Kind: OtherText}},
		"This is a file compressed by gzip. " + expected + " Decompress it first.": {Problem: OtherFile{Kind: GzipFile}},
		"The value of a.b is not a list. " + expected: {
			Problem: WrongFileType{Field: "a.b", Want: topology.ListType},
		},
		"The file is empty. " + expectedPlan: {Problem: EmptyFile{}, ForPlan: true},
		"7":                                  {Problem: 7},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for name, test := range map[string]struct {
		problem any
		want    string
	}{
		"a state for a plan":    {NoPlan{}, "This is a state. Expected a plan:"},
		"a broken log":          {BrokenLog{}, "This line of the log is not a JSON object."},
		"an encrypted state":    {EncryptedState{}, "Run tofu show -json in the configuration that has the key"},
		"an old format":         {StateFormat{Version: "3"}, "This is a state file of format 3."},
		"a format of show":      {ShowFormat{Version: "2.0"}, "terraform show -json of format 2.0."},
		"wrong attributes":      {WrongAttributes{}, "attributes of an instance is not an object."},
		"wrong instances":       {WrongInstances{}, "is not a list of objects."},
		"a wrong entry of lock": {WrongLockEntry{}, "is not an object with valid ranges."},
	} {
		wantParts(t, name, (&FileError{Problem: test.problem}).Error(), test.want)
	}
}
