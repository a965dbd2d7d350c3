package provider

import (
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func all(found []messages.Message) string {
	var b strings.Builder
	for _, m := range found {
		b.WriteString(m.String() + "\n")
	}
	return b.String()
}
