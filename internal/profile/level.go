package profile

import (
	"cmp"
	"fmt"
)

// Level says how serious it is when a rule is broken. The zero value is Allow.
type Level int

const (
	// Allow means that the platform documents it as fine.
	Allow Level = iota
	// Warn means that it works but is advised against, or that the sources disagree or derive it.
	Warn
	// Error means that the platform refuses it or that it cannot work.
	Error
)

var levelNames = []string{"allow", "warn", "error"}

func (l Level) String() string { return levelNames[l] }

// UnmarshalText reads "allow", "warn" or "error".
func (l *Level) UnmarshalText(text []byte) error {
	for i, name := range levelNames {
		if name == string(text) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("%q is no level; expected one of %v", text, levelNames)
}

// Rule is one thing a platform asks for.
type Rule struct {
	Level Level `yaml:"level"`
	// Text is the rule as part of a sentence, without a capital and a full stop.
	Text string `yaml:"text"`
	// Sources are keys of the catalog's sources.
	Sources []string `yaml:"sources"`
	// Confidence is "verified" when a source says it, "derived" when it follows from routing.
	Confidence string `yaml:"confidence"`
	// Reason is why a derived rule has its level, as part of a sentence. A derived rule is an error
	// where the derivation is a proof: both ranges are routed by destination and both networks reach each
	// other. Where only one side loses traffic, or a premise is not published, it is a warning.
	Reason string `yaml:"reason"`
	// ErrorCode is what the platform's own API answers when the rule is broken, where known.
	ErrorCode string `yaml:"error_code"`
	// Override names the argument of the cloud resource that turns the platform's own check off,
	// where there is one.
	Override string `yaml:"override"`
}

// Broken says whether breaking the rule is worth a word.
func (r Rule) Broken() bool { return r.Level > Allow }

// Stricter returns the more serious of two rules; on a tie a verified one, then the first by
// text, so that the order of the two does not matter.
func Stricter(a, b Rule) Rule {
	if cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(b.Text, a.Text)) < 0 {
		return b
	}
	return a
}

// Source is a published page that a rule comes from.
type Source struct {
	Title string `yaml:"title"`
	// URL is empty where the source is an inference rather than a page.
	URL string `yaml:"url"`
}

func (s Source) String() string {
	if s.URL == "" {
		return s.Title
	}
	return s.Title + ", " + s.URL
}
