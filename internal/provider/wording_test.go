package provider_test

import (
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// wording is a word or phrase that no text for users contains, and the word of the field to use instead.
type wording struct {
	// not is a regular expression for whole words, in any case.
	not, but string
}

// plainWords are the words of a private dialect that readers did not understand, with their replacements.
var plainWords = []wording{
	{`tells?|told|telling`, "report"},
	{`hand(s|ed|ing)? (out|on|over)`, "allocate, delegate or pass"},
	{`liv(e|es|ed|ing) (with|in)`, "accept (a conflict); use (a subnet)"},
	{`ways? out`, "options"},
	{`rests|rested|resting`, "stays reserved"},
	{`gives? up|gave up|given up|giving up`, "release"},
	{`stands? (in|there|already|beside)|stood`, "is in"},
	{`standing`, "pre-existing"},
	{`lies? (in|inside|outside|behind)|lying in`, "is in, is outside"},
	{`takes?|taking|took`, "uses, accepts, requires"},
	{`twins?`, "mirror cluster"},
	{`doors?`, "resource, data source and function"},
	{`safety net|the net|net of`, "configuration-wide check; after"},
	{`memory|remembers?|remembered`, "state, prior allocations"},
	{`late`, "known after apply"},
	{`keeps? clear|stays? clear|kept clear`, "avoid"},
	{`fit for|fit to be`, "can be used in"},
	{`literal in|literal as`, "known at plan"},
	{`for life`, "cannot be changed later"},
	{`whoever|somebody`, "name who it is"},
	{`shall`, "must, or the present tense"},
	{`all the same`, "name the exception"},
	{`judged?|judges`, "check"},
	{`net|scene|crowd|wrongConfigurations|hands`, "say what it is"},
	{`throw-away|valid first day|say so|says otherwise`, "plain words"},
	{`address realm`, "VRF"},
	{`as ever|looked after|cured?|cures`, "plain words"},
	{`says? of [^.,;:]{1,80}? (that (its?|they|ranges)|whether|why)`, "says whether something holds"},
	{`(which|whom) (that|something) is so`, "name what holds"},
}

// chineseWords are the same for the Chinese texts.
var chineseWords = []wording{
	{`记忆`, "状态"}, {`字面值`, "在 plan 中就是确定的值"}, {`静置`, "保留"}, {`点名`, "列出"}, {`名字`, "名称"}, {`挪`, "迁移"}, {`朵云`, "云平台"},
}

// allowedPhrases are real uses of these words, each with its reason.
var allowedPhrases = []struct{ phrase, why string }{
	{"takes effect", "the usual term for an argument that begins to work"},
	{"taken back", "a delegated range is taken back"},
	{"Take a range back", "a delegated range is taken back"},
	{"memory, ", "the memory of a computer"},
	{"memory and ", "the memory of a computer"},
	{"memory grow", "the memory of a computer"},
	{"resident memory", "the memory of a computer"},
	{"Peak memory", "the memory of a computer"},
	{"time and memory", "the memory of a computer"},
	{"how much memory", "the memory of a computer"},
}

// notPlain lists the words of a text that are not plain, with their replacements.
func notPlain(text string, words []wording) []string {
	for _, allowed := range allowedPhrases {
		text = strings.ReplaceAll(text, allowed.phrase, "")
	}
	var found []string
	for _, w := range words {
		for _, hit := range w.wholeWords().FindAllStringIndex(text, -1) {
			around := strings.ToValidUTF8(text[max(0, hit[0]-contextOfHit):min(len(text), hit[1]+contextOfHit)], "")
			found = append(found, "say "+w.but+" instead: …"+strings.ReplaceAll(around, "\n", " ")+"…")
		}
	}
	return found
}

// contextOfHit is the number of bytes that are shown before and after a word.
const contextOfHit = 40

// compiled are the expressions of all words, because pages are long.
var compiled = map[string]*regexp.Regexp{}

func (w wording) wholeWords() *regexp.Regexp {
	if compiled[w.not] == nil {
		whole := `(?i)\b(?:` + w.not + `)\b`
		if w.not[0] >= utf8.RuneSelf { // Chinese has no spaces between words
			whole = w.not
		}
		compiled[w.not] = regexp.MustCompile(whole)
	}
	return compiled[w.not]
}

// Descriptions in the schema use the words of the field.
func TestDescriptionsUsePlainWords(t *testing.T) {
	for at, text := range descriptions(t) {
		for _, fault := range notPlain(text, plainWords) {
			t.Errorf("%s: %s", at, fault)
		}
	}
}

// So do the pages. What they quote from messages and sources is not theirs.
func TestPagesUsePlainWords(t *testing.T) {
	files := []string{"README.md", "README.zh-CN.md", "CHANGELOG.md"}
	for folder, ending := range map[string]string{"docs": ".md", "templates": ".tmpl", "examples": ""} {
		files = append(files, filesBelow(t, folder, ending)...)
	}
	if len(files) < 100 {
		t.Fatalf("only %d files: the test no longer sees the pages", len(files))
	}
	for _, file := range files {
		text, words := withoutQuotes(read(t, filepath.Join(repository, file))), plainWords
		if strings.Contains(file, "zh-CN") {
			words = slices.Concat(plainWords, chineseWords)
		}
		for _, fault := range notPlain(text, words) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// So do the messages.
func TestMessagesUsePlainWords(t *testing.T) {
	files := filesBelow(t, "internal/provider/testdata", ".golden")
	files = append(files, filesBelow(t, "internal/provider/testdata/rules", ".golden")...)
	if len(files) < 50 {
		t.Fatalf("only %d files: the test no longer sees the messages", len(files))
	}
	for _, file := range files {
		text := nameInMessage.ReplaceAllString(headOfMessage.ReplaceAllString(read(t, filepath.Join(repository, file)), ""), "")
		for _, fault := range notPlain(strings.ReplaceAll(text, "\n", " "), plainWords) {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

// So do comments of the code. Some words have another meaning there, such as the memory of a process, or are used in names.
func TestCommentsUsePlainWords(t *testing.T) {
	usual := []string{`takes?|taking|took`, `memory|remembers?|remembered`, `net|scene|crowd|wrongConfigurations|hands`}
	words := slices.DeleteFunc(slices.Clone(plainWords), func(w wording) bool { return slices.Contains(usual, w.not) })
	if len(words) != len(plainWords)-len(usual) {
		t.Fatalf("%d of %d words are left", len(words), len(plainWords))
	}
	files := filesBelow(t, "internal", ".go")
	if len(files) < 900 {
		t.Fatalf("only %d files: the test no longer sees the code", len(files))
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), filepath.Join(repository, file), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, comment := range parsed.Comments {
			for _, fault := range notPlain(strings.ReplaceAll(comment.Text(), "\n", " "), words) {
				t.Errorf("%s: %s", file, fault)
			}
		}
	}
}

// The tests above see a word in each form, and no part of another word.
func TestNotPlainSeesWholeWords(t *testing.T) {
	for text, want := range map[string]int{
		"The plan tells of it.":                        1,
		"It is handed out, and later it rests.":        2,
		"Told by the allocator, who lives with it.":    2,
		"A token takes effect once.":                   0,
		"The retold netbox translates the rest of it.": 0,
		"Peak memory is small.":                        0,
	} {
		if got := notPlain(text, plainWords); len(got) != want {
			t.Errorf("%q: got %q, want %d", text, got, want)
		}
	}
	if got := notPlain("分配的记忆", chineseWords); len(got) != 1 {
		t.Errorf("got %q in Chinese", got)
	}
}

var (
	// headOfMessage begins a message in a golden file, nameInMessage is a name or key that a message quotes.
	headOfMessage = regexp.MustCompile(`(?m)^(########|===).*$`)
	nameInMessage = regexp.MustCompile(`"[^"\n]*"|[a-z_0-9]+\|[^ \n]+`)
	// messageBlock is a message in a page, quotedInPage a line or word that a page quotes.
	messageBlock = regexp.MustCompile("(?ms)^ *```(?:text|diff)\n.*?\n *```$")
	quotedInPage = regexp.MustCompile("(?m)^>.*$|`[^`\n]*`|^\\d+\\. .*<http.*$|\"[A-Z][^\"\n]*\"")
)

// withoutQuotes is a page without what it quotes: messages, code spans and titles of sources.
func withoutQuotes(page string) string {
	return quotedInPage.ReplaceAllString(messageBlock.ReplaceAllString(page, ""), "")
}

// filesBelow are the files of a folder of the repository whose names have an ending.
func filesBelow(t *testing.T, folder, ending string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(repository), folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ending) && !strings.Contains(path, "/.terraform") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
