package topology

import (
	"maps"
	"slices"
)

// Owner is what a cluster and a block have in common, as those that get ranges.
type Owner struct {
	// PreviousNames are names under which the cluster or block was declared before.
	PreviousNames []string
	About
	Unknown Unknown
}

// Owner returns what is declared of the cluster or block of a name.
func (f Facts) Owner(name string) (owner Owner, declared bool) {
	if b, is := f.Blocks[name]; is {
		return Owner{PreviousNames: b.PreviousNames, About: b.About, Unknown: b.Unknown}, true
	}
	cl, declared := f.Clusters[name]
	return Owner{PreviousNames: cl.PreviousNames, About: cl.About, Unknown: cl.Unknown}, declared
}

// HasOwner says whether a cluster or block of a name is declared.
func (f Facts) HasOwner(name string) bool {
	_, declared := f.Owner(name)
	return declared
}

// Owners are the names of all clusters and blocks, sorted.
func (f Facts) Owners() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(f.Clusters)), maps.Keys(f.Blocks))
	slices.Sort(names)
	return names
}

// OwnerNames are all names of a cluster or block: the present one, and then previous ones where it is declared.
func (f Facts) OwnerNames(name string) []string {
	owner, _ := f.Owner(name)
	return append([]string{name}, owner.PreviousNames...)
}

// OwnersUnknown says whether it is not known yet which clusters and blocks there are.
func (f Facts) OwnersUnknown() bool { return f.Unknown.Has("clusters") || f.Unknown.Has("blocks") }
