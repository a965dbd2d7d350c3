package ledger

import "time"

// SetPatience changes how long calls are repeated, for tests.
func (l *Ledger) SetPatience(d time.Duration) { l.patience = d }
