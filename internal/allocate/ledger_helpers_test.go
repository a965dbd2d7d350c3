package allocate

import (
	"maps"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// holdingInLedger lets the ledger hold ranges of the unnamed VRF, given as key and range in turn.
func holdingInLedger(keysAndRanges ...string) func(*Request) {
	return func(r *Request) {
		r.Ledger.Held = map[string]Held{}
		for i := 0; i < len(keysAndRanges); i += 2 {
			r.Ledger.Held[keysAndRanges[i]] = Held{Range: prefix(keysAndRanges[i+1]), VRFs: []string{""}}
		}
	}
}

// reservedInLedger gives another owner of the ledger a range of a kind of claims.
func reservedInLedger(kind, text string) func(*Request) {
	return func(r *Request) {
		all := map[string]topology.Foreign{kind: {
			Owner: kind, Kind: kind, CIDR: prefix(text), Allocator: topology.InLedger("lab", "k8s"), Ledger: "lab",
		}}
		maps.Copy(all, r.Facts.Foreign)
		r.Facts.Foreign = all
	}
}

// takenInLedger lets others have ranges in a VRF.
func takenInLedger(vrf string, texts ...string) func(*Request) {
	return func(r *Request) { r.Ledger.Taken = map[string][]netip.Prefix{vrf: prefixes(texts...)} }
}

// expiredInLedger lets others hold ranges of the unnamed VRF whose time is over.
func expiredInLedger(texts ...string) func(*Request) {
	return func(r *Request) { r.Ledger.Expired = map[string][]netip.Prefix{"": prefixes(texts...)} }
}

func expireHeld(r *Request) {
	for key, held := range r.Ledger.Held {
		held.Expired = true
		r.Ledger.Held[key] = held
	}
}

// expireHeldAll lets the ledger hold ranges whose time is over.
func expireHeldAll(keysAndRanges ...string) func(*Request) {
	return func(r *Request) {
		holdingInLedger(keysAndRanges...)(r)
		expireHeld(r)
	}
}

func withReserve(r *Request) {
	cl := r.Facts.Clusters["shop"]
	cl.ReserveLength = 18
	r.Facts.Clusters["shop"] = cl
}
