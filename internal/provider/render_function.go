package provider

import (
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/addressmap"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// renderFunction writes claims as the register that a network team keeps, and draws them as a map.
type renderFunction struct{ writer messages.Writer }

func newRenderFunction(p messages.Writer) *renderFunction { return &renderFunction{writer: p} }

func (r *renderFunction) Definition() *tfprotov6.Function {
	claims := parameter(
		"claims",
		tftypes.DynamicPseudoType,
		"A whole `cidrplan_allocator` or `cidrplan_blocks`, such as `cidrplan_allocator.k8s`; or a map of claims by any key: the result "+
			"of the function `claims`, merged results of several calls, "+
			"or entries of your own, which require `owner` and `cidr`.",
	)
	claims.AllowUnknownValues = true
	format := parameter(
		"format",
		tftypes.String,
		"Format of the text: "+values.Choice(renderFormats)+". The last three draw an address map: `svg` a picture, `html` a page that "+
			"finds addresses and filters by network and owner, `text` a map for a terminal or a pull request. "+
			"`csv` can be opened in a spreadsheet: it is quoted as in RFC 4180, with line feeds. A file with non-ASCII characters "+
			"begins with a byte order mark, so that Excel recognizes UTF-8. "+
			"`netbox` has the columns of the prefix import of NetBox up to version 4.1, `netbox-scope` those of version 4.5.5 and "+
			"later. Both list supernets as containers and have no rows for free ranges, because NetBox computes free space itself and "+
			"counts each row as used. In all formats except `json`, control characters are escaped and texts longer than 2,000 "+
			"characters are cut, in maps those longer than 200. In `csv` and the NetBox formats, a text that a spreadsheet would treat "+
			"as a formula is prefixed with `'`.",
	)
	definition := defined(
		"Write an address register, or draw an address map",
		"Writes the claims of allocators and blocks as an address register: one row for each range in use, and one row for each free "+
			"range in the supernets. Rows are sorted by VRF and address and depend only on the claims, so `git diff` of the file shows "+
			"what changed. It also draws the same ranges as an address map, for a whole resource with its networks, routes and conflicts.",
		tftypes.String,
		claims,
		format,
	)
	definition.VariadicParameter = parameter(
		"language", tftypes.String,
		"Language of headings and kinds in `csv`, `markdown` and the maps: "+values.Choice(register.Languages)+". Defaults to `en`.",
	)
	return definition
}

func (r *renderFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none, format, languages := tftypes.Value{}, values.TextOf(arguments[1]), arguments[2:]
	language := register.Languages[0]
	if len(languages) > 0 {
		language = values.TextOf(languages[0])
	}
	if fault := wrongWords(format, language, len(languages)); fault != nil {
		return none, fault
	}
	write := r.registered
	if slices.Contains(addressmap.Formats, format) {
		write = r.drawn
	}
	text, err := write(arguments[0], format, language)
	if err != nil {
		return none, argumentError(0, err.Error())
	}
	return text, nil
}

// renderFormats are all formats: those of a register, then those of a map.
var renderFormats = slices.Concat(register.Formats, addressmap.Formats)

// registered is the register of claims, or of a resource that is given as a whole.
func (r *renderFunction) registered(given tftypes.Value, format, language string) (tftypes.Value, error) {
	all, known, err := r.read(given)
	switch {
	case err != nil:
		return tftypes.Value{}, err
	case !known:
		return values.Unknown(tftypes.String), nil
	}
	return tftypes.NewValue(tftypes.String, register.Render(all, format, language)), nil
}

// read reads the claims that are given, or those of a resource. known says that they are known.
func (r *renderFunction) read(given tftypes.Value) (all map[string]topology.Foreign, known bool, err error) {
	claims, err := r.claims(given)
	if err != nil || !claims.IsFullyKnown() {
		return nil, false, err
	}
	all, faults := readClaims(claims)
	if len(faults) > 0 {
		return nil, false, errors.New(messages.ErrorText(r.writer.FaultMessages(faults)))
	}
	return all, true, nil
}

// wrongWords is the error of a format or language that there is not, nil where both are right.
func wrongWords(format, language string, languages int) *tfprotov6.FunctionError {
	switch {
	case languages > 1:
		return argumentError(3, messages.SecondLanguage)
	case !slices.Contains(renderFormats, format):
		return argumentError(1, "format = "+messages.NotAmong(format, renderFormats))
	case !slices.Contains(register.Languages, language):
		return argumentError(2, messages.NotALanguage(language, register.Languages, chinese[strings.ToLower(language)]))
	}
	return nil
}

// claims are the claims that are given as such, or those of a resource that is given as a whole.
func (r *renderFunction) claims(given tftypes.Value) (tftypes.Value, error) {
	if _, is := plannerOf(r.writer, given); is {
		v, err := readResourceArgument(r.writer, given, messages.AnyPlanner)
		if err != nil {
			return given, err
		}
		return newClaimsFunction(r.writer).of(v), nil
	}
	if !isMapOfClaims(r.writer, given) {
		return given, notAPlanner(r.writer, given, messages.AnyPlannerOrClaims)
	}
	c := &values.Conformer{}
	conformed := c.Field(topology.Path{}.Attr("claims"), given, foreignField, foreignField.Type())
	if faults := slices.Concat(c.Faults, c.Unused); len(faults) > 0 { // a function has no place for warnings
		return given, errors.New(messages.ErrorText(r.writer.FaultMessages(faults)))
	}
	return conformed, nil
}

// isMapOfClaims says whether a value is a map or may be one, and no map of resources.
func isMapOfClaims(p messages.Writer, v tftypes.Value) bool {
	if kind := values.KindOf(v); kind != topology.ObjectType && (kind != topology.OtherType || v.IsKnown()) {
		return false
	}
	for _, element := range values.AttributesOf(v) {
		if _, is := plannerOf(p, element); is {
			return false
		}
	}
	return true
}

// chinese are other names of the language zh.
var chinese = map[string]bool{"cn": true, "zh-cn": true, "zh_cn": true, "zh-hans": true, "chinese": true, "中文": true}

// readClaims reads claims by any key; faults are what is wrong with them.
func readClaims(v tftypes.Value) (map[string]topology.Foreign, []topology.Fault) {
	r := &values.Reader{}
	claims := values.Each(r.Attributes(map[string]tftypes.Value{"claims": v}, nil), "claims", readForeign)
	faults := r.Faults
	for key, c := range claims {
		faults = append(faults, topology.CheckForeign(topology.Path{}.Attr("claims").Key(key), c)...)
	}
	return claims, faults
}
