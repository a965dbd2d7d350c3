// Package conflict applies the rules of the platforms: claims in, findings out.
//
// One function, World.Check, decides which two claims must not share addresses. The check calls it for claims that overlap, and the
// planner for claims that would overlap, so nothing is allocated that the check would refuse.
package conflict
