package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
)

// stdin is the name of the standard input among files.
const stdin = "-"

// longInput is the size from which on reading is announced.
const longInput = 5 << 20

// readFiles reads the files of a command line. Errors name the file.
func (c *command) readFiles(names []string) ([]statefile.Contents, error) {
	wanted := statefile.Of(c.clouds)
	var all []statefile.Contents
	for _, name := range names {
		text, err := c.readFile(name)
		if err != nil {
			return nil, err
		}
		if name == stdin {
			name = "stdin"
		}
		if len(text) >= longInput {
			c.progress(fmt.Sprintf("Reading %s (%d MB)", messages.Line(name), len(text)>>20))
		}
		contents, err := statefile.Read(name, text, wanted)
		if err != nil {
			c.progress("")
			return nil, err
		}
		all = append(all, contents)
	}
	return all, nil
}

func (c *command) readFile(name string) ([]byte, error) {
	if name == stdin {
		return io.ReadAll(c.io.In)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err // names the file
	}
	return text, nil
}

// progress shows what is done in the last line of a terminal; "" removes it.
func (c *command) progress(what string) {
	if !c.io.ErrTerminal {
		return
	}
	if what != "" {
		what += " …"
	}
	_, _ = fmt.Fprintf(c.io.Err, "\r\033[K%s", what)
}
