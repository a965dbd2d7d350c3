// Package messages words what the planner finds. The core returns typed problems, findings and options; a Writer turns
// them into Messages with a summary, a text and the path of the attribute. Nothing here knows Terraform's types, and
// nothing is decided here.
package messages
