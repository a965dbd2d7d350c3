package conflict

// SmallSamples is SampledOverlaps where two claims are a sample already.
func (w World) SmallSamples(claims []Claim, marks ...Traits) []Finding {
	return w.sampledOverlapsFrom(claims, marks, 1)
}
