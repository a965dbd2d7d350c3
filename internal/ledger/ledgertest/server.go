package ledgertest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a running PostgreSQL.
type Server struct {
	// Directory has the socket, and the data in data. User is the superuser; everyone may log in as every role.
	Directory, User string
	Port            int
	bin             string
	settings        []string
	// words go to the shell beside the server, which answers.
	words   io.WriteCloser
	answers *bufio.Reader
	end     func() error
}

// shared starts the server that all tests of a process use.
var shared = sync.OnceValues(func() (*Server, error) { return start(nil, fresh) })

// Shared is the server of this test process, started by the first test that asks for it.
func Shared(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Start starts a server for one test, with settings as for postgres -c, such as "port=5433".
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := start(settings, fresh)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// ConnString is how to connect to a database of the server as one of its roles.
func (s *Server) ConnString(user, database string) string {
	return fmt.Sprintf("host=%s port=%d user=%s dbname=%s", s.Directory, s.Port, user, database)
}

// Address is how to connect to a server that listens on a host.
func (s *Server) Address(host string) string {
	return fmt.Sprintf("host=%s port=%d user=%s dbname=postgres", host, s.Port, s.User)
}

// URL is Address as a URL.
func (s *Server) URL(host string) string {
	return fmt.Sprintf("postgres://%s@%s:%d/postgres", s.User, host, s.Port)
}

// binary finds a program of PostgreSQL on PATH, or where Debian has it; the newest version if there are several.
func binary(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return filepath.EvalSymlinks(path) // initdb looks for postgres beside itself
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("tests of the ledger need PostgreSQL, and %s is neither on PATH nor in /usr/lib/postgresql: "+
			"apt-get install postgresql", name)
	}
	return slices.MaxFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) }), nil
}

// Standby starts a read-only copy of a server that follows it, for one test, and returns how to connect to it. The server is away for a
// moment.
func (s *Server) Standby(t testing.TB) string {
	t.Helper()
	copied := func(of *Server, data string) ([]byte, error) {
		const script = `cp -R "$0" "$1" && touch "$1/standby.signal"`
		return of.command("sh", "-c", script, filepath.Join(s.Directory, "data"), data).CombinedOutput()
	}
	s.Halt(t) // of a server that writes, some files would be older than others
	standby, err := start([]string{"primary_conninfo=" + s.ConnString(s.User, "postgres")}, copied)
	s.Resume(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(standby.Stop)
	return standby.ConnString(s.User, "postgres")
}

// start starts a server whose data a function makes, as the user of the server. Beside an error, it returns what programs have written.
func start(settings []string, fill func(s *Server, data string) ([]byte, error)) (*Server, error) {
	initdb, err := binary("initdb")
	if err != nil {
		return nil, err
	}
	parent := os.TempDir()
	if os.Getuid() == 0 || len(parent) > 40 { // where the other user gets to, and the path of a socket has at most 107 bytes
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "cidrplan-pg-")
	if err != nil {
		return nil, err
	}
	if err := own(dir); err != nil {
		return nil, err
	}
	// Without fsync, what is committed survives the end of the server, but not that of the machine.
	s := &Server{Directory: dir, User: "cidrplan", Port: 5432, bin: filepath.Dir(initdb), settings: append([]string{
		"listen_addresses=", "unix_socket_directories=" + dir, "fsync=off", "full_page_writes=off",
		"max_connections=200", "shared_buffers=128MB",
	}, settings...)}
	for _, setting := range settings {
		if port, ok := strings.CutPrefix(setting, "port="); ok {
			if s.Port, err = strconv.Atoi(port); err != nil {
				return nil, err
			}
		}
	}
	data := filepath.Join(dir, "data")
	if out, err := fill(s, data); err != nil {
		_ = os.RemoveAll(dir) // the error to report is the other one
		return nil, fmt.Errorf("data of a server: %w\n%s", err, out)
	}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s, nil
}

// supervise runs a server. It obeys the words halt and start on standard input; at the end of it, also by the death of the test process, it
// stops the server and removes the directory.
const supervise = `
trap '' INT TERM HUP
dir=$1; shift
start() { "$@" >"$dir/log" 2>&1 </dev/null & pid=$!; }
halt() { kill -QUIT $pid 2>/dev/null; wait $pid; }
start "$@"
while read -r word; do
	case $word in
	halt) halt; echo halted ;;
	start) start "$@" ;;
	esac
done
halt
rm -rf "$dir"
`

// run starts the server and waits until it answers.
func (s *Server) run() error {
	args := []string{"-c", supervise, "sh", s.Directory, filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.Directory, "data")}
	for _, setting := range s.settings {
		args = append(args, "-c", setting)
	}
	shell := s.command("sh", args...)
	words, err := shell.StdinPipe()
	if err != nil {
		return err
	}
	answers, err := shell.StdoutPipe()
	if err != nil {
		return err
	}
	if err := shell.Start(); err != nil {
		return err
	}
	s.words, s.answers, s.end = words, bufio.NewReader(answers), shell.Wait
	return s.await(30 * time.Second)
}

// await waits until the server answers.
func (s *Server) await(longest time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.ConnString(s.User, "postgres"))
		if err == nil {
			return errors.Join(checkVersion(conn), conn.Close(ctx))
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
			continue
		}
		log, _ := os.ReadFile(filepath.Join(s.Directory, "log")) // what there is of it
		return fmt.Errorf("PostgreSQL does not start: %w\n%s", err, log)
	}
}

// checkVersion returns an error if CIDRPLAN_POSTGRESQL_VERSION is set, such as to 13, and the server has another version.
func checkVersion(conn *pgx.Conn) error {
	want, got := os.Getenv("CIDRPLAN_POSTGRESQL_VERSION"), conn.PgConn().ParameterStatus("server_version")
	if want != "" && !strings.HasPrefix(got, want+".") {
		return fmt.Errorf("the server has version %s, and CIDRPLAN_POSTGRESQL_VERSION is %s", got, want)
	}
	return nil
}

// Stop stops the server at once and removes its directory.
func (s *Server) Stop() {
	_ = s.words.Close() // a pipe
	_ = s.end()         // it ends when nothing comes any more
}

// Restart stops the server at once, as a crash does, waits, and starts it again.
func (s *Server) Restart(t testing.TB, pause time.Duration) {
	t.Helper()
	s.Halt(t)
	time.Sleep(pause)
	s.Resume(t)
}

// Halt stops the server at once and keeps its data.
func (s *Server) Halt(t testing.TB) {
	t.Helper()
	s.say(t, "halt")
	if answer, err := s.answers.ReadString('\n'); err != nil {
		t.Fatalf("%q, %v", answer, err)
	}
}

// Resume starts the server after Halt.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	s.say(t, "start")
	if err := s.await(30 * time.Second); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) say(t testing.TB, word string) {
	t.Helper()
	if _, err := io.WriteString(s.words, word+"\n"); err != nil {
		t.Fatal(err)
	}
}
