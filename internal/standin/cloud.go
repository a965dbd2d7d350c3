package main

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// built is a cluster as the API of the cloud stores it. ExtendParam is accepted on creation, and no read
// of the provider looks at it.
type built struct {
	Name, Flavor, VPC, Subnet, Mode, PodCIDRs, ServiceCIDR, Subnets string
	IPv6                                                            bool
	ExtendParam                                                     map[string]string
}

// file is where the cloud keeps the cluster of an ID.
func file(id string) string { return filepath.Join(os.Getenv("STANDIN_CLOUD"), id+".json") }

func store(id string, b built) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(file(id), text, 0o600)
}

// load returns an error for which os.IsNotExist holds if the cloud has no such cluster.
func load(id string) (built, error) {
	var b built
	text, err := os.ReadFile(file(id))
	if err != nil {
		return b, err
	}
	err = json.Unmarshal(text, &b)
	return b, err
}
