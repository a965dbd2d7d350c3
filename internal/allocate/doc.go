// Package allocate is the planner: a pure function from what is declared and what is held to
// what every cluster and block gets, or to all reasons why not.
//
// A plan goes through stages, each a function of its own with typed input and output: Check checks the request,
// readPrior reads what was held and released before, checkPrior checks the request against it, collectDemands finds
// out what every cluster and block has and still needs, checkConflicts which rules that breaks, place chooses ranges
// (package placement searches for them) or postpone leaves them to the apply, and assemble makes the result. Options
// of findings are added at the end.
//
// It has no clock, no randomness and no order: the same request gives the same answer, in
// whatever order its parts are given. What is held never changes.
package allocate
