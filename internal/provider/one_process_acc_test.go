package provider_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// One process may serve plans of configurations that have nothing to do with each other.
func TestAccOneProcessServesManyPlans(t *testing.T) {
	t.Parallel()
	one := newWorkspace(t, strictly+inPlace("a", "172.16.0.0/24", "10.64.0.0/16"))
	other := newWorkspace(t, strictly+inPlace("b", "172.16.1.0/24", "10.64.0.0/16"))
	built, err := builtProvider()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(filepath.Join(built, "terraform-provider-cidrplan"), "-debug")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill() //nolint:errcheck // it may be gone
		server.Wait()         //nolint:errcheck // it was killed
	})
	reattach := map[string]any{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, config, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='"); found {
			if err := json.Unmarshal([]byte(strings.TrimSuffix(config, "'")), &reattach); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	for address, how := range reattach {
		reattach[strings.Replace(address, "registry.terraform.io", os.Getenv("TF_ACC_PROVIDER_HOST"), 1)] = how
	}
	text, err := json.Marshal(reattach)
	if err != nil || len(reattach) == 0 {
		t.Fatal(err, reattach)
	}
	for _, w := range []*workspace{one, other, one} {
		w.env = []string{"TF_REATTACH_PROVIDERS=" + string(text)}
		w.applyWithoutConflicts()
	}
	other.config(unwired["two allocators that allocate one range"].config)
	other.fails(allOf(outsideOfAny), "plan")
}
