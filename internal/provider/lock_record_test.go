package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// The record is stored with each value, also by an import. Reading adds it to a state that has none, and changes none.
func TestTheRecordOfRangesIsStoredWithTheState(t *testing.T) {
	for _, blocks := range []bool{false, true} {
		a, state, record := stateOf(t, blocks)
		wants := func(what string, private server.Private, want string) {
			t.Helper()
			if got := string(private[recordKey]); got != want {
				t.Errorf("%s: the record is %q, want %q", what, got, want)
			}
		}
		wants("created", a.stored(state, nil, true), record)
		updated := a.stored(state, server.Private{recordKey: []byte("{}"), importedKey: []byte("{}"), heldKey: heldMark}, false)
		wants("updated", updated, record)
		if updated[importedKey] != nil || updated[heldKey] == nil {
			t.Errorf("an update keeps %v", updated)
		}
		read := a.Read(state, server.Private{heldKey: heldMark})
		if wants("read without a record", read, record); read[heldKey] == nil {
			t.Errorf("reading keeps %v", read)
		}
		read = a.Read(state, server.Private{recordKey: []byte("{}")})
		wants("read with another record", read, "{}")

		imported, private, diagnostics := a.Import(record)
		if len(diagnostics) > 0 {
			t.Fatalf("the record is no lock: %v", diagnostics)
		}
		wants("imported", private, record)
		read = a.Read(imported, nil)
		wants("read after an import that kept no record", read, "")

		garbage := tftypes.NewValue(tftypes.String, "garbage")
		leaves(values.AttributesOf(state)["released"], topology.Path{}.Attr("released"), func(at topology.Path, v tftypes.Value) {
			if values.IsA(v, tftypes.String) && messages.LastAttr(at) == "cidr" {
				read := a.Read(*replaced(state, at, &garbage), nil)
				wants("read with "+at.String()+" damaged", read, "")
			}
		})
	}
}
