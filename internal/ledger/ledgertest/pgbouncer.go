package ledgertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// PgBouncer starts a PgBouncer in transaction mode before a server, for one test, and returns how to connect to it. It has at most 4
// connections to the server. Settings are lines of its configuration.
func (s *Server) PgBouncer(t testing.TB, settings ...string) string {
	t.Helper()
	path, err := exec.LookPath("pgbouncer")
	if err != nil {
		path = "/usr/sbin/pgbouncer" // which is not on everyone's PATH
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal("tests of the ledger need PgBouncer, and it is neither on PATH nor in /usr/sbin: apt-get install pgbouncer")
	}
	dir, err := os.MkdirTemp(s.Directory, "bouncer-")
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "pgbouncer.ini")
	err = os.WriteFile(config, fmt.Appendf(nil, `[databases]
* = host=%s port=%d user=%s
[pgbouncer]
listen_addr =
unix_socket_dir = %s
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
server_login_retry = 1
%s
`, s.Directory, s.Port, s.User, dir, strings.Join(settings, "\n")), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if err := own(dir); err != nil {
		t.Fatal(err)
	}
	bouncer := s.command("sh", "-c", `"$@" >"$0" 2>&1 & read -r _; kill -TERM $!; wait`, filepath.Join(dir, "log"), path, config)
	stdin, err := bouncer.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bouncer.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()     // a pipe
		_ = bouncer.Wait()    // it ends by a signal
		_ = os.RemoveAll(dir) // with the server's directory at the latest
	})
	connString := fmt.Sprintf("host=%s port=6432 user=%s dbname=postgres", dir, s.User)
	for until := time.Now().Add(20 * time.Second); ; {
		conn, err := pgx.Connect(context.Background(), connString)
		if err == nil {
			_ = conn.Close(context.Background()) // nothing was done on it
			return connString
		}
		if time.Now().After(until) {
			log, _ := os.ReadFile(filepath.Join(dir, "log")) // what there is of it
			t.Fatalf("PgBouncer does not start: %v\n%s", err, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
