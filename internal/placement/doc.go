// Package placement chooses ranges: given prefix lengths, the space that is free for each of them, and which of them must be
// disjoint, it finds a range for each, or names those without one.
//
// It knows ranges, and not what they are used for. It has no clock and no randomness, so that the same problem has the same answer
// everywhere; searches are bounded by the work that they do, never by time.
package placement
