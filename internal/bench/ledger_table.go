package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

const (
	ledgerGuideFile = "templates/guides/shared-ledger.md.tmpl"
	// storedLedgerFile has the figures of that guide; a test compares the two.
	storedLedgerFile       = "internal/bench/ledger_figures.json"
	headingOfLedgerFigures = "\n## What it costs in time\n"
)

// ledgerTable shows how much longer the commands take with a ledger.
func ledgerTable(f ledgerFigures) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s clusters in `declare` of one allocator, with %s claims of 100 other owners in its supernet, on one machine with "+
		"the database:\n%s, %d cores, medians of %s. Each command ran next to the same one without a ledger. "+
		"Seconds depend on the machine and on what else it runs; the ratio is the median of those of the pairs.\n\n",
		grouped(f.Clusters), grouped(f.Claims), f.Version, f.Cores, counted(f.Runs, "pair"))
	b.WriteString("| command | without a ledger | with a ledger | ratio |\n| --- | --: | --: | --: |\n")
	for _, step := range steps {
		p := f.Steps[step.name]
		fmt.Fprintf(&b, "| %s | %s | %s | %.2f |\n", step.name, second.in(float64(p.Without)), second.in(float64(p.With)), p.Ratio)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// writeLedgerGuide puts the figures of a file into the guide, and keeps them beside the code.
func writeLedgerGuide(files []string) error {
	if len(files) != 1 {
		return errors.New("want the file that bench measure-ledger wrote")
	}
	f, err := readLedgerFigures(files[0])
	if err != nil {
		return err
	}
	page, err := os.ReadFile(ledgerGuideFile)
	if err != nil {
		return err
	}
	written, err := withSection(string(page), headingOfLedgerFigures, ledgerTable(f))
	if err != nil {
		return err
	}
	if err := writeJSON(storedLedgerFile, f); err != nil {
		return err
	}
	return os.WriteFile(ledgerGuideFile, []byte(written), 0o644)
}

func readLedgerFigures(file string) (f ledgerFigures, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return f, err
	}
	err = json.Unmarshal(text, &f)
	return f, err
}
