package topology

// Origin is a resource of this configuration: a declaration, with the word for what it declares as its kind, or a planner.
type Origin struct{ Kind, Name string }

// Resource is a resource, of this configuration or of another workspace.
type Resource struct {
	Origin
	// OtherWorkspace says that another workspace has the resource: it is applied there, and its claims are read again.
	OtherWorkspace bool
	// LedgerOwner is the owner in a ledger, by which the claims of the resource are known. "" is for claims that foreign_claims gives.
	LedgerOwner string
}
