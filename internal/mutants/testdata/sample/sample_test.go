package sample

import (
	"reflect"
	"testing"
)

func TestComparisonsAwayFromTheBoundary(t *testing.T) {
	if !below(1, 2) || !atMost(1, 2) || !above(2, 1) || !atLeast(2, 1) {
		t.Error("1 and 2")
	}
}

func TestBelowAtTheBoundary(t *testing.T) {
	if below(1, 1) {
		t.Error("1 and 1")
	}
}

func TestSame(t *testing.T) {
	if !same("a", "a") {
		t.Error("a")
	}
}

func TestIsTextIsOnlyCalled(*testing.T) { isText("a") }

func TestNumbers(t *testing.T) {
	if got, want := arithmetic(7, 3), []uint8{10, 4, 21, 2, 1}; !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
	if got := negative(2); got != 34 {
		t.Error(got)
	}
	found := map[string]int{"a": 1}
	count([]string{"a", "b"}, found)
	if want := map[string]int{"a": 0, "b": -1}; !reflect.DeepEqual(found, want) {
		t.Error(found)
	}
}
