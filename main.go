// Command terraform-provider-cidrplan serves the cidrplan provider to Terraform and OpenTofu. Started by a person, it is the command
// line of cidrplan.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cli"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	if !isPlugin(os.Args, os.Getenv(cookie)) {
		os.Exit(cli.Run(version, os.Args[1:], cli.Standard()))
	}
	debug := flag.Bool("debug", false, "serve a debugger such as delve")
	flag.Parse()
	quietLogs()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve(provider.Address, provider.New(version), options...); err != nil {
		log.Fatal(err)
	}
}

// cookie is the variable that Terraform and OpenTofu set for a provider that they start.
const cookie = "TF_PLUGIN_MAGIC_COOKIE"

// isPlugin says whether Terraform starts the program, or a debugger serves it as a provider. Terraform gives no arguments: with some,
// the program is run by another provider, such as that of the data source external, whose variables it has.
func isPlugin(args []string, cookie string) bool {
	if name := strings.TrimSuffix(filepath.Base(args[0]), ".exe"); name == "cidrplan" {
		return false
	}
	if len(args) == 1 {
		return cookie != ""
	}
	return slices.Contains([]string{"-debug", "--debug", "-debug=true", "--debug=true"}, args[1])
}

// quietLogs turns the framework's own logs off unless somebody asked for logs: it writes a line
// for every attribute, which Terraform reads even where nobody will.
func quietLogs() {
	for _, asked := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_CIDRPLAN"} {
		if os.Getenv(asked) != "" {
			return
		}
	}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		if os.Getenv(name) == "" {
			os.Setenv(name, "OFF") //nolint:errcheck // a name without "=" cannot fail
		}
	}
}
