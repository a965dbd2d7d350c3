package messages

import (
	"fmt"
	"testing"
)

func TestMarksOfResources(t *testing.T) {
	for want, got := range map[string]string{
		"":             Writer{}.Mark(""),
		`"k8s"`:        Writer{}.Mark("k8s"),
		`blocks "k8s"`: Writer{OfBlocks: true}.Mark("k8s"),
		`usage "k8s"`:  MarkOf("usage", "k8s"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for want, got := range map[string]string{
		"Pods":                Marked("Pods", ""),
		`Pods ("k8s")`:        Marked("Pods", `"k8s"`),
		`Pods of "k8s"`:       Marked(`Pods of "k8s"`, `"k8s"`),
		`Pods of "k8s" (2)`:   Marked(`Pods of "k8s"`, `"k8s"`, "2"),
		`Pods ("k8s", 2)`:     Marked("Pods", `"k8s"`, "2"),
		"Pods (2)":            Marked("Pods", "", "2"),
		`Pods ("web")("k8s")`: Marked(`Pods ("web")("k8s")`, `("k8s")`),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Warnings with one summary are counted, up to a bound. Errors are not, because Terraform shows all of them.
func TestWarningsHaveDistinctSummaries(t *testing.T) {
	messages := []Message{{Summary: "a", Warn: true}, {Summary: "a"}, {Summary: "b", Warn: true}, {Summary: "a", Warn: true}}
	for range maxEntries {
		messages = append(messages, Message{Summary: "a", Warn: true})
	}
	DistinctSummaries(`"k8s"`, messages)
	for i, want := range map[int]string{
		0: `a ("k8s")`, 1: "a", 2: `b ("k8s")`, 3: `a ("k8s", 2)`, 4: `a ("k8s", 3)`,
		len(messages) - 3: fmt.Sprintf(`a ("k8s", %d)`, maxEntries), len(messages) - 1: fmt.Sprintf(`a ("k8s", %d)`, maxEntries),
	} {
		if got := messages[i].Summary; got != want {
			t.Errorf("message %d: got %q, want %q", i, got, want)
		}
	}
}
