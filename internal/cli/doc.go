// Package cli is the command line of cidrplan: it reads state files, plans and locks, and reports conflicts among what they have
// (scan), says whether a range is free (free) and writes a configuration that adopts what was found (adopt).
//
// It needs neither Terraform nor credentials, and shows only ranges, names and addresses of resources.
package cli
