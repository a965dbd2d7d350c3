package messages

import (
	"strings"
	"testing"
)

func TestWhatIsWrongWithArgumentsOfFunctions(t *testing.T) {
	languages, attributes := []string{"en", "zh"}, []string{"a", "b"}
	for want, got := range map[string]string{
		"text. Expected a map":                                                         ArgumentIs("text", nil, "Expected a map"),
		"object with the attributes a, b. Expected a map":                              ArgumentIs("object", attributes, "Expected a map"),
		"a list of resources, as with count. Expected one of them, such as a.b[0]":     ArgumentIsList("a.b", 0),
		`a map of resources, as with for_each. Expected one of them, such as a.b["x"]`: ArgumentIsMap("a.b", "x"),
		`language = "cn" is not one of en, zh. Chinese is "zh"`:                        NotALanguage("cn", languages, true),
		`language = "e" is not one of en, zh.`:                                         NotALanguage("e", languages, false),
	} {
		if strings.TrimPrefix(got, "the argument is ") != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// The errors of a function are one text. Warnings have no place in it.
func TestErrorsOfAFunctionAreOneText(t *testing.T) {
	for name, test := range map[string]struct {
		found []Message
		want  string
	}{
		"none":            {nil, ""},
		"a warning":       {[]Message{{Warn: true, Summary: "S", Detail: "It warns."}}, ""},
		"of the argument": {[]Message{{Summary: "S", Detail: "It fails."}}, "It fails"},
		"at a place":      {[]Message{{At: pathOf("a.b"), Summary: "S", Detail: "It fails."}}, "a.b: S\nIt fails"},
		"two and a warning": {
			[]Message{
				{Summary: "S", Detail: "It fails."}, {Warn: true, Detail: "It warns."}, {At: pathOf("a"), Summary: "T", Detail: "Again."},
			},
			"It fails.\n\na: T\nAgain",
		},
	} {
		if got := ErrorText(test.found); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	for at, want := range map[string]string{"": "the argument", "a.b": "a.b"} {
		if got := PathOrArgument(pathOf(at)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
