package messages

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestClustersThatAreNoLongerDeclared(t *testing.T) {
	held := profile.Ranges{Pods: prefixes("10.0.0.0/24")}
	of := func(former int, names []string, likely ...allocate.LikelyRename) allocate.NoLongerDeclared {
		e := allocate.NoLongerDeclared{By: "k8s", New: names, Likely: likely}
		for i := range former {
			e.Former = append(e.Former, allocate.FormerCluster{Cluster: fmt.Sprint("c", i), Held: held})
		}
		return e
	}
	rename := allocate.LikelyRename{Former: []string{"c0"}, New: []string{"a"}, SameSizes: true}
	const renamed = "If a cluster was only renamed, add its old name to previous_names."
	for name, test := range map[string]struct {
		e     allocate.NoLongerDeclared
		parts []string
	}{
		"one": {of(1, nil), []string{
			"This cluster is no longer declared, and its ranges are released:\n  - \"c0\": Pods 10.0.0.0/24\n\n",
			"!New clusters", "!" + renamed, "!more",
		}},
		"two": {of(2, []string{"a", "b"}), []string{
			"These 2 clusters are no longer declared, and their ranges are released:\n", "\nNew clusters: \"a\", \"b\".", "!" + renamed,
		}},
		"as many as are listed": {of(maxEntries, nil), []string{`"c39"`, "!more"}},
		"two more":              {of(maxEntries+2, nil), []string{`"c39"`, "!\"c40\"", "\n  and 2 more\n"}},
		"renamed": {of(1, []string{"a"}, rename), []string{
			renamed, "\n  - \"a\" may be the new name of \"c0\" (same VPC, profile and sizes).",
		}},
		"as many renamed as are listed": {of(1, nil, manyOf(rename, maxEntries)...), []string{renamed, "!more"}},
		"two more renamed":              {of(1, nil, manyOf(rename, maxEntries+2)...), []string{renamed, "\n  and 2 more"}},
	} {
		wantParts(t, name, Writer{}.noLongerDeclared(test.e), test.parts...)
	}
}

func manyOf[T any](one T, count int) []T {
	var all []T
	for range count {
		all = append(all, one)
	}
	return all
}

func TestWhichClusterMayBeANewNameOfWhich(t *testing.T) {
	one, two := []string{"a"}, []string{"a", "b"}
	old, older := []string{"x"}, []string{"x", "y"}
	const unclear = " The configuration does not show which:"
	for name, test := range map[string]struct {
		former, new       []string
		sameSizes, blocks bool
		parts             []string
	}{
		"one for one": {old, one, false, false, []string{
			`"a" may be the new name of "x" (same VPC and profile, other sizes).`, "!" + unclear,
		}},
		"one for one of equal sizes": {old, one, true, false, []string{`(same VPC, profile and sizes).`}},
		"blocks":                     {old, one, true, true, []string{`"a" may be the new name of "x" (same size).`}},
		"two for one": {old, two, false, false, []string{
			`Any of "a", "b" may be the new name of "x" (same VPC and profile, other sizes).` + unclear,
		}},
		"one for two": {older, one, false, false, []string{`"a" may be the new name of any of "x", "y" (same`, unclear}},
		"two for two": {older, two, false, false, []string{`Any of "a", "b" may be the new name of any of "x", "y" (same`, unclear}},
	} {
		likely := allocate.LikelyRename{Former: test.former, New: test.new, SameSizes: test.sameSizes}
		wantParts(t, name, Writer{OfBlocks: test.blocks}.mayBe(likely), test.parts...)
	}
}
