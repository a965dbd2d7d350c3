package ledger

import "time"

// SetPatience changes how long a call is repeated that meets a lock, and one that finds the database away.
func (l *Ledger) SetPatience(busy, away time.Duration) {
	l.patience = patience{busy: busy, away: away, silent: away}
}

// SetSilent changes how long a call is repeated where no server has answered yet.
func (l *Ledger) SetSilent(silent time.Duration) { l.patience.silent = silent }

// Pause is how long a call waits after an attempt.
var Pause = pause

// WithDefault is a connection string with a setting before its own ones.
var WithDefault = withDefault

// CheckServer refuses versions of servers.
var CheckServer = checkServer

// ForgetAway lets the next call wait for a database that did not answer.
func (l *Ledger) ForgetAway() { l.gaveUp.Store(false) }
