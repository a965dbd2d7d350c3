// Package ledger keeps the ranges of many workspaces in one PostgreSQL database, so that two plans at the same time never choose the same
// range.
//
// An owner is a workspace, a planner is one cidrplan_allocator or cidrplan_blocks of it. A plan writes the ranges that it chose as holds,
// which its apply makes claims. A hold expires: then others may take it where nothing else is free, and until then its planner can still
// apply it. Constraints of the database alone keep ranges disjoint (migrations/00001_tables.sql); clients write by functions
// only, each of which takes the one lock of the ledger.
//
// A connection is opened for each transaction and closed after it, so a process that lives longer than its Terraform holds none.
// Plan, Apply and Release may be repeated: what was committed before an answer got lost is found, and nothing is written twice.
package ledger
