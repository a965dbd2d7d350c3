package ledger

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// transaction runs do in a transaction of a connection of its own, and again where the database asked for that or went away. So do
// must be safe to repeat. The error is one of the types of this package where it has one for it.
func (l *Ledger) transaction(ctx context.Context, who Planner, do func(context.Context, pgx.Tx) error) error {
	return l.transactionWith(ctx, l.conn, who, readCommitted, do)
}

// readCommitted sees after the lock what others have written until then, although the transaction began before.
var readCommitted = pgx.TxOptions{IsoLevel: pgx.ReadCommitted}

// reading is transaction for statements that read only, and all see the ledger as it is at one moment.
func (l *Ledger) reading(ctx context.Context, do func(context.Context, pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return l.transactionWith(ctx, l.conn, Planner{}, options, func(ctx context.Context, tx pgx.Tx) error {
		if err := l.checkLedger(ctx, tx); err != nil {
			return err
		}
		return do(ctx, tx)
	})
}

func (l *Ledger) transactionWith(
	ctx context.Context, config *pgx.ConnConfig, who Planner, options pgx.TxOptions, do func(context.Context, pgx.Tx) error,
) error {
	w := wait{began: time.Now()} //nolint:forbidigo // bounds how long a call waits, and no plan depends on it
	for {
		err := l.attempt(ctx, config, options, do)
		if err == nil {
			l.gaveUp.Store(false)
			return nil
		}
		if l.again(ctx, &w, err) {
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return l.typed(who, err)
	}
}

// attempt is one transaction. The connection is closed in any case; a server rolls back what was not committed.
func (l *Ledger) attempt(
	ctx context.Context, config *pgx.ConnConfig, options pgx.TxOptions, do func(context.Context, pgx.Tx) error,
) error {
	conn, err := pgx.ConnectConfig(ctx, config.Copy())
	if err != nil {
		return err
	}
	l.answered.Store(true)
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing) // what is committed is committed
	}()
	if err := checkServer(conn.PgConn().ParameterStatus("server_version")); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	if err := l.limit(ctx, tx); err != nil {
		return err
	}
	if err := do(ctx, tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// limit bounds what a transaction waits for, and what others wait for it. Its settings are for this transaction, also behind PgBouncer, and
// have priority over those of the role: to wait for the lock counts as time of the statement. To compile the short queries of a plan would
// take longer than to run them.
func (l *Ledger) limit(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `
		SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true),
			set_config('statement_timeout', $3, true), set_config('jit', 'off', true),
			set_config('max_parallel_workers_per_gather', '0', true), set_config('bytea_output', 'hex', true)`,
		milliseconds(l.lock), milliseconds(l.idle), milliseconds(statementTimeout))
	return err
}

// statementTimeout ends a statement that does not get on.
const statementTimeout = 5 * time.Minute

func (l *Ledger) name(object string) string { return pgx.Identifier{l.schema, object}.Sanitize() }

// temporary says whether the database itself asks to try again: a deadlock, a serialization failure, a lock that was not got in time.
func temporary(err error) bool {
	return codeOf(err, "40P01", "40001", "55P03")
}

// broken says whether a connection ended while it was used.
func broken(err error) bool {
	var network net.Error
	return codeOf(err, "57P01", "57P02", "57P03", "25P03", "08") ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &network) || strings.Contains(err.Error(), "conn closed")
}

// connecting says whether no connection was made.
func connecting(err error) bool {
	var failed *pgconn.ConnectError
	return errors.As(err, &failed)
}

// away says whether a server restarts, or may do so: a connection ended while it was used, or none was made to a server that may be about
// to answer.
func away(err error) bool {
	if connecting(err) {
		return starting(err)
	}
	return broken(err)
}

// starting says whether a server may be about to answer: nothing listens there yet, or what listens says that it starts, stops or is full,
// or is a pooler whose server does. It is not where one of several servers refuses the login or a setting, or has a certificate that is
// refused.
func starting(err error) bool {
	var certificate *tls.CertificateVerificationError
	if codeOf(err, "28", "3D") || refusesSetting(err) || errors.As(err, &certificate) {
		return false
	}
	return codeOf(err, "57P01", "57P02", "57P03", "53300", "08") ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// refusesSetting says whether PgBouncer refuses a setting of the connection. For all of its errors it has one code.
func refusesSetting(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && strings.Contains(refused.Message, "unsupported startup parameter")
}

// codeOf says whether an error has one of some codes of PostgreSQL, or one of a class of two letters.
func codeOf(err error, codes ...string) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return false
	}
	for _, code := range codes {
		if strings.HasPrefix(refused.Code, code) {
			return true
		}
	}
	return false
}
