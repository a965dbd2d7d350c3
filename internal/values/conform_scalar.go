package values

import (
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// scalar converts a string, number or bool as Terraform does.
func (c *Conformer) scalar(at topology.Path, v tftypes.Value, f Field, t tftypes.Type) tftypes.Value {
	convert := map[Shape]func(tftypes.Value) (any, bool){Text: asText, Number: asNumber, Flag: asFlag}[f.Shape]
	out, ok := convert(v)
	if !ok {
		c.wrong(at, v, wanted[f.Shape])
		return Unknown(t)
	}
	return tftypes.NewValue(t, out)
}

// asText writes numbers in decimal notation, with as many digits as they have.
func asText(v tftypes.Value) (any, bool) {
	switch {
	case IsA(v, tftypes.String):
		return TextOf(v), true
	case IsA(v, tftypes.Number):
		return NumberOf(v).Text('f', -1), true
	case IsA(v, tftypes.Bool):
		return strconv.FormatBool(FlagOf(v)), true
	}
	return nil, false
}

// numberPrecision is the precision of Terraform's numbers, in bits.
const numberPrecision = 512

func asNumber(v tftypes.Value) (any, bool) {
	switch {
	case IsA(v, tftypes.Number):
		return NumberOf(v), true
	case IsA(v, tftypes.String):
		n, _, err := big.ParseFloat(TextOf(v), 10, numberPrecision, big.ToNearestEven)
		return n, err == nil
	}
	return nil, false
}

func asFlag(v tftypes.Value) (any, bool) {
	switch {
	case IsA(v, tftypes.Bool):
		return FlagOf(v), true
	case IsA(v, tftypes.String):
		flag, ok := map[string]bool{"true": true, "1": true, "false": false, "0": false}[TextOf(v)]
		return flag, ok
	}
	return nil, false
}
