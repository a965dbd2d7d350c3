package conflict

// SmallCrowds is OverlapsOfCrowds where two claims are a crowd already.
func (w World) SmallCrowds(claims []Claim, marks ...Marks) []Finding {
	return w.overlapsFrom(claims, marks, 1)
}
