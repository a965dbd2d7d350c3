package topology

// KnownAfterApply stands for a value that is not known yet.
type KnownAfterApply struct{}

// ValueType is the type of a value, as Terraform users know it. Package messages words it.
type ValueType int

// The types of values.
const (
	NullType ValueType = iota + 1
	// UnknownType is that of a value that is known only after apply.
	UnknownType
	TextType
	NumberType
	FlagType
	ListType
	TextListType
	// TextOrListType is a text or a list of texts.
	TextOrListType
	MapType
	ObjectType
	// OtherType is any other one.
	OtherType
)
