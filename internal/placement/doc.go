// Package placement chooses ranges: given prefix lengths, the space that is free for each of them, and which of them must be
// disjoint, it finds a range for each, or says for which there is none.
//
// It knows ranges and nothing of who uses them. It has no clock and no randomness, so that the same problem has the same answer
// everywhere; searches are bounded by the work that they do, never by time.
package placement
