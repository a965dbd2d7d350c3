// Package conflict applies the rules of the platforms: claims in, findings out.
//
// One function, World.Between, says which two claims must not share addresses. Checking asks it
// about claims that overlap, allocating about claims that might: so nothing can be allocated
// that a check would refuse.
package conflict
