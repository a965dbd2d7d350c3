// Package plain makes texts of users and of other workspaces safe to show: on a terminal, in a table or in a
// spreadsheet. What it returns is one line without control characters.
package plain
