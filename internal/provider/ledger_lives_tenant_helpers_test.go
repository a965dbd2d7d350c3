package provider_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// sharer is a workspace of one owner of a ledger, whose configuration is edited at random.
type sharer struct {
	*workspace
	lives *ledgerLives
	*rand.Rand
	owner string
	gate  *gate
	// supernets are expressions. own says that the workspace has blocks of its own, and its clusters are in one of them.
	supernets []string
	own       bool
	clusters  map[string]*shareCluster
	blocks    map[string]*shareCluster
	reclaim   []string
	// renumber are the tokens of clusters. moves says how often a cluster may still move for one, by its first name.
	renumber map[string]string
	moves    map[string]int
	// parents are the earlier names of clusters and blocks, by the newer ones; no name is used twice. dropped are those that an edit
	// removed.
	parents map[string]string
	dropped map[string]bool
	// seen are the ranges that the state had last, by resource and first name of a cluster or block.
	seen map[string][]string
	// good is the last state that could be read, "" for none.
	good string
	// saved says that there is a saved plan. quiet says that nothing is killed.
	saved, quiet bool
	// changed are the planners of which the last command read or changed the resource.
	changed map[string]bool
	names   int
}

// shareCluster is a cluster, or with a length a block, which may be for one owner.
type shareCluster struct {
	nodes, length int
	// pods is the Pod range that the configuration gives, reserve the length of a growth reserve, mirrors the original of a mirror.
	pods, mirrors string
	reserve       int
	delegate      string
}

// config is what the workspace declares.
func (s *sharer) config() string {
	connection := fmt.Sprintf("%q", fmt.Sprintf("host=%s user=%s dbname=postgres", s.gate.dir, s.lives.ledger.Server.User))
	var out strings.Builder
	supernets := s.supernets
	if s.own {
		fmt.Fprintf(&out, "resource \"cidrplan_blocks\" \"own\" {\n  name = \"own\"\n  supernets = [%s]\n  reclaim = %s\n  blocks = {\n",
			strings.Join(s.supernets, ", "), list(s.reclaim))
		for _, name := range slices.Sorted(maps.Keys(s.blocks)) {
			delegated := ""
			if owner := s.blocks[name].delegate; owner != "" {
				delegated = fmt.Sprintf(", delegated_to = %q", owner)
			}
			fmt.Fprintf(&out, "    %s = { prefix_length = %d, previous_names = %s%s }\n",
				name, s.blocks[name].length, list(s.previous(name)), delegated)
		}
		out.WriteString("  }\n}\n")
		supernets = []string{`cidrplan_blocks.own.cidrs["pods"]`}
	}
	fmt.Fprintf(&out, `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = [%s, "fd11::/32"]
  service_supernets = ["172.16.0.0/12", "fd30::/32"]
  reclaim           = %s
  renumber          = %[4]s
  %[5]s
  vpcs = {
%[3]s  }
  clusters = {
`, strings.Join(supernets, ", "), list(s.reclaim), s.vpcs(), s.tokens(), s.uniqueness())
	for _, name := range slices.Sorted(maps.Keys(s.clusters)) {
		out.WriteString(s.declared(name))
	}
	out.WriteString("  }\n}\n")
	return sharingAs(s.lives.ledger, s.owner, connection, out.String())
}

// uniqueness are the arguments of a workspace whose ranges may repeat.
func (s *sharer) uniqueness() string {
	if repeating(s.owner) {
		return "unique_pod_cidrs = false\n  unique_service_cidrs = false"
	}
	return ""
}

// tokens is the argument renumber.
func (s *sharer) tokens() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(s.renumber)) {
		if s.clusters[name] != nil {
			all = append(all, fmt.Sprintf("%s = %q", name, s.renumber[name]))
		}
	}
	return "{ " + strings.Join(all, ", ") + " }"
}

// list is a list of texts in Terraform's language.
func list(texts []string) string {
	var all []string
	for _, text := range texts {
		all = append(all, fmt.Sprintf("%q", text))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// previous are all earlier names of a cluster or block, for plans that never got applied.
func (s *sharer) previous(name string) []string {
	var all []string
	for was := s.parents[name]; was != ""; was = s.parents[was] {
		all = append(all, was)
	}
	return all
}

// first is the first name of a cluster or block.
func (s *sharer) first(name string) string {
	for s.parents[name] != "" {
		name = s.parents[name]
	}
	return name
}

// edit changes one to three things, and writes the configuration.
func (s *sharer) edit() {
	s.reclaim = nil
	for range 1 + s.IntN(3) {
		members := s.clusters
		if s.own && s.IntN(3) == 0 {
			members = s.blocks
		}
		s.change(members)
	}
	s.workspace.config(s.config())
}

func (s *sharer) change(members map[string]*shareCluster) {
	free := slices.DeleteFunc(slices.Sorted(maps.Keys(members)), func(name string) bool { return name == "pods" || name[0] == 'd' })
	if len(free) < 2 || len(free) < 6 && s.IntN(3) == 0 {
		name, c := s.member(members)
		members[name] = c
		return
	}
	name := free[s.IntN(len(free))]
	switch s.IntN(6) {
	case 5: // to a range that is chosen anew, once
		if first := s.first(name); s.movable(name) && len(s.seen[allocator+"/"+first]) > 0 {
			s.names++
			s.renumber[name] = fmt.Sprint("token", s.names)
			s.moves[first]++
		}
	case 0:
		s.drop(members, name)
	case 1:
		s.rename(members, name)
	case 2:
		s.reclaim = []string{"*"}
	case 3:
		if h, _ := homeOf(name); h.grows && members[name].pods == "" {
			members[name].nodes += 1 + s.IntN(8)
		}
	case 4:
		name, c := s.member(members)
		members[name] = c
	}
}

// movable says whether a token moves a cluster alone: it is neither a mirror nor has one, and its Pod range is chosen.
func (s *sharer) movable(name string) bool {
	c := s.clusters[name]
	return c != nil && c.mirrors == "" && c.pods == "" && len(s.mirrorsOf(name)) == 0
}

// mirrorsOf are the mirrors of a cluster.
func (s *sharer) mirrorsOf(name string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.clusters)), func(m string) bool { return s.clusters[m].mirrors != name })
}

// drop removes a cluster, with its mirrors, or a block.
func (s *sharer) drop(members map[string]*shareCluster, name string) {
	for _, gone := range append(s.mirrorsOf(name), name) {
		delete(members, gone)
		s.dropped[s.first(gone)] = true
	}
}

// rename gives a cluster or block another name. Mirrors follow.
func (s *sharer) rename(members map[string]*shareCluster, name string) {
	s.names++
	to := fmt.Sprint(name[:1], s.names)
	if found := inHome.FindStringSubmatch(name); found != nil {
		to += "-" + found[1]
	}
	for _, m := range s.mirrorsOf(name) {
		s.clusters[m].mirrors = to
	}
	s.parents[to], members[to] = name, members[name]
	delete(members, name)
}

// shrink removes what was added last, where nothing is free for it, and reclaims what was released.
func (s *sharer) shrink() {
	names := slices.Sorted(maps.Keys(s.clusters))
	if len(names) > 0 {
		s.drop(s.clusters, names[s.IntN(len(names))])
	}
	s.reclaim = []string{"*"}
	s.workspace.config(s.config())
}
