// Package values maps typed Go to Terraform's values and schemas. Fields describe the attributes of an object once, for
// schemas, types and conversions; a Reader decodes values and collects what cannot be read; a Conformer converts dynamic
// values as Terraform converts arguments; Encode writes results. It knows no planner and words no messages.
package values
