package ledger_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestPausesGetLonger: a database that is busy is not asked the sooner the longer it is busy, and callers do not come at the same time.
func TestPausesGetLonger(t *testing.T) {
	for attempt, longest := range map[int]time.Duration{
		1: 100 * time.Millisecond, 2: 200 * time.Millisecond, 3: 400 * time.Millisecond, 5: 1600 * time.Millisecond,
		6: 2 * time.Second, 12: 2 * time.Second, 1000: 2 * time.Second,
	} {
		pauses := map[time.Duration]bool{}
		for range 50 {
			p := ledger.Pause(attempt)
			if p < longest/2 || p > longest {
				t.Errorf("after %d attempts: %s, want %s to %s", attempt, p, longest/2, longest)
			}
			pauses[p] = true
		}
		if len(pauses) < 10 {
			t.Errorf("after %d attempts, all callers wait for the same time", attempt)
		}
	}
}

func TestADatabaseThatIsAway(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	s.Halt(t)
	t.Cleanup(func() { s.Resume(t) }) // where the ledger of the test goes
	for name, c := range map[string]string{
		"nothing listens on the socket": d.ConnString,
		"nothing listens on the port":   "host=127.0.0.1 port=1 sslmode=disable user=x",
		"there is no such host":         "host=no.such.host.invalid user=x",
	} {
		t.Run(name, func(t *testing.T) {
			l := d.Open(t, ledger.Config{ConnString: c})
			l.SetPatience(time.Minute, time.Second)
			began := time.Now()
			_, err := tryPlan(t.Context(), l, shop)
			var unavailable ledger.Unavailable
			if !errors.As(err, &unavailable) || unavailable.Cause == nil {
				t.Errorf("error = %v, want Unavailable", err)
			}
			if took := time.Since(began); took > 15*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// TestADatabaseThatRestartsIsWaitedFor: a restart takes longer than some attempts, and those who wait are served afterwards.
func TestADatabaseThatRestartsIsWaitedFor(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	s.Halt(t)
	time.AfterFunc(5*time.Second, func() { s.Resume(t) })
	plan(t, d.Open(t, ledger.Config{}), shop, pod("web", "10.0.0.0/20"))
}

// TestAServerThatNeverAnswered: host or port may be wrong, so it is not waited for as long as one that has answered.
func TestAServerThatNeverAnswered(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	l := d.Open(t, ledger.Config{})
	l.SetPatience(time.Minute, 3*time.Second)
	l.SetSilent(300 * time.Millisecond)
	took := func() time.Duration {
		began := time.Now()
		var unavailable ledger.Unavailable
		if _, err := tryPlan(t.Context(), l, shop); !errors.As(err, &unavailable) {
			t.Fatalf("error = %v, want Unavailable", err)
		}
		return time.Since(began)
	}
	s.Halt(t)
	silent := took()
	s.Resume(t)
	plan(t, l, shop)
	s.Halt(t)
	if answered := took(); silent < 300*time.Millisecond || answered < 3*time.Second || silent > answered {
		t.Errorf("before an answer %s, after one %s", silent, answered)
	}
	s.Resume(t)
}

// TestAPoolerWhoseServerRestarts: PgBouncer answers with errors of its own until its server is back.
func TestAPoolerWhoseServerRestarts(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	bouncer := s.PgBouncer(t)
	s.Halt(t)
	time.AfterFunc(2*time.Second, func() { s.Resume(t) })
	plan(t, d.Open(t, ledger.Config{ConnString: bouncer}), shop, pod("web", "10.0.0.0/20"))
}

// TestADatabaseThatIsAwayIsWaitedForOnce: all calls of a run together wait no longer than one.
func TestADatabaseThatIsAwayIsWaitedForOnce(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	l := d.Open(t, ledger.Config{})
	l.SetPatience(time.Minute, time.Second)
	took := func() time.Duration {
		began := time.Now()
		if _, err := tryPlan(t.Context(), l, shop); err == nil {
			t.Fatal("the database is away")
		}
		return time.Since(began)
	}
	s.Halt(t)
	first, second := took(), took()
	if first < time.Second || second > first/2 {
		t.Errorf("the first call took %s, the next one %s", first, second)
	}
	s.Resume(t)
	plan(t, l, shop)
	s.Halt(t)
	if again := took(); again < time.Second {
		t.Errorf("the first call after one that succeeded took %s", again)
	}
	s.Resume(t)
}

// TestARefusedLoginIsNotRepeated: neither a wrong password nor a database that does not exist gets right by itself.
func TestARefusedLoginIsNotRepeated(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	for name, c := range map[string]string{
		"there is no such role":     s.ConnString("nobody", "postgres"),
		"there is no such database": s.ConnString(s.User, "none"),
		"nor beside a server that is down": fmt.Sprintf(
			"host=%s,%s port=1,%d user=nobody dbname=postgres", s.Directory, s.Directory, s.Port,
		),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			_, err := tryPlan(t.Context(), d.Open(t, ledger.Config{ConnString: c}), shop)
			var unavailable ledger.Unavailable
			if !errors.As(err, &unavailable) {
				t.Errorf("error = %v, want Unavailable", err)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

// TestAProxyBeforeAServerThatRestarts: a proxy accepts connections and ends them, as long as its server is away.
func TestAProxyBeforeAServerThatRestarts(t *testing.T) {
	dir, err := os.MkdirTemp("/tmp", "cidrplan-proxy-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) }) // a temporary directory
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int64
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			_ = conn.Close() // which the client meets while it writes or reads
		}
	}()
	t.Cleanup(func() { _ = listener.Close() }) // it ends the goroutine
	l, err := ledger.Open(ledger.Config{ConnString: "host=" + dir + " user=a dbname=b", Schema: "c"})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 { // whatever the client meets
		calls.Store(0)
		l.SetPatience(time.Minute, 200*time.Millisecond)
		var unavailable ledger.Unavailable
		if _, err := l.Ask(t.Context(), ledger.Question{Planner: shop}); !errors.As(err, &unavailable) {
			t.Fatalf("error = %v, want Unavailable", err)
		}
		if n := calls.Load(); n < 2 {
			t.Fatalf("%d attempts", n)
		}
		l.ForgetAway()
	}
}
