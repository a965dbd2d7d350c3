package provider

import (
	"fmt"
	"strings"
)

// mark names a planner in the summaries of its warnings. An allocator and blocks may have one name.
func (p prose) mark(name string) string {
	kind := ""
	if p.blocks {
		kind = "blocks"
	}
	return markOf(kind, name)
}

// markOf names a resource of a kind, "" where it has no name.
func markOf(kind, name string) string {
	if name == "" {
		return ""
	}
	return strings.TrimPrefix(fmt.Sprintf("%s %q", kind, cut(name, 40)), " ")
}

// marked is a summary with the mark of whose it is and further ones.
func marked(summary, mark string, further ...string) string {
	var marks []string
	if mark != "" && !strings.HasSuffix(summary, mark) {
		marks = append(marks, mark)
	}
	if marks = append(marks, further...); len(marks) == 0 {
		return summary
	}
	return fmt.Sprintf("%s (%s)", summary, strings.Join(marks, ", "))
}

// apart gives each of several warnings with the same summary a summary of its own, with the mark of whose they
// are: Terraform shows only the first of those with the same one. From maxEntries on they share one, so that
// it shows a bounded number.
func apart(mark string, messages []message) []message {
	counts := map[string]int{}
	for i, m := range messages {
		if !m.warn {
			continue
		}
		counts[m.summary]++
		var further []string
		if n := counts[m.summary]; n > 1 {
			further = append(further, fmt.Sprint(min(n, maxEntries)))
		}
		messages[i].summary = marked(m.summary, mark, further...)
	}
	return messages
}
