package messages

import (
	"encoding/json"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhatIsWrongWithALock(t *testing.T) {
	entry := []string{"shop"}
	for want, e := range map[string]*LockError{
		"the text is not JSON: it ends too early":         {Problem: NotJSON{}},
		"line 3: the text is not JSON: ":                  {Line: 3, Problem: NotJSON{Syntax: &json.SyntaxError{}}},
		"line 1: the text is not JSON: it ends too early": {Line: 1, Problem: NotJSON{}},
		"line 3 has a merge marker (<<<): resolve the merge first: keep the lock of one side as a whole": {
			Line: 3, Problem: MergeMarker{Marker: "<<<"},
		},
		"line 3: the lock is not an object":                                   {Line: 3, Problem: NotObject{}},
		`entry "shop" is not an object`:                                       {At: entry, Problem: NotObject{}},
		`pod_cidrs of entry "shop" is not an object`:                          {At: []string{"shop", "pod_cidrs"}, Problem: NotObject{}},
		`entry "shop" has the key "a" twice, so one of the two would be lost`: {At: entry, Problem: KeyTwice{Key: "a"}},
		`entry "shop" has the unknown field "pod_cidr". Did you mean "pod_cidrs"? Known here: pod_cidrs, usable`: {
			At: entry, Problem: UnknownLockField{Key: "pod_cidr", Known: []string{"pod_cidrs", "usable"}},
		},
		"more follows after the end of the lock":          {Problem: MoreAfterLock{}},
		"a text is at usable, where another type belongs": {Problem: WrongLockType{Value: "text", Field: "usable"}},
		`entry "shop" of the lock has the profile "x", which this version does not know`: {
			At: entry, Problem: UnknownLockProfile{Profile: "x"},
		},
		`entry "shop" of the lock, pod_cidrs: 33 is no prefix length`: {
			At: entry, Problem: topology.Fault{At: pathOf("pod_cidrs"), Problem: MaskDamaged{Value: 33}},
		},
		`entry "shop" of the lock: 7`: {At: entry, Problem: 7},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
