package main

import (
	"fmt"
	"strings"
)

// object is a value of Terraform's language with its attributes in order.
type object []attribute

type attribute struct {
	name  string
	value any // a string, an int, a []string, an object or an expression
}

// expression is written as it is.
type expression string

// attributes writes one attribute a line, indented.
func (o object) attributes(indent string) string {
	var b strings.Builder
	for _, a := range o {
		fmt.Fprintf(&b, "%s%s = %s\n", indent, a.name, text(a.value, indent))
	}
	return b.String()
}

// with is the object with one more attribute, the last.
func (o object) with(name string, value any) object {
	return append(o[:len(o):len(o)], attribute{name, value})
}

// text is a value as Terraform's language writes it. Objects of objects take a line for each; others take one line.
func text(value any, indent string) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = text(s, "")
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	case object:
		if v.nested() {
			return "{\n" + v.attributes(indent+"  ") + indent + "}"
		}
		inner := make([]string, len(v))
		for i, a := range v {
			inner[i] = a.name + " = " + text(a.value, "")
		}
		return "{ " + strings.Join(inner, ", ") + " }"
	default: // numbers and expressions
		return fmt.Sprint(v)
	}
}

func (o object) nested() bool {
	for _, a := range o {
		if _, ok := a.value.(object); ok {
			return true
		}
	}
	return false
}
