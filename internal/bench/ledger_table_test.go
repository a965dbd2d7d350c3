package main

import (
	"os"
	"strings"
	"testing"
)

func TestLedgerTable(t *testing.T) {
	f := ledgerFigures{
		Version: "Terraform v1.11.4", Cores: 2, Runs: 1, Clusters: 1000, Claims: 100_000,
		Steps: map[stepName]pairs{firstPlan: {4, 4.2, 1.0549}},
	}
	text := ledgerTable(f)
	for _, want := range []string{
		"1,000 clusters", "100,000 claims", "Terraform v1.11.4, 2 cores, medians of 1 pair.", "| first plan | 4.00 s | 4.20 s | 1.05 |",
		"| plan of one removed | 0.00 s | 0.00 s | 0.00 |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// No figure of the guide is typed by hand.
func TestLedgerGuideShowsTheStoredFigures(t *testing.T) {
	f, err := readLedgerFigures("../../" + storedLedgerFile)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../" + ledgerGuideFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Steps) != len(steps) || f.Claims == 0 {
		t.Fatalf("no figures are stored: %v", f)
	}
	want, err := withSection(string(page), headingOfLedgerFigures, ledgerTable(f))
	if err != nil {
		t.Fatal(err)
	}
	if want != string(page) {
		t.Errorf("%s does not show the figures of %s, see make bench-ledger-guide", ledgerGuideFile, storedLedgerFile)
	}
}

// The configuration with a ledger is the one without, behind the configuration of the provider.
func TestConfigurationWithALedger(t *testing.T) {
	s := scenario{3, "declare"}
	with, without := s.configuration(sharing, oneAdded), s.configuration(cidrplan, oneAdded)
	if with != providerWithLedger+without {
		t.Errorf("with a ledger\n%s\nwithout\n%s", with, without)
	}
}
