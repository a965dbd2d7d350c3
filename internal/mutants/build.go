package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// switchFile has the functions that switch a mutant on.
//
//go:embed switch.go.txt
var switchFile string

// testBinary are the compiled tests of a package with all its mutants.
type testBinary struct {
	path   string
	folder string   // where the tests run
	flags  []string // for every run
}

// build compiles the tests of a package with its changed files. It writes to the folder; the package stays as it is.
func (p *sourcePackage) build(ctx context.Context, folder string, changed map[string][]byte, mutants int) (*testBinary, error) {
	switches := strings.NewReplacer("PACKAGE", p.Name, "COUNT", strconv.Itoa(mutants)).Replace(switchFile)
	changed[filepath.Join(p.Dir, "mutants_switch.go")] = []byte(switches)
	replacements := map[string]string{}
	for original, text := range changed {
		replacements[original] = filepath.Join(folder, filepath.Base(original))
		if err := os.WriteFile(replacements[original], text, 0o600); err != nil {
			return nil, err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replacements})
	if err != nil {
		return nil, err
	}
	overlayFile := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		return nil, err
	}
	b := &testBinary{path: filepath.Join(folder, "mutants.test"), folder: p.Dir, flags: p.testFlags()}
	command := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlayFile, "-o", b.path, ".")
	command.Dir = p.Dir
	if out, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go test -c: %w\n%s", err, out)
	}
	return b, nil
}

// testFlags make tests end soon after they fail, without files about the failure.
func (p *sourcePackage) testFlags() []string {
	flags := []string{"-test.short", "-test.failfast"}
	if slices.Contains(slices.Concat(p.TestImports, p.XTestImports), "pgregory.net/rapid") {
		flags = append(flags, "-rapid.nofailfile", "-rapid.shrinktime=1ms")
	}
	return flags
}
