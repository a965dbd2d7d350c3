package cli

// Colours of a terminal, as the numbers of ECMA-48.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	bold   = "1"
)

// paint is a text in a colour where a person reads it in a terminal.
func (c *command) paint(color, text string, terminal bool) string {
	if !terminal || c.io.NoColor {
		return text
	}
	return "\033[" + color + "m" + text + "\033[0m"
}
