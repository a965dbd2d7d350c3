package conflict

// SmallCrowds is OverlapsOfCrowds where two claims are a crowd already.
func (w World) SmallCrowds(claims []Claim, mark func(Claim) string) []Finding {
	return w.overlapsFrom(claims, mark, 1)
}
