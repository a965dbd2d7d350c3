package messages

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// LockError is what is wrong with the text of a lock.
type LockError struct {
	// Line is counted from 1, 0 where the problem has no line.
	Line int
	// At are the keys that lead to the value in question: none for the lock itself, one for an entry.
	At      []string
	Problem any
}

// The problems of locks.
type (
	// PrintedLock is a lock as terraform output prints it without -raw.
	PrintedLock struct{}
	// MergeMarker is the mark that a merge leaves where two sides differ.
	MergeMarker struct{ Marker string }
	// NotJSON is a text that is not JSON: what the decoder reports, or nil where the text ends too early.
	NotJSON struct{ Syntax *json.SyntaxError }
	// MoreAfterLock is a text with more than one value.
	MoreAfterLock struct{}
	// NotObject is a lock or an entry that is not an object.
	NotObject struct{}
	// KeyTwice is a key that an object has twice.
	KeyTwice struct{ Key string }
	// UnknownLockField is a field that no entry has.
	UnknownLockField struct {
		Key   string
		Known []string
	}
	// WrongLockType is a value of another type than its field.
	WrongLockType struct{ Value, Field string }
	// UnknownLockProfile is a profile that this version does not have.
	UnknownLockProfile struct{ Profile string }
)

// Error is a part of a sentence on the lock, without its full stop.
func (e *LockError) Error() string {
	text := e.text()
	if e.Line > 0 {
		return fmt.Sprintf("line %d%s", e.Line, text)
	}
	return strings.TrimPrefix(text, ": ")
}

func (e *LockError) text() string {
	switch p := e.Problem.(type) {
	case PrintedLock:
		return "the text is what terraform output prints for people to read, not the lock itself: use the text of terraform output -raw " +
			"<name>"
	case MergeMarker:
		return fmt.Sprintf(" has a merge marker (%s): resolve the merge first: keep the lock of one side as a whole", p.Marker)
	case NotJSON:
		if p.Syntax == nil {
			return ": the text is not JSON: it ends too early"
		}
		return fmt.Sprintf(": the text is not JSON: %s", p.Syntax)
	case MoreAfterLock:
		return ": more follows after the end of the lock"
	case NotObject:
		return fmt.Sprintf(": %s is not an object", placeInLock(e.At))
	case KeyTwice:
		return fmt.Sprintf(": %s has the key %q twice, so one of the two would be lost", placeInLock(e.At), p.Key)
	case UnknownLockField:
		return fmt.Sprintf(
			": %s has the unknown field %q.%s Known here: "+
				"%s", placeInLock(e.At), p.Key, DidYouMean(p.Key, p.Known), strings.Join(p.Known, ", "),
		)
	case WrongLockType:
		return fmt.Sprintf(": a %s is at %s, where another type belongs", p.Value, p.Field)
	case UnknownLockProfile:
		return fmt.Sprintf("%s of the lock has the profile %q, which this version does not know", placeInLock(e.At), p.Profile)
	case *cidr.ParseFault:
		return fmt.Sprintf("%s of the lock: %s", placeInLock(e.At), NotCIDR(p))
	case topology.Fault:
		return fmt.Sprintf("%s of the lock, %s", placeInLock(e.At), strings.TrimSuffix(Writer{}.damage(p), "."))
	}
	return fmt.Sprintf("%s of the lock: %v", placeInLock(e.At), e.Problem)
}

// placeInLock names what is at a path of keys.
func placeInLock(at []string) string {
	switch len(at) {
	case 0:
		return "the lock"
	case 1:
		return fmt.Sprintf("entry %q", at[0])
	}
	return fmt.Sprintf("%s of entry %q", at[1], at[0])
}

// UnreadableLock is the message on a lock that was given as the ID of an import.
func (p Writer) UnreadableLock(err error) Message {
	return Message{
		At: topology.Path{}.Attr("id"), Summary: "Lock Cannot Be Read",
		Detail: Sentence(Line(err.Error())) +
			" Import the whole text that provider::cidrplan::lock returned for this " + p.Terms().Planner + ".",
	}
}
