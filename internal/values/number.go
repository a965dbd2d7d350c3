package values

import (
	"math/big"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Count is a whole number. problem says why it is none: topology.NotWhole or topology.TooLarge.
func Count(number *big.Float) (whole int64, problem any) {
	whole, accuracy := number.Int64()
	switch {
	case accuracy == big.Exact:
		return whole, nil
	case number.MantExp(nil) > 63:
		return 0, topology.TooLarge{}
	}
	return 0, topology.NotWhole{Value: NumberText(number)}
}

// NumberText writes a number for a message, "" for one whose digits would be too many to compute.
func NumberText(number *big.Float) string {
	const most = 1024 // as a power of 2
	if exponent := number.MantExp(nil); exponent > most || exponent < -most {
		return ""
	}
	return number.Text('g', 25)
}
