package ledger

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// busyFor is how long a call is repeated while the database asks for that, awayFor how long while it restarts. silentFor is how long
	// where no server has answered yet: it may restart, which takes some seconds, or host or port are wrong.
	busyFor, awayFor, silentFor = 2 * time.Minute, 30 * time.Second, 10 * time.Second
	// mostBusy is how often a call is tried while the database asks for that.
	mostBusy = 12
)

// patience says how long a call waits for a database that cannot serve it now.
type patience struct{ busy, away, silent time.Duration }

// wait is what a call has waited for so far.
type wait struct {
	began time.Time
	// away is when the database was first found to be away.
	away     time.Time
	attempts int
}

// again says whether a call that ended with an error is to be made once more, after a pause that it waits for. A database that is away is
// waited for once: where a call gave it up, those behind it do not wait as well, until one succeeds.
func (l *Ledger) again(ctx context.Context, w *wait, err error) bool {
	now := time.Now() //nolint:forbidigo // bounds how long a call waits, and no plan depends on it
	w.attempts++
	switch {
	case temporary(err):
		if w.attempts == mostBusy || now.Sub(w.began) >= l.patience.busy {
			return false
		}
	case away(err):
		if w.away.IsZero() {
			w.away = now
		}
		if l.gaveUp.Load() || now.Sub(w.away) >= l.awayFor(err) {
			l.gaveUp.Store(true)
			return false
		}
	default:
		return false
	}
	return sleep(ctx, pause(w.attempts))
}

// awayFor is how long to wait for a database that is away. A server answers also with an error, such as that it starts up.
func (l *Ledger) awayFor(err error) time.Duration {
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		l.answered.Store(true)
	}
	if l.answered.Load() {
		return l.patience.away
	}
	return l.patience.silent
}

// pause is how long to wait after an attempt: 50 to 100 milliseconds, twice as long each time, and at most 2 seconds.
func pause(attempt int) time.Duration {
	longest := min(2*time.Second, 50*time.Millisecond<<min(attempt, 10))
	return longest/2 + rand.N(longest/2)
}

// sleep waits. It returns false as soon as the context ends.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
