package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// grow plans and applies one more /24 of 10.0.0.0/16 for a planner, the first that is free.
func grow(ctx context.Context, l *ledger.Ledger, who ledger.Planner) error {
	var next ledger.Applied
	all := prefix("10.0.0.0/16")
	q := ledger.Question{Planner: who, VRFs: []string{""}, Ranges: []netip.Prefix{all}, Supernets: []netip.Prefix{all}, Demands: true}
	err := l.Plan(ctx, q, func(v ledger.View) ledger.Decision {
		next = ledger.Applied{Planner: who, Before: v.Serial, Serial: v.Serial + 1, Token: "t"}
		used := v.Taken[""]
		for _, o := range v.Own {
			used = append(used, o.Range)
			next.Entries = append(next.Entries, o.Entry)
		}
		for i := range 256 {
			r := fmt.Sprintf("10.0.%d.0/24", i)
			if !slices.ContainsFunc(used, prefix(r).Overlaps) {
				next.Entries = append(next.Entries, pod(fmt.Sprint("c", len(next.Entries)), r))
				break
			}
		}
		return ledger.Decision{Holds: next.Entries, Seen: v.Token == "t"}
	})
	if err != nil {
		return err
	}
	return l.Apply(ctx, next)
}

// crowd lets many planners grow at once, each by two ranges, and repeat what found the database away, as a user does.
func crowd(t *testing.T, l *ledger.Ledger, planners int) {
	t.Helper()
	const growth = 2
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // where it does not get on at all
	defer cancel()
	var away atomic.Int64
	var all sync.WaitGroup
	for i := range planners {
		all.Go(func() {
			who := ledger.Planner{Owner: fmt.Sprint("owner ", i), Name: "k8s"}
			for {
				v, err := l.Ask(ctx, ledger.Question{Planner: who})
				if err == nil && len(claimsIn(v)) == growth {
					return
				}
				if err == nil {
					err = grow(ctx, l, who)
				}
				var unavailable ledger.Unavailable
				if errors.As(err, &unavailable) {
					away.Add(1)
				} else if err != nil {
					t.Errorf("%s: %v", who.Owner, err)
					return
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d calls found the database away", away.Load())
	entries, err := l.Entries(t.Context(), ledger.Filter{State: ledger.Claim})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries { // sorted by range
		if i > 0 && e.Range.Overlaps(entries[i-1].Range) {
			t.Errorf("%s of %s and %s of %s", e.Range, e.Owner, entries[i-1].Range, entries[i-1].Owner)
		}
	}
	if len(entries) != planners*growth {
		t.Errorf("%d claims, want %d", len(entries), planners*growth)
	}
	if first, last := entries[0].Range, entries[len(entries)-1].Range; first != prefix("10.0.0.0/24") ||
		last != prefix(fmt.Sprintf("10.0.%d.0/24", planners*growth-1)) {
		t.Errorf("from %s to %s, although each took the first free range", first, last)
	}
}

func TestManyPlannersAtOnce(t *testing.T) {
	planners := 64
	if testing.Short() {
		planners = 16
	}
	d := ledgertest.New(t)
	crowd(t, d.Ledger, planners)
}

// TestManyPlannersWhileConnectionsEnd kills a number of connections, and the whole server once.
func TestManyPlannersWhileConnectionsEnd(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	over, ended := make(chan struct{}), make(chan int)
	go func() {
		killed := 0
		for i := range 30 {
			select {
			case <-over:
				ended <- killed
				return
			case <-time.After(100 * time.Millisecond):
			}
			if i == 5 {
				s.Restart(t, 300*time.Millisecond)
			}
			killed += d.Count(t, `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM (
				SELECT pid FROM pg_stat_activity WHERE application_name = 'cidrplan' ORDER BY random() LIMIT 1) a`)
		}
		ended <- killed
	}()
	crowd(t, d.Ledger, 12)
	close(over)
	if killed := <-ended; killed == 0 {
		t.Error("no connection was killed")
	}
}

func TestAPlanWhoseConnectionEndsIsRepeated(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	for name, end := range map[string]func(){
		"its connection is killed": func() {
			d.Exec(t, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cidrplan'`)
		},
		"the server restarts": func() { s.Restart(t, 200*time.Millisecond) },
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			holds := []ledger.Entry{pod("web", "10.0.0.0/20")}
			err := d.Plan(t.Context(), ledger.Question{Planner: shop}, func(ledger.View) ledger.Decision {
				if asked++; asked == 1 {
					end()
				}
				return ledger.Decision{Holds: holds}
			})
			if err != nil || asked != 2 {
				t.Errorf("asked %d times: %v", asked, err)
			}
			same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string{"hold pod web 10.0.0.0/20"})
		})
	}
}

func TestALockThatAnotherKeeps(t *testing.T) {
	d := ledgertest.New(t)
	conn := d.Connect(t)
	for _, sql := range []string{"BEGIN", "SELECT lock_ledger()"} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	l := d.Open(t, ledger.Config{LockTimeout: 50 * time.Millisecond})
	t.Run("does not last for ever", func(t *testing.T) {
		l.SetPatience(300*time.Millisecond, time.Minute)
		_, err := tryPlan(t.Context(), l, shop)
		var unavailable ledger.Unavailable
		if !errors.As(err, &unavailable) || !isCode(err, "55P03") {
			t.Errorf("error = %v, want Unavailable because of the lock", err)
		}
	})
	t.Run("does not outlive the context", func(t *testing.T) {
		patient := d.Open(t, ledger.Config{LockTimeout: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		began := time.Now()
		if _, err := tryPlan(ctx, patient, shop); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error = %v", err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	})
	t.Run("is got when it is free", func(t *testing.T) {
		l.SetPatience(time.Minute, time.Minute)
		time.AfterFunc(200*time.Millisecond, func() { _ = conn.Close(context.Background()) }) // which ends its transaction
		plan(t, l, shop)
	})
}

func TestAPlanThatThinksTooLongLetsOthersGo(t *testing.T) {
	d := ledgertest.New(t)
	l := d.Open(t, ledger.Config{IdleTimeout: 200 * time.Millisecond})
	l.SetPatience(0, 0)
	var between error
	err := l.Plan(t.Context(), ledger.Question{Planner: shop}, func(ledger.View) ledger.Decision {
		_, between = tryPlan(t.Context(), d.Ledger, bank, pod("vault", "10.0.0.0/20"))
		return ledger.Decision{Holds: []ledger.Entry{pod("web", "10.0.0.0/20")}}
	})
	if between != nil {
		t.Errorf("another planner: %v", between)
	}
	var unavailable ledger.Unavailable
	if !errors.As(err, &unavailable) {
		t.Errorf("error = %v, want Unavailable", err)
	}
	same(t, "own", ownRanges(plan(t, d.Ledger, shop)), []string(nil))
}

func TestNoConnectionIsKept(t *testing.T) {
	d := ledgertest.New(t)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		left := d.Count(t, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cidrplan'`)
		if left == 0 {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("%d connections are left", left)
		}
	}
}
