package allocate

import (
	"net/netip"
	"strings"
)

// list writes ranges as a text.
func list(prefixes []netip.Prefix) string {
	var texts []string
	for _, p := range prefixes {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

// first is the first element of a list, the zero value where there is none.
func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}
