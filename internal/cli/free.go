package cli

import (
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

func (c *command) free() *cobra.Command {
	var supernets []string
	cmd := &cobra.Command{
		Use:   "free CIDR FILE...",
		Short: "Say whether a range is free, who uses it, and which free range is nearest",
		Long: wrapped(
			"free compares a range with everything that the files have: VPCs, subnets, routes, sites, clusters, and what "+
				"resources of cidrplan declare, reserve and allocated, in any network. It prints who uses addresses "+
				"of the range, and the nearest free ranges of the same size.",
			"Exit codes: 0 the range is free, 1 a file cannot be read, 2 the range is not free.",
		),
		Example: "  cidrplan free 10.20.0.0/16 network.tfstate clusters.tfstate\n" +
			"  cidrplan free 10.20.0.0/16 --supernet 10.16.0.0/12 network.tfstate",
		Args: cobra.MinimumNArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			asked, fault := cidr.Parse(args[0])
			if fault != nil {
				return fmt.Errorf("CIDR: %s", messages.NotCIDR(fault))
			}
			rooms, err := roomsOf(supernets, asked)
			if err != nil {
				return err
			}
			in, err := c.load(args[1:])
			if err != nil {
				return err
			}
			request := in.request()
			request.Existing = in.existing // also of clusters whose network is not known
			return c.answer(in, asked, rooms, allocate.Available(request, asked, rooms, c.writer.Catalog))
		},
	}
	cmd.Flags().StringSliceVar(&supernets, "supernet", nil,
		"range to look for free ranges in; may be given several times (default: the private range that the CIDR is in)")
	return cmd
}

// sharedAddresses is RFC 6598, which clouds also use for networks.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// roomsOf are where free ranges are looked for: what is given, or the private range that the CIDR is in.
func roomsOf(supernets []string, asked netip.Prefix) ([]netip.Prefix, error) {
	var rooms []netip.Prefix
	for _, text := range supernets {
		p, fault := cidr.Parse(text)
		switch {
		case fault != nil:
			return nil, fmt.Errorf("--supernet: %s", messages.NotCIDR(fault))
		case p.Addr().Is4() != asked.Addr().Is4():
			return nil, fmt.Errorf("--supernet %s and the CIDR %s are not of the same address family", p, asked)
		}
		rooms = append(rooms, p)
	}
	if len(rooms) > 0 {
		return rooms, nil
	}
	for _, private := range append(cidr.PrivateIPv4(), sharedAddresses, netip.MustParsePrefix("fc00::/7")) {
		if cidr.Contains(private, asked) {
			return []netip.Prefix{private}, nil
		}
	}
	return []netip.Prefix{asked}, nil
}

// answer writes whether the range is free.
func (c *command) answer(in *inventory, asked netip.Prefix, rooms []netip.Prefix, a allocate.Availability) error {
	w := &strings.Builder{}
	if len(a.Holders) == 0 {
		fmt.Fprintf(w, "%s is free.\n", asked)
	} else {
		fmt.Fprintf(w, "%s is not free:\n", asked)
	}
	for _, holder := range a.Holders {
		fmt.Fprintf(w, "  %s\n", in.holder(c.writer, holder))
	}
	for _, s := range a.Supernets {
		fmt.Fprintf(w, "%s It may allocate these addresses at any time.\n", messages.Capital(in.holder(c.writer, s))+".")
	}
	if len(a.Holders) > 0 {
		fmt.Fprintln(w, nearest(asked, rooms, a.Nearest))
	}
	others := slices.DeleteFunc(slices.Clone(in.unchecked), func(u unchecked) bool { return u.cluster })
	if len(others) > 0 {
		fmt.Fprintf(w, "Not compared with %s; see cidrplan scan.\n", counted(len(others), "object"))
	}
	if _, err := io.WriteString(c.io.Out, w.String()); err != nil || len(a.Holders) == 0 {
		return err
	}
	return errConflicts
}

func nearest(asked netip.Prefix, rooms, free []netip.Prefix) string {
	if len(free) == 0 {
		return fmt.Sprintf("No range of /%d is free in %s.", asked.Bits(), joined(rooms))
	}
	text := fmt.Sprintf("Nearest free range in %s: %s", joined(rooms), free[0])
	if len(free) > 1 {
		text += fmt.Sprintf(" (then %s)", joined(free[1:]))
	}
	return text
}

func joined(ranges []netip.Prefix) string {
	var texts []string
	for _, p := range ranges {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

// holder is who uses a range, with the resource.
func (in *inventory) holder(w messages.Writer, claim conflict.Claim) string {
	text := messages.Party(claim)
	if o, is := in.source(w.AuditParty(claim)); is {
		text += ", " + unchecked{Address: o.Address(), File: o.File}.where()
	}
	if slices.Contains([]conflict.Kind{conflict.Service}, claim.Kind) {
		text += " (used inside of its network only)"
	}
	return text
}
