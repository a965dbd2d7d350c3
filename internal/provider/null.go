package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// null is the null value of a type.
func null(t attr.Type) attr.Value { return of(t, nil) }

// late is the value of a type that is known only after apply.
func late(t attr.Type) attr.Value { return of(t, tftypes.UnknownValue) }

func of(t attr.Type, content any) attr.Value {
	ctx := context.Background()
	v, err := t.ValueFromTerraform(ctx, tftypes.NewValue(t.TerraformType(ctx), content))
	if err != nil {
		panic(err) // null and unknown fit every type
	}
	return v
}
