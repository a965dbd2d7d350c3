package plain_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/plain"
)

func TestLine(t *testing.T) {
	for name, test := range map[string]struct{ text, line, quote string }{
		"nothing":                  {"", "", `""`},
		"a plain text":             {"the shop (new)", "the shop (new)", `"the shop (new)"`},
		"Chinese":                  {"生产网络", "生产网络", `"生产网络"`},
		"an escape sequence":       {"\x1b[31mred", `\u001b[31mred`, `"\u001b[31mred"`},
		"an escape sequence of C1": {"\u009b31mred", `\u009b31mred`, `"\u009b31mred"`},
		"delete":                   {"a\x7fb", `a\u007fb`, `"a\u007fb"`},
		"a forged paragraph":       {"x)\n\nError: Forged", `x)\n\nError: Forged`, `"x)\n\nError: Forged"`},
		"a carriage return":        {"x\ry", `x\ry`, `"x\ry"`},
		"a tab":                    {"x\ty", `x\ty`, `"x\ty"`},
		"a text turned round":      {"a\u202eb\u2066c", `a\u202eb\u2066c`, `"a\u202eb\u2066c"`},
		"separators":               {"a\u2028b\u2029c\u0085d", `a\u2028b\u2029c\u0085d`, `"a\u2028b\u2029c\u0085d"`},
		"nothing that can be seen": {"a\u200bb\ufeffc\U000e0041d", `a\u200bb\ufeffc\U000e0041d`, `"a\u200bb\ufeffc\U000e0041d"`},
		"an emoji that is joined":  {"👩\u200d💻", "👩\u200d💻", "\"👩\u200d💻\""},
		"a quote and a backslash":  {`a"b\n`, `a"b\n`, `"a\"b\\n"`},
		"the end of a heredoc":     {"text\r\n", "text", `"text\r\n"`},
		"as long as it may be":     {strings.Repeat("长", 30), strings.Repeat("长", 30), `"` + strings.Repeat("长", 30) + `"`},
		"longer": {
			strings.Repeat("长", 31), strings.Repeat("长", 30) + "… (31 characters)", `"` + strings.Repeat("长", 30) + `"… (31 characters)`,
		},
		"a hundred thousand": {
			strings.Repeat("x", 100_000), strings.Repeat("x", 30) + "… (100000 characters)",
			`"` + strings.Repeat("x", 30) + `"… (100000 characters)`,
		},
		"bytes that are no characters": {"a\xffb", "a\ufffdb", "\"a\ufffdb\""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := plain.Line(test.text, 30); got != test.line {
				t.Errorf("as a line it is %q, want %q", got, test.line)
			}
			if got := plain.Quote(test.text, 30); got != test.quote {
				t.Errorf("in quotes it is %q, want %q", got, test.quote)
			}
		})
	}
}

// Whatever a text is, its line has no hidden character, is at most ten times as long as its limit, which is
// what escapes take, and does not change when it is escaped again; in quotes the text reads back.
func TestLinesAreHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("\x00\x1b\n\r\t\"\\\u009b\u202e\u2028a")))).Draw(t, "text")
		line, quote := plain.Line(text, 12), plain.Quote(text, 1000)
		for _, got := range []string{line, quote, plain.Escape(text)} {
			if strings.ContainsFunc(got, plain.Hidden) || !utf8.ValidString(got) {
				t.Fatalf("%q is not harmless", got)
			}
		}
		if length := utf8.RuneCountInString(line); length > 10*12+len("… (12345 characters)") {
			t.Fatalf("%q has %d characters", line, length)
		}
		if again := plain.Escape(line); again != line {
			t.Fatalf("%q becomes %q", line, again)
		}
		var back string
		if err := json.Unmarshal([]byte(quote), &back); !strings.Contains(quote, `\U`) && (err != nil || back != text) {
			t.Fatalf("%s reads back as %q, %v", quote, back, err)
		}
		block := plain.EscapeBlock(text)
		if strings.Count(block, "\n") != strings.Count(text, "\n") ||
			strings.ContainsFunc(strings.ReplaceAll(block, "\n", ""), plain.Hidden) {
			t.Fatalf("the block is %q", block)
		}
	})
}
