package ledger

// Kinds of entries that the ledger treats in a way of its own: they are those of topology, which this package does not know.
const (
	kindBlock    = "block"
	kindReserved = "reserved"
	kindExisting = "existing"
	kindReleased = "released"
)
