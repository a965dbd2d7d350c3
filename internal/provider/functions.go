package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// defined describes a function. Texts are Markdown for a reader of the Registry.
func defined(title, text string, result tftypes.Type, parameters ...*tfprotov6.FunctionParameter) *tfprotov6.Function {
	return &tfprotov6.Function{
		Summary: title, Description: text, DescriptionKind: tfprotov6.StringKindMarkdown,
		Parameters: parameters, Return: &tfprotov6.FunctionReturn{Type: result},
	}
}

func parameter(name string, t tftypes.Type, text string) *tfprotov6.FunctionParameter {
	return &tfprotov6.FunctionParameter{Name: name, Type: t, Description: text, DescriptionKind: tfprotov6.StringKindMarkdown}
}

// argumentError is an error of an argument, counted from 0. Terraform ends its sentence.
func argumentError(position int64, text string) *tfprotov6.FunctionError {
	return &tfprotov6.FunctionError{Text: strings.TrimSuffix(text, "."), FunctionArgument: &position}
}
