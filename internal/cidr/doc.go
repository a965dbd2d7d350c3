// Package cidr is the geometry of address prefixes, and nothing else: it reads CIDRs, compares
// and splits them, counts what they hold, does set arithmetic and keeps free room. It knows no
// clusters, no platforms and no Terraform.
//
// What it promises:
//
//   - Canonical: [Parse] accepts one spelling of each range and says what the right one would
//     have been. Every prefix that leaves the package has its host bits clear; a prefix that comes
//     in with host bits set is read as the block around it.
//   - One geometry: IPv4 and IPv6 go through the same code. The families never mix: prefixes of
//     two families neither contain nor overlap each other, and IPv4 sorts before IPv6. An
//     IPv4-mapped IPv6 prefix (::ffff:10.0.0.0/104) is IPv6.
//   - Exact: nothing is rounded or capped at 64 bits. What would leave its parent is refused
//     with ok=false.
//   - Total: an invalid prefix (the zero value) or a prefix length out of range gives false, zero
//     or the empty answer. Nothing panics on user input.
//   - Checked at the edge: set arithmetic is done by [go4.org/netipx], the only package outside the
//     standard library used here, and each result is held to its post-conditions. A broken one
//     panics, because going on would allocate addresses that are in use.
package cidr
