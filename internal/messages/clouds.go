package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// CloudFaults is the error of a function whose argument has objects of clouds. Its faults are in the order of their places.
func CloudFaults(faults []topology.Fault) string {
	topology.SortFaults(faults)
	var lines []string
	for i, f := range faults {
		if i == maxCloudFaults {
			lines = append(lines, fmt.Sprintf("and %d more", len(faults)-i))
			break
		}
		lines = append(lines, PathOrArgument(f.At)+": "+CloudFault(f))
	}
	return strings.TrimSuffix(strings.Join(lines, "\n\n"), ".")
}

// maxCloudFaults is the number of faults that one error lists.
const maxCloudFaults = 20

// CloudFault is what is wrong with an object of a cloud, and how to resolve it.
func CloudFault(f topology.Fault) string {
	switch e := f.Problem.(type) {
	case clouds.NotMap:
		return fmt.Sprintf("This is %s. Expected %s.", valueTypes[e.Is], expectedOfClouds(e.Expected))
	case clouds.NoSuchPlatform:
		return fmt.Sprintf("%s is not a cloud of this function. Expected: %s.", Shown(e.Name), strings.Join(e.Known, ", "))
	case clouds.NoSuchArgument:
		return noSuchArgument(e)
	case clouds.SingleObject:
		return singleObject(e)
	case clouds.WrongObject:
		return wrongObject(e)
	case topology.WrongType:
		return fmt.Sprintf("This is %s. Expected %s.", valueTypes[e.Is], valueTypes[e.Want])
	case clouds.NullObject:
		return "The object is null. Remove it from the map, for example with `if v != null`."
	case clouds.NoSuchOwner:
		return noSuchOwner(e)
	case clouds.TwoOwners:
		return fmt.Sprintf(
			"The IDs in this object are those of two %s, %s and %s. An object belongs to one of them. Remove one of the two IDs from "+
				"the object.",
			ownerNames(e.Owner), Shown(e.A), Shown(e.B),
		)
	case clouds.Contradiction:
		return contradiction(e)
	case clouds.NotARange:
		return "This is not a CIDR range. Expected a range such as 10.0.0.0/16."
	case clouds.NotALength:
		return fmt.Sprintf("The node mask %s of this %s is not a prefix length.", Shown(e.Value), e.Type)
	case clouds.NameTwice:
		return fmt.Sprintf(
			"%s is a name in %s of both %s and %s. Names must be unique over all clouds. Use another key in one of the maps.",
			Shown(e.Name), e.Argument, e.Platforms[0], e.Platforms[1],
		)
	}
	panic(fmt.Sprintf("no message for %T", f.Problem))
}

func expectedOfClouds(expected any) string {
	switch e := expected.(type) {
	case clouds.OfPlatforms:
		return fmt.Sprintf(
			"an object with an attribute for each cloud (%s), such as { %s = { vpcs = … } }",
			strings.Join(e.Platforms, ", "), e.Platforms[0],
		)
	case clouds.OfArguments:
		return "an object with maps of objects: " + argumentNames(e.Arguments)
	case clouds.OfObjects:
		return fmt.Sprintf(
			"a map of objects by name. Convert a list with { for v in LIST : v.id => v }, since display names change, "+
				"and a single resource with { name = %s_….… }", e.Platform,
		)
	}
	return "one object of the cloud's provider"
}

func argumentNames(arguments []clouds.Argument) string {
	var names []string
	for _, a := range arguments {
		names = append(names, string(a))
	}
	return strings.Join(names, ", ")
}

func noSuchArgument(e clouds.NoSuchArgument) string {
	var known []string
	for _, a := range e.Known {
		known = append(known, string(a))
	}
	near := DidYouMean(e.Name, known)
	return fmt.Sprintf("%s is not an argument for %s.%s Expected: %s.", Shown(e.Name), e.Platform, near, strings.Join(known, ", "))
}

// noSuchOwner says that a label names nothing.
func noSuchOwner(e clouds.NoSuchOwner) string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("%s is none of the %s: there are none. Add the object to %s.", Shown(e.Name), ownerNames(e.Owner), e.Owner)
	}
	return fmt.Sprintf("%s is not among the %s: %s. Correct the name, or add the object to %s.",
		Shown(e.Name), ownerNames(e.Owner), Listed(e.Known, 10), e.Owner)
}

// wrongObject says that an object is of none of the types of its argument, and what it is by its attributes.
func wrongObject(e clouds.WrongObject) string {
	out := fmt.Sprintf("This object is none that %s.%s accepts. Expected: %s.", e.Platform, e.Argument, Listed(e.Expected, 10))
	if e.Is == "" {
		return out + " It has none of the attributes that contain their ranges or IDs."
	}
	return out + fmt.Sprintf(" By its attributes it is %s, which belongs in %s.%s.", e.Is, e.IsPlatform, e.IsArgument)
}

func singleObject(e clouds.SingleObject) string {
	example := "{ name = … }"
	if e.Type != "" {
		example = fmt.Sprintf("{ name = %s.… }", e.Type)
	}
	return fmt.Sprintf("This is one object. Expected a map of objects by name, such as %s or a whole resource with for_each.", example)
}

// contradiction says that an object has the ID of something else than what it is joined to.
func contradiction(e clouds.Contradiction) string {
	by := map[string]string{
		clouds.ByLabel: "names it", clouds.ByKey: "has it in its key", clouds.ByRange: "is inside of its CIDR blocks only",
		clouds.ByBeingOnly: "can belong to no other one",
	}[e.By]
	out := fmt.Sprintf("This %s belongs to %s because it %s, but it refers to the ID %s", e.Type, Shown(e.Name), by, Shown(e.Reference))
	if e.Other != "" {
		out += ", which is that of " + Shown(e.Other)
	} else {
		out += ", which none of the " + ownerNames(e.Owner) + " has"
	}
	return out + fmt.Sprintf(
		". To resolve: add the object with this ID to %s; or remove this object; or correct its key or its name in merge().", e.Owner,
	)
}

func ownerNames(argument clouds.Argument) string {
	return map[clouds.Argument]string{
		clouds.VPCs: "VPCs", clouds.Gateways: "hubs", clouds.SiteGateways: "gateways of sites", clouds.Connections: "connections",
	}[argument]
}

// Why an object of a file is not, or not completely, among the facts.
const (
	ReadDuringApply  = "This data source is read only during apply. Use the state after the apply."
	RangesAfterApply = "It has ranges that are known only after apply. Use the state after the apply."
	FlatAttributes   = "Its attributes are stored as Terraform 0.11 did. Run terraform apply -refresh-only, which stores them anew."
)

// Unplaced says why an object is in no argument of an allocator.
func Unplaced(u clouds.Unplaced) string {
	switch {
	case u.Missing == clouds.NoRange:
		return u.Type + ": it has no CIDR; if it learns routes, declare them"
	case u.Missing == clouds.NoRangeRoute:
		return u.Type + ": the destination of a route is not a CIDR range, such as a prefix list; declare its ranges as routes"
	case u.Reference != "":
		return fmt.Sprintf("%s: nothing in %s has the ID %s", u.Type, u.Missing, Line(u.Reference))
	}
	return fmt.Sprintf("%s: it refers to nothing in %s", u.Type, u.Missing)
}
