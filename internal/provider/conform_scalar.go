package provider

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// scalar converts a string, number or bool as Terraform does.
func (c *conformer) scalar(at topology.Path, v attr.Value, f field) attr.Value {
	convert := map[shape]func(attr.Value) (attr.Value, bool){text: asText, number: asNumber, flag: asFlag}[f.shape]
	out, ok := convert(v)
	if !ok {
		c.wrong(at, v, wanted[f.shape])
		return late(f.typ())
	}
	return out
}

// asText writes numbers in decimal notation, with as many digits as they have.
func asText(v attr.Value) (attr.Value, bool) {
	switch given := v.(type) {
	case types.String:
		return given, true
	case types.Number:
		return types.StringValue(given.ValueBigFloat().Text('f', -1)), true
	case types.Bool:
		return types.StringValue(map[bool]string{true: "true", false: "false"}[given.ValueBool()]), true
	}
	return nil, false
}

// numberPrecision is the precision of Terraform's numbers, in bits.
const numberPrecision = 512

func asNumber(v attr.Value) (attr.Value, bool) {
	switch given := v.(type) {
	case types.Number:
		return given, true
	case types.String:
		n, _, err := big.ParseFloat(given.ValueString(), 10, numberPrecision, big.ToNearestEven)
		return types.NumberValue(n), err == nil
	}
	return nil, false
}

func asFlag(v attr.Value) (attr.Value, bool) {
	switch given := v.(type) {
	case types.Bool:
		return given, true
	case types.String:
		flag, ok := map[string]bool{"true": true, "1": true, "false": false, "0": false}[given.ValueString()]
		return types.BoolValue(flag), ok
	}
	return nil, false
}
