package provider_test

import (
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
)

// member is a cluster of a random life, or a block of a prefix length.
type member struct {
	profile, previous string
	nodes, length     int
}

// life is a configuration that is edited at random, and what its clusters or blocks hold.
type life struct {
	*rand.Rand
	blocks   bool
	step     int
	clusters map[string]*member
	former   []string
	tokens   map[string]string
	reclaim  string
}

func (l *life) config() string {
	var clusters, tokens strings.Builder
	for _, name := range slices.Sorted(maps.Keys(l.clusters)) {
		c := l.clusters[name]
		previous := ""
		if c.previous != "" {
			previous = fmt.Sprintf(", previous_names = [%q]", c.previous)
		}
		if l.blocks {
			fmt.Fprintf(&clusters, "    %s = { prefix_length = %d%s }\n", name, c.length, previous)
		} else {
			fmt.Fprintf(&clusters, "    %s = { vpc = %q, profile = %q, max_nodes = %d, max_services = 100%s }\n", name, vpcOf[c.profile], c.profile, c.nodes, previous)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.tokens)) {
		fmt.Fprintf(&tokens, "%s = %q, ", name, l.tokens[name])
	}
	if l.blocks {
		return carve(clusters.String(), "renumber = { "+tokens.String()+" }", "reclaim = ["+l.reclaim+"]")
	}
	return `
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/12"]
  vpcs = {
    ali    = { platform = "alicloud", cidr_blocks = ["192.168.0.0/17"], peers = ["huawei"], route_quota = 4000 }
    huawei = { platform = "huaweicloud", cidr_blocks = ["192.168.128.0/17"], route_quota = 4000 }
  }
  clusters = {
` + clusters.String() + `  }
  renumber = { ` + tokens.String() + ` }
  reclaim  = [` + l.reclaim + `]
}
`
}

var vpcOf = map[string]string{"ack-flannel": "ali", "kubernetes-routed": "ali", "cce-vpc-router": "huawei"}

// edit changes something and says what, and which cluster may hold something else after it. renamed
// are a new and an old name.
func (l *life) edit() (what, touched string, renamed [2]string) {
	l.step++
	l.reclaim = ""
	for _, c := range l.clusters {
		c.previous = ""
	}
	names := slices.Sorted(maps.Keys(l.clusters))
	kind := l.IntN(7)
	if len(names) < 2 {
		kind = 0
	}
	if kind < 2 {
		name := fmt.Sprintf("c%d", l.step)
		if len(l.former) > 0 && l.IntN(2) == 0 {
			name = l.former[l.IntN(len(l.former))]
		}
		if l.clusters[name] == nil {
			length := 22 + l.IntN(8)
			if l.IntN(4) == 0 {
				length += 40 // of IPv6
			}
			l.clusters[name] = &member{profile: slices.Sorted(maps.Keys(vpcOf))[l.IntN(3)], nodes: 8 + l.IntN(100), length: length}
			return "add " + name, name, renamed
		}
	}
	if len(names) == 0 {
		return "nothing", "", renamed
	}
	name := names[l.IntN(len(names))]
	c := l.clusters[name]
	switch kind {
	case 2:
		delete(l.clusters, name)
		delete(l.tokens, name)
		l.former = append(l.former, name)
		return "remove " + name, name, renamed
	case 3:
		to := fmt.Sprintf("r%d", l.step)
		delete(l.clusters, name)
		l.clusters[to], c.previous = c, name
		if token, ok := l.tokens[name]; ok {
			l.tokens[to] = token
			delete(l.tokens, name)
		}
		return "rename " + name + " to " + to, "", [2]string{to, name}
	case 4:
		l.tokens[name] = fmt.Sprint(l.step)
		return "renumber " + name, name, renamed
	case 5:
		l.reclaim = `"*"`
		if len(l.former) > 0 && l.IntN(2) == 0 {
			l.reclaim = fmt.Sprintf("%q", l.former[l.IntN(len(l.former))])
		}
		return "reclaim " + l.reclaim, "", renamed
	}
	if c.profile == "cce-vpc-router" && !l.blocks {
		c.nodes += 1 + l.IntN(40)
		return "grow " + name, name, renamed
	}
	c.nodes, c.length = max(1, c.nodes/2), c.length+1
	return "shrink " + name, "", renamed
}

// Whatever is edited: who is not touched keeps everything, what was planned is applied, and the next
// plan is empty.
func TestAccRandomLife(t *testing.T) {
	t.Run("of clusters", func(t *testing.T) { t.Parallel(); liveAtRandom(t, false) })
	t.Run("of blocks", func(t *testing.T) { t.Parallel(); liveAtRandom(t, true) })
}

func liveAtRandom(t *testing.T, blocks bool) {
	t.Helper()
	address, main := allocator, "allocations"
	if blocks {
		address, main = ourBlocks, "cidrs"
	}
	seed, err := strconv.ParseUint(os.Getenv("CIDRPLAN_SEED"), 10, 64) // to see a failure again
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", seed)
	l := &life{Rand: rand.New(rand.NewPCG(seed, 0)), blocks: blocks, clusters: map[string]*member{}, tokens: map[string]string{}}
	w := newWorkspace(t, l.config())
	held := map[string]any{}
	for range 12 {
		what, touched, renamed := l.edit()
		w.config(l.config())
		p := w.plans()[address].Change
		w.run("apply", "plan")
		w.run("plan", "-detailed-exitcode", "-refresh=false")
		after, _ := p.After[main].(map[string]any)
		if renamed[0] != "" {
			held[renamed[0]] = held[renamed[1]]
			delete(held, renamed[1])
		}
		for name, was := range held {
			if name != touched && !reflect.DeepEqual(after[name], was) {
				t.Fatalf("seed %d, step %d, %s: %s holds %v and held %v", seed, l.step, what, name, after[name], was)
			}
		}
		for name := range l.clusters {
			if after[name] == nil {
				t.Fatalf("seed %d, step %d, %s: %s holds nothing", seed, l.step, what, name)
			}
		}
		if now := w.holds(address); !reflect.DeepEqual(now, p.After) {
			t.Fatalf("seed %d, step %d, %s: applied %v, planned %v", seed, l.step, what, now, p.After)
		}
		released, _ := p.After["released"].(map[string]any)
		apart(t, fmt.Sprintf("seed %d, step %d, %s", seed, l.step, what), after, released)
		held = maps.Clone(after)
	}
	w.run("destroy", "-auto-approve")
}

// apart checks that nothing of what is held and what rests shares an address.
func apart(t *testing.T, when string, all ...map[string]any) {
	t.Helper()
	var ranges []netip.Prefix
	for _, some := range all {
		for name, ofOne := range some {
			for _, text := range rangesOf(ofOne) {
				r := netip.MustParsePrefix(text.(string))
				for _, other := range ranges {
					if r.Overlaps(other) {
						t.Fatalf("%s: %s of %s overlaps %s of another", when, r, name, other)
					}
				}
				ranges = append(ranges, r)
			}
		}
	}
}

// rangesOf are the ranges of an allocation, of a block, or of what either gave up.
func rangesOf(one any) []any {
	all, several := one.(map[string]any)
	switch {
	case !several:
		return []any{one}
	case all["cidr"] != nil:
		return []any{all["cidr"]}
	}
	list, _ := all["pod_cidrs"].([]any)
	return append(slices.Clone(list), all["service_cidr"])
}
