package main

import (
	"os"
	"testing"
)

var logVariables = []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"}

func TestWhoStartsTheProgram(t *testing.T) {
	for name, test := range map[string]struct {
		args   []string
		cookie string
		want   bool
	}{
		"Terraform":                          {[]string{"/p/terraform-provider-cidrplan_v1.0.0"}, "d602bf8f", true},
		"a person without arguments":         {[]string{"./terraform-provider-cidrplan"}, "", false},
		"a person with arguments":            {[]string{"./terraform-provider-cidrplan", "scan", "a"}, "", false},
		"a debugger":                         {[]string{"./terraform-provider-cidrplan", "-debug"}, "", true},
		"another provider":                   {[]string{"./terraform-provider-cidrplan", "scan", "a"}, "d602bf8f", false},
		"the name of the command line":       {[]string{"/usr/bin/cidrplan"}, "", false},
		"the name, by another provider":      {[]string{`cidrplan`, "free"}, "d602bf8f", false},
		"the name of Windows, with a cookie": {[]string{"cidrplan.exe"}, "d602bf8f", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isPlugin(test.args, test.cookie); got != test.want {
				t.Errorf("served as a provider: %t, want %t", got, test.want)
			}
		})
	}
}

func TestLogsAreQuietUnlessSomebodyAsks(t *testing.T) {
	for name, test := range map[string]struct {
		set  map[string]string
		want [3]string
	}{
		"nobody asks":              {nil, [3]string{"OFF", "OFF", "OFF"}},
		"all logs are asked for":   {map[string]string{"TF_LOG": "TRACE"}, [3]string{}},
		"a provider's are":         {map[string]string{"TF_LOG_PROVIDER": "DEBUG"}, [3]string{}},
		"this provider's are":      {map[string]string{"TF_LOG_PROVIDER_CIDRPLAN": "DEBUG"}, [3]string{}},
		"one of the SDK's own are": {map[string]string{"TF_LOG_SDK_PROTO": "WARN"}, [3]string{"OFF", "OFF", "WARN"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range append([]string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_CIDRPLAN"}, logVariables...) {
				t.Setenv(variable, test.set[variable]) // restored afterwards
			}
			quietLogs()
			for i, variable := range logVariables {
				if got := os.Getenv(variable); got != test.want[i] {
					t.Errorf("%s = %q, want %q", variable, got, test.want[i])
				}
			}
		})
	}
}
