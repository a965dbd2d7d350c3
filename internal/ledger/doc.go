// Package ledger keeps the ranges of many workspaces in one PostgreSQL database, so that two plans at the same time never choose the same
// range.
//
// An owner is a workspace, a planner is one cidrplan_allocator or cidrplan_blocks of it. A plan writes the ranges that it chose as holds,
// and its apply turns them into claims. A hold expires after a time. Until another planner takes it, because nothing else is free, its own
// planner can still apply it. Constraints of the database alone keep ranges disjoint (migrations/00001_tables.sql); clients write only by
// functions, each of which takes the one lock of the ledger.
//
// A connection is opened for each transaction and closed after it, so a process that lives longer than its Terraform holds none.
// Plan, Apply and Release may be repeated: what was committed before an answer got lost is found, and nothing is written twice.
package ledger
