// Package server answers Terraform's provider protocol. A resource, data source or function is a set of pure functions over values.
// Each call of the protocol is one short function: it decodes what Terraform sends, calls the resource, data source or function, and
// encodes the answer. Everything else, such as the configuration of the provider, is passed on to the server of
// terraform-plugin-framework.
//
// The framework could serve resources and functions too. But in each call it walks every attribute of a value several times, with a
// look-up in the schema for each: for an allocator with 1,000 clusters that takes about 200 times as long as the planning.
package server
