// Package ledgertest runs real PostgreSQL servers for tests.
//
// A server has a temporary directory and a Unix socket in it, and runs as user postgres or nobody where the tests run as root. It ends with
// the test process, also if that is killed: a shell beside it waits for the end of a pipe, stops the server and removes the directory.
package ledgertest
