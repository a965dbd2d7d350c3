package main

import (
	"bytes"
	_ "embed" // the template
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

const factsFile = folder + "/facts-from-the-clouds.md.tmpl"

//go:embed facts.md.tmpl
var factsLayout string

var factsTemplate = referenceTemplate("facts", factsLayout)

// factsPage is the data of the guide on facts: the types of each cloud.
type factsPage struct{ Clouds []factsCloud }

// factsCloud is a cloud with the types that each argument accepts.
type factsCloud struct {
	Platform, Provider, Version, Source string

	Arguments []factsArgument
	Notes     []factsNote
	// New are the attributes that count as absent in a new object.
	New []string
}

// factsArgument is an argument with its types.
type factsArgument struct {
	Name  string
	Types []string
}

// factsNote is a trap of a type.
type factsNote struct{ Type, Text string }

// FactsPage returns the guide on facts of the clouds, which lists all resource types and data sources.
func FactsPage(catalog *clouds.Catalog) ([]byte, error) {
	var view factsPage
	for _, name := range catalog.Platforms() {
		view.Clouds = append(view.Clouds, factsCloudOf(catalog.Platform(name)))
	}
	var out bytes.Buffer
	err := factsTemplate.Execute(&out, view)
	return out.Bytes(), err
}

func factsCloudOf(p *clouds.Platform) factsCloud {
	c := factsCloud{Platform: p.Name, Provider: p.Provider, Version: p.Version, Source: p.Source}
	for _, argument := range p.Arguments() {
		row := factsArgument{Name: string(argument)}
		for _, typ := range p.Of(argument) {
			row.Types = append(row.Types, elementsOf(typ))
			for _, text := range []string{typ.Note, typ.Unchecked} {
				if text != "" {
					c.Notes = append(c.Notes, factsNote{typ.Name, text})
				}
			}
			for _, path := range typ.AbsentWhenNew {
				c.New = append(c.New, typ.Name+"."+path)
			}
		}
		c.Arguments = append(c.Arguments, row)
	}
	return c
}

// elementsOf is a resource type, or a data source with the attribute that has the objects.
func elementsOf(typ *clouds.Type) string {
	if typ.Elements == "" {
		return typ.Name
	}
	return typ.Name + " (" + typ.Elements + ")"
}

// List is the types as code.
func (a factsArgument) List() string {
	var out []string
	for _, typ := range a.Types {
		name, elements, has := strings.Cut(typ, " (")
		if has {
			elements = " (elements of " + code(strings.TrimSuffix(elements, ")")) + ")"
		}
		out = append(out, code(name)+elements)
	}
	return strings.Join(out, ", ")
}
