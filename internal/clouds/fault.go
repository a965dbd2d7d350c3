package clouds

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

type (
	// NotMap says that a value is no object or map. Is is its type, Expected one of OfPlatforms, OfArguments,
	// OfObjects and OfObject.
	NotMap struct {
		Is       topology.ValueType
		Expected any
	}
	// OfPlatforms is an object with an attribute for each platform.
	OfPlatforms struct{ Platforms []string }
	// OfArguments is an object with maps of objects of a platform.
	OfArguments struct {
		Platform  string
		Arguments []Argument
	}
	// OfObjects is a map of objects of an argument, OfObject one of these objects.
	OfObjects struct {
		Platform string
		Argument Argument
	}
	// OfObject is one object of an argument.
	OfObject struct {
		Platform string
		Argument Argument
	}
	// NoSuchPlatform says that an attribute is no platform.
	NoSuchPlatform struct {
		Name  string
		Known []string
	}
	// NoSuchArgument says that a platform has no objects of an argument.
	NoSuchArgument struct {
		Platform, Name string
		Known          []Argument
	}
	// SingleObject says that there is one resource where a map of them belongs. Type is the type that it has, "" where that is not known.
	SingleObject struct {
		Argument Argument
		Type     string
	}
	// NullObject says that an object is null.
	NullObject struct{ Argument Argument }
	// NoSuchOwner says that a label names no VPC or hub of the facts.
	NoSuchOwner struct {
		Owner Argument
		Name  string
		Known []string
	}
	// TwoOwners says that the IDs of an object are those of two VPCs or hubs.
	TwoOwners struct {
		Owner Argument
		A, B  string
	}
	// Contradiction says that an object is joined to a VPC or hub whose ID it does not have.
	Contradiction struct {
		Type  string
		Owner Argument
		// Name is the VPC or hub that the object is joined to, By one of ByLabel, ByKey and ByRange.
		Name, By string
		// Reference is the ID that the object has, Other the VPC or hub of that ID, "" for none.
		Reference, Other string
	}
	// NotALength says that the node mask of a cluster is no prefix length.
	NotALength struct{ Type, Value string }
	// NameTwice says that objects of two platforms have one name.
	NameTwice struct {
		Argument  Argument
		Name      string
		Platforms [2]string
	}
)
