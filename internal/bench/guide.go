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

	beginFigures = "<!-- figures: make bench-guide writes them -->\n"
	endFigures   = "\n<!-- end of the figures -->"
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

// withFigures is the page with the tables of these figures between its two marks.
func withFigures(page string, all []figures) (string, error) {
	before, rest, begun := strings.Cut(page, beginFigures)
	_, after, ended := strings.Cut(rest, endFigures)
	if !begun || !ended {
		return "", fmt.Errorf("%s has no place for the figures: want %q and %q", guideFile, beginFigures, endFigures)
	}
	return before + beginFigures + "\n" + tables(all) + "\n" + endFigures + after, nil
}
