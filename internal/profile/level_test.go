package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestLevelsReadAsTheyAreWritten(t *testing.T) {
	for level, text := range map[profile.Level]string{profile.Allow: "allow", profile.Warn: "warn", profile.Error: "error"} {
		var got profile.Level
		if err := got.UnmarshalText([]byte(text)); err != nil || got != level {
			t.Errorf("UnmarshalText(%q): got %v, %v", text, got, err)
		}
		if level.String() != text {
			t.Errorf("String: got %q, want %q", level, text)
		}
	}
	for _, text := range []string{"", "Error", "deny", "2"} {
		var got profile.Level
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("UnmarshalText(%q): got %v and no error", text, got)
		}
	}
}

func TestOnlyAnAllowedRuleIsNotBroken(t *testing.T) {
	for level, want := range map[profile.Level]bool{profile.Allow: false, profile.Warn: true, profile.Error: true} {
		if got := (profile.Rule{Level: level}).Broken(); got != want {
			t.Errorf("a rule of level %v: broken %v, want %v", level, got, want)
		}
	}
}

func TestStricterDoesNotDependOnTheOrder(t *testing.T) {
	rule := func(level profile.Level, confidence, text string) profile.Rule {
		return profile.Rule{Level: level, Confidence: confidence, Text: text}
	}
	tests := map[string]struct{ stricter, other profile.Rule }{
		"an error is stricter than a warning":        {rule(profile.Error, "derived", "b"), rule(profile.Warn, "verified", "a")},
		"a warning is stricter than what is fine":    {rule(profile.Warn, "derived", "b"), rule(profile.Allow, "verified", "a")},
		"on a tie a verified rule comes first":       {rule(profile.Warn, "verified", "b"), rule(profile.Warn, "derived", "a")},
		"and of two verified ones the first by name": {rule(profile.Error, "verified", "a"), rule(profile.Error, "verified", "b")},
		"and any rule before the zero rule":          {rule(profile.Allow, "derived", "a"), profile.Rule{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := profile.Stricter(test.stricter, test.other); got.Text != test.stricter.Text {
				t.Errorf("got %+v, want %+v", got, test.stricter)
			}
			if got := profile.Stricter(test.other, test.stricter); got.Text != test.stricter.Text {
				t.Errorf("the other way: got %+v, want %+v", got, test.stricter)
			}
		})
	}
}
