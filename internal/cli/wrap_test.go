package cli

import (
	"strings"
	"testing"
)

func TestHelpTextsAreBrokenIntoLines(t *testing.T) {
	of := func(lengths ...int) []string { // a paragraph of words
		var words []string
		for _, length := range lengths {
			words = append(words, strings.Repeat("w", length))
		}
		return []string{strings.Join(words, " ")}
	}
	word := func(length int) string { return strings.Repeat("w", length) }
	for name, test := range map[string]struct {
		paragraphs []string
		want       string
	}{
		"none":                                 {nil, ""},
		"one word":                             {[]string{"a"}, "a"},
		"words with other spaces":              {[]string{" a  b\nc "}, "a b c"},
		"two words of a line":                  {of(50, 49, 1), word(50) + " " + word(49) + "\nw"},
		"one column more":                      {of(50, 50), word(50) + "\n" + word(50)},
		"three words of a line":                {of(32, 33, 33), word(32) + " " + word(33) + " " + word(33)},
		"three words and a column more":        {of(33, 33, 33), word(33) + " " + word(33) + "\n" + word(33)},
		"a word that is longer than a line":    {of(1, 101, 1), "w\n" + word(101) + "\nw"},
		"a line is counted anew after another": {of(100, 99, 1), word(100) + "\n" + word(99) + "\nw"},
		"two paragraphs":                       {[]string{"a b", "c"}, "a b\n\nc"},
	} {
		if got := wrapped(test.paragraphs...); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}
