package topology

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Fault is something wrong with what was declared, at the place that is at fault.
type Fault struct {
	At Path
	// Problem is one of the types below.
	Problem any
	// Warn says that the fault is a warning.
	Warn bool
	// Options are what resolves the problem, where more is known of that than the problem itself says.
	Options []Option
}

func (f Fault) String() string { return fmt.Sprintf("%s: %T%+v", f.At, f.Problem, f.Problem) }

type (
	// Missing says that an attribute is required and neither set nor known after apply. Reason is nil or one of the reasons.
	Missing struct{ Reason any }
	// Empty says that a value that is required is set and empty or null. Reason says which value.
	Empty struct{ Reason any }
	// BadName says that a name is too long or has a character that names may not have.
	BadName struct {
		Name string
		// Bad is the first wrong character, "" when the name is too long.
		Bad string
		// Position counts characters from 1.
		Position int
		// Instead is the character that is meant, "" where that is not known.
		Instead string
	}
	// BadText says that a text is too long or has a character that cannot be shown. Its fields are those of
	// BadName.
	BadText struct {
		Text, Bad string
		Position  int
	}
	// KeyDiffers says that the key of an entity is not its name.
	KeyDiffers struct{ Key, Name string }
	// Undeclared says that a name refers to nothing that was given.
	Undeclared struct {
		// Kind is what the name is to be the name of.
		Kind NameKind
		Name string
		// Known are the names that would do.
		Known []string
		// Called are those that others call by the wrong name.
		Called []string
	}
	// NotOneOf says that a value is not among those allowed.
	NotOneOf struct {
		Value   string
		Allowed []string
	}
	// OutOfRange says that a number is too small or too large; a Max of 0 is no bound.
	OutOfRange struct{ Value, Min, Max int64 }
	// NotWhole says that a number is a fraction.
	NotWhole struct{ Value string }
	// Negative says that a number is below 0.
	Negative struct{ Value string }
	// TooLarge says that a number is farther from 0 than can be counted.
	TooLarge struct{}
	// WrongType is a value that cannot be converted to the type of its argument.
	WrongType struct{ Is, Want ValueType }
	// Repeated says that a value is in a list more than once.
	Repeated struct{ Value string }
	// FirstListed says that a list of further ranges has the first range as well, which the attribute First gives or the cluster holds.
	FirstListed struct{ Value, First string }
	// NameInUse says that a VPC and a site have one name, so that a reference to it is unclear.
	NameInUse struct{ Name string }
	// SelfPeer says that a network is connected to itself.
	SelfPeer struct{ Name string }
	// RangesOverlap says that two ranges of one declaration share addresses.
	RangesOverlap struct {
		A, B         netip.Prefix
		AName, BName string
		// First is the attribute that has B, where A is in the list of the ranges beside it; "" where both are in one list.
		First string
	}
	// OutsideVPC says that a subnet is outside the VPC's blocks.
	OutsideVPC struct {
		Subnet netip.Prefix
		Blocks []netip.Prefix
	}
	// WrongFamily says that a range has the other address family.
	WrongFamily struct {
		Range netip.Prefix
		Want  string
	}
	// VRFLink says that two VRFs are connected.
	VRFLink struct {
		// Kind is HubName or PeerName.
		Kind              NameKind
		Name, VRF, OwnVRF string
	}
	// WrongPlatform says that a profile does not fit the VPC's platform.
	WrongPlatform struct {
		Profile, VPC, Platform string
		Fitting                []string
	}
	// TooMany says that a list holds more than it may.
	TooMany struct {
		Of         Listed
		Count, Max int
		// Limit says who sets the bound, Rule where it is published; its Text is empty where it is not.
		Limit Limit
		Rule  profile.Rule
	}
	// Refused says that a value breaks a rule of the platform.
	Refused struct {
		Kind  ValueKind
		Value string
		profile.BrokenRule
	}
	// NoPodSubnets says that a cluster names no subnets although its Pods use subnets.
	NoPodSubnets struct {
		Cluster, VPC, Profile string
		Rule                  profile.Rule
	}
	// NotAccepted says that an argument cannot be set together with the others. Reason is one of the reasons.
	NotAccepted struct {
		// Value is a string or KnownAfterApply.
		Value  any
		Reason any
	}
	// LikelySummary says that a route over a whole private block is not marked.
	LikelySummary struct{ Destination netip.Prefix }
)

// Limit is who sets the bound of TooMany: a profile by its title, an argument by its name, or the platform where both
// are empty.
type Limit struct{ Profile, Argument string }

// Listed is what a list holds too many of.
type Listed int

// What lists hold.
const (
	ListedRanges Listed = iota + 1
	ListedSubnets
	// RangePairs are pairs of ranges that share addresses.
	RangePairs
)

// ValueKind is what a value is that a platform refuses.
type ValueKind int

// The kinds of values that platforms refuse.
const (
	NodeBlockValue ValueKind = iota + 1
	PodRangeValue
	// PodsPerNodeValue is a number of Pods on a node.
	PodsPerNodeValue
	// FamilyValue is an address family.
	FamilyValue
	// ServicesWithFamilyValue is an address family of a cluster that has a Service range.
	ServicesWithFamilyValue
)

// DidYouMean returns the known name nearest to a wrong one, "" when none is near.
func DidYouMean(name string, known []string) string {
	// Up to half of the letters may be wrong, and at most three; of one or two, none.
	length := utf8.RuneCountInString(name)
	farthest := min(3, length/2)
	if length < 3 {
		farthest = 0
	}
	best, nearest := "", farthest+1
	for _, candidate := range slices.Sorted(slices.Values(known)) {
		if candidate != name && folded(candidate) == folded(name) {
			return candidate
		}
		others := utf8.RuneCountInString(candidate)
		if length > maxNameLength || others-length > farthest {
			continue
		}
		if d := levenshtein.Distance(name, candidate, nil); d < nearest && d < max(others, 2) {
			best, nearest = candidate, d
		}
	}
	return best
}

// folded is a name without regard to case, and to the sign that joins its words.
func folded(name string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(name))
}

// SortFaults puts faults into the order of their places, and of their texts at one place.
func SortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		if order := cmp.Compare(a.At.String(), b.At.String()); order != 0 {
			return order
		}
		return cmp.Compare(a.String(), b.String())
	})
}
