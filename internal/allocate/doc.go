// Package allocate is the planner: a pure function from what was declared and what is held to
// what every cluster gets, or to all reasons why not.
//
// It knows no clock, no randomness and no order: the same request gives the same answer, in
// whatever order its parts are given. What is held never changes.
package allocate
