package provider

import (
	"bytes"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// recordKey is the lock in private state: a record of all ranges, which a plan compares the attributes in the state with.
const recordKey = "lock"

// record is the record of a value that is stored, nil where it cannot be read or the profile of a cluster is not in it, as
// after an import.
func (a *plannerResource) record(value tftypes.Value) []byte {
	v := resourceArgument{planner: a.planner}
	if v.read(value) != nil || v.unset || v.unknown {
		return nil
	}
	lock, known := a.kind.lockAfter(v.result).(string)
	if !known {
		return nil
	}
	return compact(lock)
}

// compact is a lock without white space.
func compact(lock string) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(lock)); err != nil {
		panic(err) // it was encoded here
	}
	return out.Bytes()
}
