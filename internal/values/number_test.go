package values

import (
	"math"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A count is a whole number of 64 bits; nothing computes the digits of one that is far larger or smaller.
func TestCount(t *testing.T) {
	power := func(sign float64, exponent int) *big.Float {
		return new(big.Float).SetMantExp(big.NewFloat(sign), exponent)
	}
	for name, test := range map[string]struct {
		number  *big.Float
		want    int64
		problem any
	}{
		"zero":              {big.NewFloat(0), 0, nil},
		"a negative number": {big.NewFloat(-7), -7, nil},
		"the largest one":   {new(big.Float).SetInt64(math.MaxInt64), math.MaxInt64, nil},
		"one more":          {power(1, 63), 0, topology.TooLarge{}},
		"a half":            {big.NewFloat(0.5), 0, topology.NotWhole{Value: "0.5"}},
		"a fraction of 63 bits": {
			new(big.Float).SetPrec(80).Add(power(1, 62), big.NewFloat(0.5)), 0, topology.NotWhole{Value: "4611686018427387904.5"},
		},
		"millions of digits":              {power(1, 60_000_000), 0, topology.TooLarge{}},
		"millions of digits, negative":    {power(-1, 60_000_000), 0, topology.TooLarge{}},
		"millions of digits after a dot":  {power(1, -60_000_000), 0, topology.NotWhole{}},
		"a thousand digits after the dot": {power(0.5, -1024), 0, topology.NotWhole{Value: power(0.5, -1024).Text('g', 25)}},
		"more of them":                    {power(0.5, -1025), 0, topology.NotWhole{}},
	} {
		if got, problem := Count(test.number); got != test.want || problem != test.problem {
			t.Errorf("%s: %d, %#v, want %d, %#v", name, got, problem, test.want, test.problem)
		}
	}
	for exponent, shown := range map[int]bool{1023: true, 1024: false} {
		if text := NumberText(power(1, exponent)); (text != "") != shown {
			t.Errorf("2^%d is shown as %q", exponent, text)
		}
	}
	n := (&Reader{}).Attributes(map[string]tftypes.Value{"number": tftypes.NewValue(tftypes.Number, power(1, 70))}, nil)
	if got := n.Number("number"); got != 0 || !n.Unknown.Has("number") {
		t.Errorf("read %d", got)
	}
}
