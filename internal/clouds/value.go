package clouds

import "github.com/cidrplan/terraform-provider-cidrplan/internal/topology"

// Kind says what a Value is.
type Kind int

// Kinds of values. A number and a flag are Text, as Terraform writes them in a string.
const (
	Null Kind = iota
	Unknown
	Text
	// List is a list, a tuple or a set.
	List
	// Map is a map or an object.
	Map
)

// Value is a value of a configuration, a state or a plan. It is read as far as a caller asks.
type Value interface {
	Kind() Kind
	// Text is the text, number or flag of a Text.
	Text() string
	// Elements are those of a List, in order.
	Elements() []Value
	// Members are the elements of a Map by name.
	Members() map[string]Value
	// Type is the type as Terraform users know it.
	Type() topology.ValueType
}
