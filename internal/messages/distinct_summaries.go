package messages

import (
	"fmt"
	"strings"
)

// Mark names a planner in the summaries of its warnings. An allocator and blocks may have one name.
func (p Writer) Mark(name string) string {
	kind := ""
	if p.OfBlocks {
		kind = "blocks"
	}
	return MarkOf(kind, name)
}

// MarkOf names a resource of a kind, "" where it has no name.
func MarkOf(kind, name string) string {
	if name == "" {
		return ""
	}
	return strings.TrimPrefix(fmt.Sprintf("%s %q", kind, cut(name, 40)), " ")
}

// Marked is a summary with the mark of whose it is and further ones.
func Marked(summary, mark string, further ...string) string {
	var marks []string
	if mark != "" && !strings.HasSuffix(summary, mark) {
		marks = append(marks, mark)
	}
	if marks = append(marks, further...); len(marks) == 0 {
		return summary
	}
	return fmt.Sprintf("%s (%s)", summary, strings.Join(marks, ", "))
}

// DistinctSummaries gives each of several warnings with the same summary a summary of its own, with the mark of whose they
// are: Terraform shows only the first of those with the same one. From maxEntries on they share one, so that
// it shows a bounded number.
func DistinctSummaries(mark string, messages []Message) []Message {
	counts := map[string]int{}
	for i, m := range messages {
		if !m.Warn {
			continue
		}
		counts[m.Summary]++
		var further []string
		if n := counts[m.Summary]; n > 1 {
			further = append(further, fmt.Sprint(min(n, maxEntries)))
		}
		messages[i].Summary = Marked(m.Summary, mark, further...)
	}
	return messages
}
