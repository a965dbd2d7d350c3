package addressmap

// Formats are those of Render.
var Formats = []string{"svg", "html", "text"}

// Render draws a picture in one of Formats, with texts in one of Languages. It is the same text for the same picture.
func Render(p Picture, format, language string) string {
	w := wordsOf(language)
	switch format {
	case "html":
		return writeHTML(w, p)
	case "svg":
		return writeSVG(w, p)
	default:
		return writeText(w, p)
	}
}
