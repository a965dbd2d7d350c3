package clouds

// Known is a value of T, or one that is known only after apply. The zero Known is the zero T.
type Known[T any] struct {
	Value T
	// AfterApply says that the value is known only after apply.
	AfterApply bool
}

// known is a Known that is.
func known[T any](v T) Known[T] { return Known[T]{Value: v} }

// afterApply is a Known that is known only after apply.
func afterApply[T any]() Known[T] { return Known[T]{AfterApply: true} }
