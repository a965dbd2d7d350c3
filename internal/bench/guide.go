package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

const (
	guideFile = "templates/guides/scale.md.tmpl"
	// storedFile has the figures of the guide; a test compares the two.
	storedFile = "internal/bench/figures.json"

	// The figures are all of the section with this heading.
	headingOfFigures = "\n## Figures\n"
	nextHeading      = "\n## "
)

// writeGuide puts the figures of the files into the guide, and keeps them beside the code.
func writeGuide(files []string) error {
	if len(files) == 0 {
		return errors.New("want the files that bench measure wrote")
	}
	var all []figures
	for _, file := range files {
		f, err := readFigures(file)
		if err != nil {
			return err
		}
		all = append(all, f...)
	}
	page, err := os.ReadFile(guideFile)
	if err != nil {
		return err
	}
	written, err := withFigures(string(page), all)
	if err != nil {
		return err
	}
	if err := writeFigures(storedFile, all); err != nil {
		return err
	}
	return os.WriteFile(guideFile, []byte(written), 0o644)
}

// withFigures is the page with the tables of these figures in their section.
func withFigures(page string, all []figures) (string, error) {
	return withSection(page, headingOfFigures, tables(all))
}

// withSection puts a text into the section of a page with a heading.
func withSection(page, heading, text string) (string, error) {
	before, section, found := strings.Cut(page, heading)
	_, after, more := strings.Cut(section, nextHeading)
	if !found || !more {
		return "", fmt.Errorf("the guide has no section for the figures with another one after it: want %q", heading)
	}
	return before + heading + "\n" + text + "\n" + nextHeading + after, nil
}
