package messages

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// publicSupernet says what a supernet holds that its user may not hold, and what is allocated from it.
func publicSupernet(at topology.Path, e allocate.PublicSupernet) string {
	switch {
	case e.Use != "":
		return fmt.Sprintf(
			"%s = %s is in addresses that are %s.\n\nEffect: networks may drop them or treat them in a special way.",
			at, e.Range, e.Use,
		)
	case e.Private != nil:
		return fmt.Sprintf(
			"%s = %s contains addresses that are not private. cidrplan allocates only from its private parts: %s. For public addresses "+
				"of your organization, declare a separate supernet.",
			at, e.Range, Join(e.Private),
		)
	}
	return fmt.Sprintf(
		"%s = %s has public addresses.\n\nEffect: clusters that use them cannot reach their owners on the internet. If your organization "+
			"holds these addresses, ignore this warning.",
		at, e.Range,
	)
}

// unusableSupernet says why nothing is allocated from a supernet.
func unusableSupernet(at topology.Path, e allocate.UnusableSupernet) string {
	var why []string
	for _, r := range e.Rules {
		why = append(why, r.Text)
	}
	return fmt.Sprintf(
		"No network can use addresses of %s = %s: %s.\n\nEffect: cidrplan does not allocate from this supernet.",
		at, e.Range, strings.Join(why, "; "),
	)
}

// supernetOptions replace a supernet by what can be allocated from.
func supernetOptions(at topology.Path, e allocate.PublicSupernet) []topology.Option {
	if len(e.Private) == 1 {
		return []topology.Option{topology.OptionOf(topology.Set(at, e.Private[0]))}
	}
	if len(e.Private) > 1 {
		edits := []topology.Edit{topology.RemoveFrom(at[:len(at)-1], e.Range)}
		for _, part := range e.Private {
			edits = append(edits, topology.Add(at[:len(at)-1], part))
		}
		return []topology.Option{topology.OptionOf(edits...)}
	}
	return []topology.Option{topology.OptionOf(topology.Set(at, described("private addresses, such as a part of 10.0.0.0/8")))}
}

// unusableOptions replace a supernet that nothing can be allocated from, or allow it.
func unusableOptions(at topology.Path, e allocate.UnusableSupernet) []topology.Option {
	options := []topology.Option{topology.OptionOf(topology.Set(at, described("private addresses, such as a part of 10.0.0.0/8")))}
	if e.ClassE {
		options = append(options, topology.OptionOf(topology.Set(topology.Path{}.Attr("allow_class_e"), true)))
	}
	return options
}
