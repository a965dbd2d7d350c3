package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// ranges finds facts by the addresses that they share with a range.
type ranges struct {
	at map[netip.Prefix][]*fact
	// sorted are the keys of at, ascending by cidr.Compare.
	sorted []netip.Prefix
	// lengths are the prefix lengths among the keys, of both families.
	lengths [129]bool
}

func (r *ranges) add(f *fact) {
	key := f.claim.Range
	if r.at == nil {
		r.at = map[netip.Prefix][]*fact{}
	}
	if _, known := r.at[key]; !known {
		i, _ := slices.BinarySearchFunc(r.sorted, key, cidr.Compare)
		r.sorted = slices.Insert(r.sorted, i, key)
		r.lengths[key.Bits()] = true
	}
	r.at[key] = append(r.at[key], f)
}

// touching calls report with each fact whose range shares addresses with p: those around it, which
// have one of the lengths in use, and those inside, which follow it in order.
func (r *ranges) touching(p netip.Prefix, report func(*fact)) {
	for bits, used := range r.lengths[:p.Bits()] {
		if used {
			for _, f := range r.at[netip.PrefixFrom(p.Addr(), bits).Masked()] {
				report(f)
			}
		}
	}
	i, _ := slices.BinarySearchFunc(r.sorted, p, cidr.Compare)
	for ; i < len(r.sorted) && cidr.Contains(p, r.sorted[i]); i++ {
		for _, f := range r.at[r.sorted[i]] {
			report(f)
		}
	}
}
