// Command terraform-provider-cidrplan serves the cidrplan provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
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
