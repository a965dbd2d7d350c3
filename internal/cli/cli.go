package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Exit codes.
const (
	OK    = 0
	Error = 1
	// Conflicts says that the command worked and found conflicts, or that a range is not free.
	Conflicts = 2
)

// IO is where a command reads and writes.
type IO struct {
	In       io.Reader
	Out, Err io.Writer
	// OutTerminal and ErrTerminal say that a person reads along.
	OutTerminal, ErrTerminal bool
	// NoColor says that colours are not wanted: https://no-color.org.
	NoColor bool
}

// Standard is the IO of the process.
func Standard() IO {
	return IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		OutTerminal: isTerminal(os.Stdout), ErrTerminal: isTerminal(os.Stderr), NoColor: os.Getenv("NO_COLOR") != "",
	}
}

func isTerminal(f *os.File) bool {
	return (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// command is what the commands have in common.
type command struct {
	io      IO
	version string
	clouds  *clouds.Catalog
	writer  messages.Writer
}

// errConflicts ends a command that worked and found conflicts.
var errConflicts = errors.New("conflicts were found")

// Run runs a command line without the name of the program, and returns the exit code.
func Run(version string, args []string, streams IO) (exit int) {
	defer func() { // Go ends a program that panics with 2, which is Conflicts
		if fault := recover(); fault != nil {
			_, _ = fmt.Fprintf(streams.Err, "Error: a fault of cidrplan, please report it: %v\n%s", fault, debug.Stack())
			exit = Error
		}
	}()
	c := &command{streams, version, clouds.Default(), messages.Writer{Catalog: profile.Default()}}
	root := c.root()
	root.SetArgs(append([]string{}, args...)) // nil would be the arguments of the process
	switch err := root.Execute(); {
	case err == nil:
		return OK
	case errors.Is(err, errConflicts):
		return Conflicts
	default:
		text := messages.Lines(strings.ReplaceAll(err.Error(), "\t", "  "))
		_, _ = fmt.Fprintln(streams.Err, c.paint(red, "Error:", streams.ErrTerminal), text)
		return Error
	}
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "cidrplan",
		Short: "Finds address conflicts of VPCs, routes and Kubernetes clusters in Terraform states and plans",
		Long: wrapped(
			"cidrplan reads state files, the output of terraform show -json for states and plans, and locks of cidrplan. It "+
				"requires no Terraform, no credentials and no network, and writes only ranges, names and addresses of resources.",
			"The same program is the cidrplan provider, which Terraform and OpenTofu start by themselves.",
		),
		Example:       "  cidrplan scan terraform.tfstate",
		Version:       c.version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(c.io.In)
	root.SetOut(c.io.Out)
	root.SetErr(c.io.Err)
	root.SetVersionTemplate("cidrplan {{.Version}}\n")
	root.AddCommand(c.scan(), c.free(), c.adopt(), c.changes(), c.ledger())
	return root
}
