package cli

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func (c *command) adopt() *cobra.Command {
	name, output := "k8s", ""
	var supernets []string
	cmd := &cobra.Command{
		Use:   "adopt FILE...",
		Short: "Write a configuration that adopts the networks and clusters in states and plans",
		Long: wrapped(
			"adopt writes declarations of the hubs, sites and VPCs that the files have, an allocator with the clusters and " +
				"the ranges that they hold, and the conflicts that scan reports as accepted. Nothing is built, moved or deleted " +
				"when the configuration is applied, and new conflicts are refused from then on. What the files do not contain is " +
				"a comment that says what to fill in.",
		),
		Example: "  cidrplan adopt network.tfstate clusters.tfstate > cidrplan.tf\n" +
			"  cidrplan adopt --name k8s-prod --supernet 10.64.0.0/10 --output cidrplan.tf terraform.tfstate",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			bad := false
			if topology.CheckName(name, func(topology.BadName) { bad = true }); bad || name == "" {
				return fmt.Errorf("--name %q is not a name", name)
			}
			var ranges []netip.Prefix
			for _, text := range supernets {
				p, fault := cidr.Parse(text)
				if fault != nil {
					return fmt.Errorf("--supernet: %s", messages.NotCIDR(fault))
				}
				ranges = append(ranges, p)
			}
			in, err := c.load(files)
			if err != nil {
				return err
			}
			text, err := c.configuration(in, name, ranges)
			if err != nil {
				return err
			}
			return c.write(output, text)
		},
	}
	cmd.Flags().StringVar(&name, "name", name, "name of the allocator")
	cmd.Flags().StringVar(&output, "output", output, "file to write; it must not exist (default: the standard output)")
	cmd.Flags().StringSliceVar(&supernets, "supernet", nil,
		"range to allocate from; may be given several times (default: the private ranges that clusters use)")
	return cmd
}

// write writes a text to the standard output or to a new file.
func (c *command) write(file string, text []byte) error {
	if file == "" {
		_, err := c.io.Out.Write(text)
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err // names the file
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// notOfIdentifiers is a character that the name of a resource may not have.
var notOfIdentifiers = regexp.MustCompile(`[^A-Za-z0-9_-]`)

// identifier is a name that a resource of Terraform may have.
func identifier(name string, taken map[string]bool) string {
	label := notOfIdentifiers.ReplaceAllString(name, "_")
	if label == "" || strings.ContainsAny(label[:1], "-0123456789") {
		label = "_" + label
	}
	for n, first := 2, label; taken[label]; n++ {
		label = fmt.Sprintf("%s_%d", first, n)
	}
	taken[label] = true
	return label
}
