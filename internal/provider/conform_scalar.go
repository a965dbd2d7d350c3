package provider

import (
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// scalar converts a string, number or bool as Terraform does.
func (c *conformer) scalar(at topology.Path, v tftypes.Value, f field, t tftypes.Type) tftypes.Value {
	convert := map[shape]func(tftypes.Value) (any, bool){text: asText, number: asNumber, flag: asFlag}[f.shape]
	out, ok := convert(v)
	if !ok {
		c.wrong(at, v, wanted[f.shape])
		return late(t)
	}
	return tftypes.NewValue(t, out)
}

// asText writes numbers in decimal notation, with as many digits as they have.
func asText(v tftypes.Value) (any, bool) {
	switch {
	case isA(v, tftypes.String):
		return textOf(v), true
	case isA(v, tftypes.Number):
		return numberOf(v).Text('f', -1), true
	case isA(v, tftypes.Bool):
		return strconv.FormatBool(flagOf(v)), true
	}
	return nil, false
}

// numberPrecision is the precision of Terraform's numbers, in bits.
const numberPrecision = 512

func asNumber(v tftypes.Value) (any, bool) {
	switch {
	case isA(v, tftypes.Number):
		return numberOf(v), true
	case isA(v, tftypes.String):
		n, _, err := big.ParseFloat(textOf(v), 10, numberPrecision, big.ToNearestEven)
		return n, err == nil
	}
	return nil, false
}

func asFlag(v tftypes.Value) (any, bool) {
	switch {
	case isA(v, tftypes.Bool):
		return flagOf(v), true
	case isA(v, tftypes.String):
		flag, ok := map[string]bool{"true": true, "1": true, "false": false, "0": false}[textOf(v)]
		return flag, ok
	}
	return nil, false
}
