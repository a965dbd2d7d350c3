package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// livesTogether is how many lives one pair of workspaces has at most; the binary's start is what costs most.
const livesTogether = 5

// turns is how often the planners of one of the two workspaces are edited and applied.
const turns = 6

// Whatever is edited, and whatever of it is unknown at plan: who is not touched keeps everything, what was planned
// is applied, the next plan is empty, and no two ranges of two workspaces with two planners each share addresses.
// CIDRPLAN_LIVES is the number of lives, CIDRPLAN_SEED repeats those of a failure.
func TestAccRandomLife(t *testing.T) {
	t.Parallel()
	seed := number("CIDRPLAN_SEED", uint64(time.Now().UnixNano()))
	for left := number("CIDRPLAN_LIVES", 3); left > 0; seed++ {
		n := min(left, livesTogether)
		left -= n
		t.Run(fmt.Sprintf("CIDRPLAN_SEED=%d CIDRPLAN_LIVES=%d", seed, n), func(t *testing.T) { newLives(t, seed, int(n)).run() })
	}
}

func number(variable string, otherwise uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(variable), 10, 64); err == nil {
		return n
	}
	return otherwise
}

// lives are pairs of planners in each of two workspaces, which read each other's claims from a file.
type lives struct {
	*testing.T
	dice       *rand.Rand
	workspaces [2]*workspace
	planners   [2][]*planner
	now        int
	done       []string
}

func newLives(t *testing.T, seed uint64, n int) *lives {
	l := &lives{T: t, dice: rand.New(rand.NewPCG(seed, 0))}
	for i := range n {
		claims := fmt.Sprintf(`jsondecode(file("foreign.json"))["%d"]`, i)
		in := func(supernets ...string) (all []any) {
			for _, s := range supernets {
				all = append(all, s)
			}
			return all
		}
		v4 := func(second, length int) string { return fmt.Sprintf("10.%d.0.0/%d", 16*i+second, length) }
		v6 := func(first, length int) string { return fmt.Sprintf("fd%d:%d::/%d", first, i+1, length) }
		shared, services := in(v4(0, 14), v6(11, 40)), in(v4(12, 15), v6(30, 96))
		if i%2 == 0 { // two workspaces share a supernet, a part of which is a block that one of them allocates from
			blocks := l.planner("blocks", "n", i, claims, in(v4(0, 14), v6(10, 40)), nil)
			blocks.members["pods"] = &member{length: 15}
			inBlock := l.planner(
				"allocator", "a", i, claims, []any{expr(fmt.Sprintf(`cidrplan_blocks.n%d.cidrs["pods"]`, i)), v6(11, 40)}, services,
			)
			inBlock.upstream = blocks
			l.planners[0] = append(l.planners[0], blocks, inBlock)
		} else { // two allocators of one workspace have supernets of their own, and one is given the claims of the other
			first := l.planner("allocator", "a", i, claims, shared, services)
			claims := fmt.Sprintf("merge(%s, provider::cidrplan::claims(cidrplan_allocator.a%d))", claims, i)
			second := l.planner("allocator", "c", i, claims, in(v4(8, 14), v6(12, 40)), in(v4(14, 15), v6(31, 96)))
			second.upstream = first
			l.planners[0] = append(l.planners[0], first, second)
		}
		l.planners[1] = append(l.planners[1], l.planner("allocator", "b", i, claims, shared, services))
	}
	for i := range l.workspaces {
		l.workspaces[i] = newWorkspace(t, "")
	}
	l.publish(1, 0)
	l.publish(0, 1)
	return l
}

func (l *lives) planner(kind, name string, life int, claims string, supernets, services []any) *planner {
	p := &planner{
		Rand: l.dice, kind: kind, name: fmt.Sprint(name, life), life: life, supernets: supernets, services: services, claims: expr(claims),
		base: 16 + int(
			name[0]-'a',
		), members: map[string]*member{}, tokens: map[string]any{}, unknown: map[string]bool{}, vpcs: map[string]string{},
	}
	for what := range platforms {
		p.vpcs[what] = p.name + "-" + what
	}
	return p
}

func (l *lives) run() {
	l.Helper()
	for l.now = range turns {
		at := l.now
		if l.now > 1 {
			at = l.dice.IntN(2)
		}
		l.turn(at)
		l.publish(at, 1-at)
	}
	for _, w := range l.workspaces {
		w.run("destroy", "-auto-approve", "-refresh=false")
	}
}

