package allocate

import (
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocks is a request of blocks over 10.0.0.0/16. Edits change it.
func blocks(edits ...func(*Request)) Request {
	r := Request{
		Name: "net", OfBlocks: true, Supernets: prefixes("10.0.0.0/16"), Existing: map[string]Existing{},
		Facts: topology.Facts{Blocks: map[string]topology.Block{}, Reserved: map[string]topology.Reserved{}},
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

func block(name string, b topology.Block, edits ...func(*topology.Block)) func(*Request) {
	for _, edit := range edits {
		edit(&b)
	}
	return func(r *Request) { r.Facts.Blocks[name] = b }
}

// ofLength is a block of a prefix length.
func ofLength(name string, length int, edits ...func(*topology.Block)) func(*Request) {
	return block(name, topology.Block{PrefixLength: length}, edits...)
}

// holds says in existing what a block holds.
func holds(name, text string) func(*Request) {
	return existing(name, Existing{CIDR: prefix(text)})
}

// ranges are those of a result, by block.
func ranges(r Result) map[string]string {
	texts := map[string]string{}
	for name, a := range r.Allocations {
		texts[name] = a.Block.String()
	}
	return texts
}

func wantBlocks(t *testing.T, got Result, want map[string]string) {
	t.Helper()
	if !maps.Equal(ranges(got), want) {
		t.Errorf("blocks: got %v, want %v\n%s", ranges(got), want, allReports(got))
	}
}
