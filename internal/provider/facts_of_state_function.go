package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// factsOfStateFunction joins the objects in the text of a state or plan to facts for an allocator.
type factsOfStateFunction struct {
	// catalog is read when the function is called first.
	catalog func() *clouds.Catalog
	result  tftypes.Object
}

func newFactsOfStateFunction(catalog func() *clouds.Catalog) *factsOfStateFunction {
	return &factsOfStateFunction{catalog, factsFields.Type()}
}

func (f *factsOfStateFunction) Definition() *tfprotov6.Function {
	text := parameter(
		"text",
		tftypes.String,
		"The text of a state file of format 4, or the output of `terraform show -json` for a state or plan, such as "+
			"`file(\"network.tfstate\")`. Pass the text, not its `jsondecode()`, which requires ten times the time and memory.",
	)
	return defined(
		"Facts from a state file or plan",
		"Converts the VPCs, subnets, routes, gateways, connections and clusters in a state or plan to the arguments of an allocator, "+
			"as `facts` does for resources. Use it for networks of another configuration. Objects are joined by their IDs. "+
			"The name of an object is the key of its instance or the name of its resource, if that is unique, and otherwise both with "+
			"module and type. Only attributes with networks are read, and errors do not quote the text. "+
			"`unplaced` lists the objects that belong to nothing in the text, by their addresses, and what a plan knows only after apply: "+
			"the result is always known.",
		f.result,
		text,
	)
}

func (f *factsOfStateFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	var text string
	if err := arguments[0].As(&text); err != nil {
		return tftypes.Value{}, argumentError(0, err.Error())
	}
	catalog := f.catalog()
	contents, err := statefile.Read("", []byte(text), statefile.Of(catalog))
	if err != nil {
		return tftypes.Value{}, argumentError(0, err.Error())
	}
	if contents.Lock != nil {
		lock := messages.OtherFile{Kind: messages.LockFile}
		return tftypes.Value{}, argumentError(0, (&messages.FileError{Problem: lock}).Error())
	}
	joined := statefile.Join(catalog, []statefile.Contents{contents})
	result := factsValue(joined.Facts)
	unplaced := map[string]any{}
	for _, l := range joined.Left {
		if earlier, is := unplaced[l.Address]; is {
			l.Reason = earlier.(string) + " " + l.Reason
		}
		unplaced[l.Address] = l.Reason
	}
	result["unplaced"] = unplaced
	return values.Encode(f.result, result), nil
}
