package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// attached serves a provider from the test process until the test ends, and returns the environment
// variable with which Terraform finds it. This costs half the CPU time of a provider that Terraform
// starts several times in each command. All aliases share the server and the configuration that came
// last: a test with aliases needs an installed provider (newInstalled).
func attached(t *testing.T, server tfprotov6.ProviderServer) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	started, closed := make(chan *plugin.ReattachConfig), make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer { return server },
			tf6server.WithDebug(ctx, started, closed),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
			tf6server.WithoutLogStderrOverride())
	}()
	t.Cleanup(func() {
		cancel()
		<-closed
	})
	select {
	case err := <-failed:
		t.Fatalf("the provider does not start: %v", err)
		return ""
	case at := <-started:
		return reattachment(t, at)
	}
}

// reattachment is the environment variable that leads Terraform and OpenTofu to a running provider.
func reattachment(t *testing.T, at *plugin.ReattachConfig) string {
	t.Helper()
	address := fmt.Sprintf("%s/%s/cidrplan", os.Getenv("TF_ACC_PROVIDER_HOST"), os.Getenv("TF_ACC_PROVIDER_NAMESPACE"))
	text, err := json.Marshal(map[string]any{address: map[string]any{
		"Protocol":        at.Protocol,
		"ProtocolVersion": at.ProtocolVersion,
		"Pid":             at.Pid,
		"Test":            at.Test,
		"Addr":            map[string]string{"Network": at.Addr.Network(), "String": at.Addr.String()},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return "TF_REATTACH_PROVIDERS=" + string(text)
}