// turn edits the planners of one workspace, plans and applies.
func (l *lives) turn(at int) {
	l.Helper()
	w, changes, config := l.workspaces[at], map[*planner]*effect{}, ""
	for _, p := range l.planners[at] {
		changes[p] = p.edit(l.now, l.taken(p, p.upstream))
		l.done = append(l.done, fmt.Sprintf("turn %d, %s: %s", l.now, p.name, strings.Join(changes[p].done, ", ")))
		config += p.config()
	}
	w.config(config)
	defer func() {
		if l.Failed() {
			l.Logf("%s\n%s", strings.Join(l.done, "\n"), config)
		}
	}()
	plans := w.plans()
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	state := l.state(at)
	for _, p := range l.planners[at] {
		l.check(p, changes[p], plans, state[p.address()])
	}
	for _, p := range l.planners[at] {
		p.held, _ = state[p.address()][p.main()].(map[string]any)
		p.released, _ = state[p.address()]["released"].(map[string]any)
	}
	for _, p := range l.planners[at] {
		l.apart(p)
	}
}

// state is what the state of a workspace has, by address. Reading the file costs less than to run Terraform.
func (l *lives) state(at int) map[string]map[string]any {
	var state struct {
		Resources []struct {
			Type, Name string
			Instances  []struct{ Attributes map[string]any }
		}
	}
	if content, err := os.ReadFile(l.workspaces[at].dir + "/terraform.tfstate"); err == nil {
		if err := json.Unmarshal(content, &state); err != nil {
			l.Fatal(err)
		}
	}
	all := map[string]map[string]any{}
	for _, r := range state.Resources {
		all[r.Type+"."+r.Name] = r.Instances[0].Attributes
	}
	return all
}

// publish writes the claims of one workspace into the folder of the other one.
func (l *lives) publish(from, to int) {
	state, all := l.state(from), map[string]map[string]any{}
	for _, p := range l.planners[from] {
		life := fmt.Sprint(p.life)
		if all[life] == nil {
			all[life] = map[string]any{}
		}
		if state[p.address()] == nil {
			continue
		}
		claims, _ := provider.Looked(l.T, "claims", state[p.address()]).(map[string]any)
		for key, claim := range claims {
			all[life][p.name+"/"+key] = claim
		}
	}
	content, err := json.Marshal(all)
	if err != nil {
		l.Fatal(err)
	}
	l.workspaces[to].file("foreign.json", string(content))
}

// check compares what a planner has after a turn with what it had, with the plan, and with the oracle.
func (l *lives) check(p *planner, e *effect, plans map[string]planned, state map[string]any) {
	l.Helper()
	unknown, plan := p.unknownIn(plans), plans[p.address()].Change
	unsure := unknown != nil || p.upstream != nil && p.upstream.unsureIn(plans)
	if found := unknowns("", plan.AfterUnknown); !unsure && len(found) > 0 {
		l.Errorf("%s: all inputs are known, and the plan leaves unknown %v", p.name, found)
	}
	if at := departs(p.name, plan.After, plan.AfterUnknown, state); len(at) > 0 {
		l.Errorf("%s: what is applied differs from the plan at %v", p.name, at)
	}
	was := maps.Clone(p.held)
	for to, from := range e.renamed {
		was[to] = was[from]
		delete(was, from)
	}
	has, _ := state[p.main()].(map[string]any)
	shown, _ := plan.After[p.main()].(map[string]any)
	for name, held := range was {
		switch {
		case e.grown[name]:
			if !grewFrom(held, has[name]) {
				l.Errorf("%s: %s held %v and has %v", p.name, name, held, has[name])
			}
		case e.touched[name]:
		case !reflect.DeepEqual(held, has[name]):
			l.Errorf("%s: %s held %v and has %v", p.name, name, held, has[name])
		case !p.mayHide(name, unknown) && !reflect.DeepEqual(held, shown[name]):
			l.Errorf("%s: %s holds %v and the plan shows %v", p.name, name, held, shown[name])
		}
	}
	if held, declared := slices.Sorted(maps.Keys(has)), slices.Sorted(maps.Keys(p.members)); !slices.Equal(held, declared) {
		l.Errorf("%s: declared are %v, and %v hold ranges", p.name, declared, held)
	}
	if len(e.added) == 1 && e.placed == 1 && len(p.held) > 0 && !slices.Contains(p.former, e.added[0]) {
		l.agrees(p, e.added[0], has)
	}
}

// agrees compares the range of the only new cluster or block with the one that the oracle chooses.
func (l *lives) agrees(p *planner, name string, has map[string]any) {
	l.Helper()
	room := netip.MustParsePrefix(p.room())
	got := netip.MustParsePrefix(rangesOf(has[name])[0].(string))
	if !room.Overlaps(got) {
		return // of the other family, or a Service range
	}
	u := oracle.NewUniverse(room, 24)
	all := make(oracle.Marks, len(u.Cells))
	for i := range all {
		all[i] = true
	}
	if want, ok := u.Fit(oracle.Without(all, u.Mark(l.taken(p, p.upstream)...)), got.Bits()); !ok || want != got {
		l.Errorf("%s: %s has %v, and the oracle says %v, %t", p.name, name, got, want, ok)
	}
}
