package main

import (
	"bytes"
	_ "embed" // the template
	"io/fs"
	"strings"
	"text/template"
)

const (
	conflictsFile = folder + "/conflicts.md.tmpl"
	// shownWhole is the rule whose message the guide on conflicts explains.
	shownWhole = "pod_overlaps_route"
)

//go:embed conflicts.md.tmpl
var conflictsLayout string

var conflictsTemplate = referenceTemplate("conflicts", conflictsLayout)

// conflictsPage is the data of the guide on conflicts.
type conflictsPage struct {
	// Whole is the message of the rule Explained with all its lines, Key the one that it names, and From
	// the folder of all messages.
	Whole, Key, From, Explained string
	Sections                    []section
}

// ConflictsPage returns the guide on conflicts: how to read a message, and how to resolve or accept a conflict. root is the
// directory of the module, to read the example from.
func ConflictsPage(root fs.FS) ([]byte, error) {
	view, err := conflictsView(root)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = conflictsTemplate.Execute(&out, view)
	return out.Bytes(), err
}

func conflictsView(root fs.FS) (conflictsPage, error) {
	sections, err := orderedSections()
	if err != nil {
		return conflictsPage{}, err
	}
	example, err := exampleOf(shownWhole, root)
	return conflictsPage{
		From: examples, Explained: shownWhole, Whole: example, Key: keyOf(example), Sections: sections,
	}, err
}

// keyOf is the key that a message names.
func keyOf(message string) string {
	_, from, _ := strings.Cut(message, "accepted_conflicts = { \"")
	key, _, _ := strings.Cut(from, "\"")
	return key
}

// referenceTemplate parses a template. What tfplugindocs executes later is between braces, so this template uses brackets.
func referenceTemplate(name, layout string) *template.Template {
	functions := template.FuncMap{"cell": cell, "code": code}
	return template.Must(template.New(name).Delims("[[", "]]").Funcs(functions).Parse(layout))
}
