package conflict_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Blocks that are allocated inside blocks are silent in any order, however deep they lie and also where
// a block is delegated as a whole; and what is allocated beside them is not.
func TestConfigCheckOfBlocksInChains(t *testing.T) {
	chain := map[string]conflict.Registration{
		"vpcs":  blocksOf(wide, "prod 10.0.0.0/16", "test 10.1.0.0/16"),
		"zones": blocksOf([]string{"10.0.0.0/16"}, "h 10.0.0.0/17", "i 10.0.128.0/17"),
		"whole": blocksOf([]string{"10.0.0.0/17"}, "all 10.0.0.0/17"),
		"kinds": blocksOf([]string{"10.0.0.0/17"}, "node 10.0.0.0/20"),
		"other": blocksOf([]string{"10.1.0.0/16"}, "h 10.1.0.0/17"),
	}
	permutations(slices.Sorted(maps.Keys(chain)), func(order []string) {
		var all, beside []string
		r := &registers{check: conflict.NewConfigCheck(profile.Default())}
		for _, name := range order {
			r.register("blocks", name, chain[name], nothing)
		}
		all, r.out = r.out, nil
		r.register("blocks", "beside", blocksOf([]string{"10.0.0.0/16"}, "x 10.0.0.0/20"), nothing)
		for _, line := range r.out {
			_, parties, _ := strings.Cut(line, ": ")
			parties, _, _ = strings.Cut(parties, ", reported")
			beside = append(beside, parties)
		}
		slices.Sort(beside)
		want := []string{
			"all 10.0.0.0/17 of {blocks whole} and x 10.0.0.0/20 of {blocks beside}",
			"h 10.0.0.0/17 of {blocks zones} and x 10.0.0.0/20 of {blocks beside}",
			"node 10.0.0.0/20 of {blocks kinds} and x 10.0.0.0/20 of {blocks beside}",
		}
		if len(all) > 0 || !slices.Equal(beside, want) {
			t.Fatalf("%v: reported %v, and of what is beside\n%s", order, all, strings.Join(beside, "\n"))
		}
	})
}

func permutations(list []string, each func([]string)) {
	for i := range list {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		if len(rest) == 0 {
			each(list)
			return
		}
		permutations(rest, func(tail []string) { each(append([]string{list[i]}, tail...)) })
	}
}
