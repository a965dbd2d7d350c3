// Package statefile reads the objects of the clouds' providers from files of Terraform and OpenTofu: state files of format 4, and
// what terraform show -json prints of states and plans.
//
// Only resources and data sources that a catalog of package clouds names are decoded, and of these only what a caller asks for.
// Errors say what was expected, what came and where. They never quote the file, which may hold credentials.
package statefile
