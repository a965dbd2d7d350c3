// Package register writes claims as the address register of a network team: one row for each
// range in use and for each free one between, in an order that depends on nothing but the claims. It
// knows nothing of Terraform.
package register
