package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// words is a schema, or a part of one, as a file has it: in the words of "terraform providers schema -json", or in those of the SDK
// ("type" with an "element", or with "nested" attributes).
type words map[string]any

func (w words) is(name string) bool { b, _ := w[name].(bool); return b }

func (w words) part(name string) words { m, _ := w[name].(map[string]any); return m }

// ofProvider is the name of the schema of a provider's own configuration. A cloud without it accepts no arguments there.
const ofProvider = "provider"

// readSchemas reads the schemas of a cloud's types from the folders that have them. The names of data sources begin with "data.".
func readSchemas(cloud string, folders []string) (map[string]*tfprotov6.Schema, error) {
	out := map[string]*tfprotov6.Schema{}
	for _, folder := range folders {
		text, err := os.ReadFile(filepath.Join(folder, cloud+".json"))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var types map[string]words
		if err := json.Unmarshal(text, &types); err != nil {
			return nil, err
		}
		for name, schema := range types {
			block := blockOf(schema.part("attributes"), schema.part("block_types"))
			isID := func(a *tfprotov6.SchemaAttribute) bool { return a.Name == "id" }
			if name != ofProvider && !slices.ContainsFunc(block.Attributes, isID) {
				block.Attributes = append(block.Attributes, attributeOf("id", words{"type": "string", "computed": true})) // the SDK adds it
			}
			out[name] = &tfprotov6.Schema{Block: block}
		}
	}
	return out, nil
}

// blockOf is a block with attributes and nested blocks. A list of objects that can be set is a nested block in the SDK.
func blockOf(attributes, blocks words) *tfprotov6.SchemaBlock {
	block := &tfprotov6.SchemaBlock{}
	for name := range attributes {
		v := attributes.part(name)
		nested, settable := v.part("nested"), v.is("optional") || v.is("required")
		_, ofFramework := nested["mode"].(string) // else "mode" is an attribute
		if nested != nil && !ofFramework && settable && v["type"] != "map" {
			block.BlockTypes = append(block.BlockTypes, nestedBlock(name, v["type"], blockOf(nested, nil)))
			continue
		}
		block.Attributes = append(block.Attributes, attributeOf(name, v))
	}
	for name := range blocks {
		v := blocks.part(name)
		inner := blockOf(v.part("attributes"), v.part("block_types"))
		block.BlockTypes = append(block.BlockTypes, nestedBlock(name, v["nesting_mode"], inner))
	}
	return block
}

func nestedBlock(name string, mode any, block *tfprotov6.SchemaBlock) *tfprotov6.SchemaNestedBlock {
	nesting := tfprotov6.SchemaNestedBlockNestingModeList
	if mode == "set" {
		nesting = tfprotov6.SchemaNestedBlockNestingModeSet
	}
	return &tfprotov6.SchemaNestedBlock{TypeName: name, Nesting: nesting, Block: block}
}

func attributeOf(name string, v words) *tfprotov6.SchemaAttribute {
	a := &tfprotov6.SchemaAttribute{
		Name: name, Required: v.is("required"), Optional: v.is("optional"), Computed: v.is("computed"), Sensitive: v.is("sensitive"),
	}
	if !a.Required && !a.Optional && !a.Computed {
		a.Optional = true // what a helper function builds, such as tags
	}
	nested := v.part("nested")
	mode, _ := nested["mode"].(string)
	if mode == "" {
		a.Type = typeOf(v)
		return a
	}
	a.NestedType = &tfprotov6.SchemaObject{Nesting: map[string]tfprotov6.SchemaObjectNestingMode{
		"single": tfprotov6.SchemaObjectNestingModeSingle, "list": tfprotov6.SchemaObjectNestingModeList,
		"set": tfprotov6.SchemaObjectNestingModeSet, "map": tfprotov6.SchemaObjectNestingModeMap,
	}[mode]}
	for name := range nested.part("attributes") {
		a.NestedType.Attributes = append(a.NestedType.Attributes, attributeOf(name, nested.part("attributes").part(name)))
	}
	return a
}

// typeOf is the type of an attribute in the words of the protocol, such as ["list", "string"], or of the SDK.
func typeOf(v words) tftypes.Type {
	name, isSDK := v["type"].(string)
	switch nested := v.part("nested"); {
	case !isSDK:
		return protocolType(v["type"])
	case name == "map", name == "?":
		return tftypes.Map{ElementType: tftypes.String}
	case nested != nil:
		of := map[string]tftypes.Type{}
		for attribute := range nested {
			of[attribute] = typeOf(nested.part(attribute))
		}
		return collection(name, tftypes.Object{AttributeTypes: of})
	case v["element"] != nil:
		return collection(name, protocolType(v["element"]))
	}
	return protocolType(name)
}

func protocolType(v any) tftypes.Type {
	switch v := v.(type) {
	case []any:
		if v[0] != "object" {
			return collection(v[0].(string), protocolType(v[1]))
		}
		of := map[string]tftypes.Type{}
		for name, typ := range v[1].(map[string]any) {
			of[name] = protocolType(typ)
		}
		return tftypes.Object{AttributeTypes: of}
	case string:
		switch v {
		case "bool":
			return tftypes.Bool
		case "number", "int", "float":
			return tftypes.Number
		}
	}
	return tftypes.String
}

func collection(kind string, element tftypes.Type) tftypes.Type {
	switch kind {
	case "set":
		return tftypes.Set{ElementType: element}
	case "map":
		return tftypes.Map{ElementType: element}
	}
	return tftypes.List{ElementType: element}
}
