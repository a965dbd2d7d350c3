package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// argumentValue is the value of an argument of a function.
func argumentValue(ctx context.Context, v types.Dynamic) tftypes.Value {
	raw, err := v.ToTerraformValue(ctx)
	if err != nil {
		panic(err) // it came from Terraform
	}
	return raw
}

// frameworkType is a type as terraform-plugin-framework has it.
func frameworkType(t tftypes.Type) attr.Type {
	switch t := t.(type) {
	case tftypes.List:
		return types.ListType{ElemType: frameworkType(t.ElementType)}
	case tftypes.Map:
		return types.MapType{ElemType: frameworkType(t.ElementType)}
	case tftypes.Object:
		attributes := map[string]attr.Type{}
		for name, of := range t.AttributeTypes {
			attributes[name] = frameworkType(of)
		}
		return types.ObjectType{AttrTypes: attributes}
	}
	switch {
	case t.Is(tftypes.Number):
		return types.NumberType
	case t.Is(tftypes.Bool):
		return types.BoolType
	case t.Is(tftypes.DynamicPseudoType):
		return types.DynamicType
	}
	return types.StringType
}

// returned is the result of a function.
func returned(ctx context.Context, v tftypes.Value) attr.Value {
	out, err := frameworkType(v.Type()).ValueFromTerraform(ctx, v)
	if err != nil {
		panic(err) // the type is made from that of the value
	}
	return out
}
