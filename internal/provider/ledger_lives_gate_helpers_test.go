package provider_test

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// gate is a socket between the provider of one workspace and the database. It counts connections, and at a commit it can spring a trap.
type gate struct {
	// dir has the socket, for the connection string.
	dir    string
	server string
	open   atomic.Int64

	mu  sync.Mutex
	set *trap
}

// trap acts once, at the next commit of a transaction that calls a function of the ledger.
type trap struct {
	function string
	// after says that the database has committed, and its answer is not passed on. Otherwise the commit has not reached it.
	after bool
	// spring ends a process, or nothing. cuts says that the connection ends with it.
	spring func()
	cuts   bool
}

const socketName = ".s.PGSQL.5432"

// newGate opens a gate to the server of a ledger.
func newGate(t *testing.T, d *ledgertest.Database) *gate {
	t.Helper()
	dir, err := os.MkdirTemp("", "gate") // the path of a socket has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{dir: dir, server: filepath.Join(d.Server.Directory, socketName)}
	listener, err := net.Listen("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		listener.Close()  //nolint:errcheck // nobody connects any more
		os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	})
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go g.pass(client)
		}
	}()
	return g
}

// arm sets a trap, and returns what takes it away again. It says whether the trap was sprung.
func (g *gate) arm(t *trap) (disarm func() (sprung bool)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set = t
	return func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		sprung := g.set != t
		g.set = nil
		return sprung
	}
}

// take takes a trap for a commit after a call of one of some functions.
func (g *gate) take(called map[string]bool) *trap {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.set
	if t == nil || !called[t.function] {
		return nil
	}
	g.set = nil
	return t
}

// pass passes on what a provider and the database say to each other. Each connection has one transaction that writes.
func (g *gate) pass(client net.Conn) {
	g.open.Add(1)
	defer g.open.Add(-1)
	defer client.Close() //nolint:errcheck // it only ends
	server, err := net.Dial("unix", g.server)
	if err != nil {
		return // as if nothing listened
	}
	defer server.Close() //nolint:errcheck // it only ends
	var committed atomic.Pointer[trap]
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		defer client.Close() //nolint:errcheck // it only ends
		_ = relay(client, server, func(answer []byte) bool {
			if t := committed.Load(); t != nil && bytes.Contains(answer, []byte("COMMIT\x00")) {
				committed.Store(nil)
				t.spring()
				return !t.cuts
			}
			return true
		})
	}()
	called := map[string]bool{}
	_ = relay(server, client, func(request []byte) bool {
		for _, function := range []string{"hold", "apply", "release"} {
			called[function] = called[function] || bytes.Contains(request, []byte(`."`+function+`"($1`))
		}
		if !bytes.Contains(request, []byte("commit\x00")) {
			return true
		}
		t := g.take(called)
		switch {
		case t == nil:
		case t.after:
			committed.Store(t)
		default:
			t.spring()
			return !t.cuts
		}
		return true
	})
	server.Close() //nolint:errcheck // it ends the other direction
	<-answered
}

// relay copies until one side ends, or permit says no.
func relay(to, from net.Conn, permit func([]byte) bool) error {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !permit(buffer[:n]) {
			return nil
		}
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
	}
}
