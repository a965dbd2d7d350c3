package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheEnvironmentSaysWhetherColorsAreWanted(t *testing.T) {
	for value, want := range map[string]bool{"": false, "1": true, "0": true} {
		t.Setenv("NO_COLOR", value)
		if got := Standard().NoColor; got != want {
			t.Errorf("NO_COLOR=%q: got %t", value, got)
		}
	}
}

func TestAFileIsNoTerminal(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	t.Setenv("TERM", "xterm")
	if isTerminal(f) {
		t.Error("a file is taken for a terminal")
	}
}

func TestATerminalThatKnowsNoCommandsIsNone(t *testing.T) {
	f, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there are no terminals: %v", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	for term, want := range map[string]bool{"xterm": true, "": true, "dumb": false} {
		t.Setenv("TERM", term)
		if got := isTerminal(f); got != want {
			t.Errorf("TERM=%q: got %t", term, got)
		}
	}
}
