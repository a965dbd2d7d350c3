package provider

import (
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// cloudValue is a value of Terraform that clouds reads.
type cloudValue struct{ tftypes.Value }

var _ clouds.Value = cloudValue{}

func (v cloudValue) Kind() clouds.Kind {
	switch {
	case !v.IsKnown():
		return clouds.Unknown
	case v.IsNull():
		return clouds.Null
	case values.IsA(v.Value, tftypes.Object{}), values.IsA(v.Value, tftypes.Map{}):
		return clouds.Map
	case values.IsA(v.Value, tftypes.List{}), values.IsA(v.Value, tftypes.Tuple{}), values.IsA(v.Value, tftypes.Set{}):
		return clouds.List
	}
	return clouds.Text
}

func (v cloudValue) Text() string {
	switch {
	case values.IsA(v.Value, tftypes.Number):
		return numberText(values.NumberOf(v.Value))
	case values.IsA(v.Value, tftypes.Bool):
		return strconv.FormatBool(values.FlagOf(v.Value))
	}
	return values.TextOf(v.Value)
}

// numberText is a number as Terraform writes it in a string.
func numberText(n *big.Float) string { return n.Text('f', -1) }

func (v cloudValue) Elements() []clouds.Value {
	elements, _ := values.Elements(v.Value)
	out := make([]clouds.Value, len(elements))
	for i, e := range elements {
		out[i] = cloudValue{e}
	}
	return out
}

func (v cloudValue) Members() map[string]clouds.Value {
	members, _ := values.Members(v.Value)
	out := make(map[string]clouds.Value, len(members))
	for name, e := range members {
		out[name] = cloudValue{e}
	}
	return out
}

func (v cloudValue) Type() topology.ValueType { return values.KindOf(v.Value) }
