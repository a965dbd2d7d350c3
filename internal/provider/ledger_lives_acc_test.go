package provider_test

import (
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"net/netip"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// Workspaces that plan and apply at once from one supernet, while processes are killed at random times and around commits, connections end
// and the database crashes: no ranges overlap that may not, none is lost or moves, everybody finishes, and states and ledger are equal.
// Clusters are in several VRFs, some mirror others, grow into larger or by further ranges, have reserves or pinned Pod ranges; some
// workspaces have blocks or are in blocks, and the ranges of some may repeat.
// CIDRPLAN_WORKSPACES and CIDRPLAN_TURNS are the size, CIDRPLAN_SEED repeats the edits of a run. CIDRPLAN_TIGHT is 0 for a supernet with
// room for all, 1 for a small one in which holds expire at once, 2 for one after the other.
func TestAccLedgerLives(t *testing.T) {
	t.Parallel()
	newFolder(t) // which skips where there is no Terraform
	seed := number("CIDRPLAN_SEED", uint64(time.Now().UnixNano()))
	workspaces, turns := int(number("CIDRPLAN_WORKSPACES", 5)), int(number("CIDRPLAN_TURNS", 4))
	for _, tight := range [][]bool{{false}, {true}, {false, true}}[number("CIDRPLAN_TIGHT", 2)] {
		t.Run(fmt.Sprintf("CIDRPLAN_SEED=%d/tight=%t", seed, tight), func(t *testing.T) {
			newLedgerLives(t, seed, workspaces, tight).run(turns)
		})
	}
}

// ledgerLives are workspaces of one ledger.
type ledgerLives struct {
	t       *testing.T
	ledger  *ledgertest.Database
	sharers []*sharer
	// tight says that the supernet is too small for all, and that holds expire at once.
	tight bool

	mu     sync.Mutex
	counts map[string]int
	// orphans are providers that outlive their Terraform; none outlives the test.
	orphans []*os.Process
	began   time.Time
}

func newLedgerLives(t *testing.T, seed uint64, workspaces int, tight bool) *ledgerLives {
	t.Helper()
	// A crash of a database that answers before it has written its log loses what is committed.
	server := ledgertest.Start(t, "synchronous_commit=on", "max_connections=400")
	l := &ledgerLives{t: t, ledger: server.New(t), tight: tight, counts: map[string]int{}, began: time.Now()}
	shared, own, supernet := 16-bits.Len(uint(workspaces)), 16, `"10.0.0.0/8"`
	if tight {
		l.ledger.Exec(t, `UPDATE setting SET hold_lifetime = '1 second'`)
		shared, own, supernet = shared+2, own+2, fmt.Sprintf(`"10.64.0.0/%d"`, shared+1)
	}
	for i := range workspaces {
		s := &sharer{
			workspace: newInstalled(t, ""), lives: l, Rand: rand.New(rand.NewPCG(seed, uint64(i))), owner: ownerName(i),
			gate: newGate(t, l.ledger), supernets: []string{supernet}, own: i%3 == 2 || i == 0,
			clusters: map[string]*shareCluster{}, blocks: map[string]*shareCluster{"pods": {length: own}},
			parents: map[string]string{}, dropped: map[string]bool{}, seen: map[string][]string{},
			renumber: map[string]string{}, moves: map[string]int{},
		}
		if i == 0 { // its blocks are supernets of others
			s.blocks["shared"] = &shareCluster{length: shared}
			for j := 4; j < workspaces; j += 3 {
				s.blocks[fmt.Sprint("d", j)] = &shareCluster{length: own, delegate: fmt.Sprint("w", j)}
			}
			s.quiet = true
			s.workspace.config(s.config())
			if !s.applies("-auto-approve") {
				t.Fatal("the first apply fails")
			}
			s.quiet = false
		} else if i%3 == 1 {
			blocks := inside(l.sharers[0].stored()[ownBlocks], "cidrs")
			s.supernets = []string{fmt.Sprintf("%q", blocks["shared"])}
			if i > 1 {
				s.supernets = []string{fmt.Sprintf("%q", blocks[fmt.Sprint("d", i)])}
			} else if stranger := blocks["d4"]; stranger != nil { // in which it gets nothing
				s.supernets = append([]string{fmt.Sprintf("%q", stranger)}, s.supernets...)
			}
		}
		l.sharers = append(l.sharers, s)
	}
	return l
}

// ownerName is the name of an owner: r and a number where ranges may repeat, w and a number elsewhere.
func ownerName(i int) string {
	if i > 2 && i%3 != 1 && i%2 == 1 {
		return fmt.Sprint("r", i)
	}
	return fmt.Sprint("w", i)
}

func (l *ledgerLives) run(turns int) {
	var all sync.WaitGroup
	for _, s := range l.sharers {
		all.Go(func() {
			for range turns {
				s.turn()
			}
			s.finish()
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	l.disturb(done)
	kill(l.orphans)
	l.sound()
	l.final()
	l.t.Logf("%d workspaces, %d turns, %v\n%s", len(l.sharers), turns, time.Since(l.began).Round(time.Second), l.figures())
}

// disturb restarts the database and looks at the ledger until all workspaces are done.
func (l *ledgerLives) disturb(done chan struct{}) {
	dice := rand.New(rand.NewPCG(1, 2))
	restart := time.Now().Add(5 * time.Second)
	for {
		select {
		case <-done:
			return
		case <-time.After(2 * time.Second):
		}
		l.sound()
		if time.Now().After(restart) {
			l.ledger.Server.Restart(l.t, time.Duration(dice.IntN(500))*time.Millisecond)
			l.count("restarts of the database")
			restart = time.Now().Add(time.Duration(5+dice.IntN(15)) * time.Second)
		}
	}
}

// finish lets a workspace plan and apply undisturbed until nothing is left to do.
func (s *sharer) finish() {
	s.quiet = true
	for range 12 {
		if s.applies("-auto-approve") {
			if s.command("plan", "-input=false", "-json", "-detailed-exitcode") {
				s.lives.count("workspaces that finish")
				return
			}
			continue
		}
		s.shrink()
	}
	s.t.Errorf("%s does not finish", s.owner)
}

// final compares the ranges of all states, without the ledger.
func (l *ledgerLives) final() {
	var all []ledgerRow
	for _, s := range l.sharers {
		s.equal()
		for _, r := range s.rows(s.stored()) {
			h, _ := homeOf(r.Cluster)
			all = append(all, ledgerRow{
				Owner: s.owner, Planner: r.Planner, Kind: r.Kind, Cluster: r.Cluster, CIDR: netip.MustParsePrefix(r.CIDR),
				VRF: r.VRF, Network: s.vpcOf(h),
			})
		}
	}
	l.apart(all)
}

// outlives notes providers whose Terraform is killed.
func (l *ledgerLives) outlives(orphans []*os.Process) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.orphans = append(l.orphans, orphans...)
}

// count counts something that happened, and returns how often it did.
func (l *ledgerLives) count(what string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[what]++
	return l.counts[what]
}

func (l *ledgerLives) sorted() []string { return slices.Sorted(maps.Keys(l.counts)) }

// typical is about how long a command takes, so that it is killed at any of its steps.
func (l *ledgerLives) typical() time.Duration {
	return time.Duration(1000+500*len(l.sharers)) * time.Millisecond
}
