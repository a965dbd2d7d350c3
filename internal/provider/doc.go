// Package provider is the Terraform shell around the planner: it decodes configurations, calls
// the core and encodes what it answers. It decides nothing about addresses.
package provider
