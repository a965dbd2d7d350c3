// Package server answers Terraform's provider protocol. A resource, data source or function is a set of pure functions over values,
// and each call of the
// protocol is one short function that decodes what Terraform sends, asks, and encodes the answer. Everything else, such as the
// configuration of the
// provider, is passed on to the server of terraform-plugin-framework.
//
// The framework can serve them as well. It walks every attribute of a value several times in each call, with a look-up in the
// schema for each:
// for an allocator with 1,000 clusters that takes about 200 times as long as the planning.
package server
