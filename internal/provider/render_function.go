package provider

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// renderFunction writes claims as the register that a network team keeps.
type renderFunction struct{ prose prose }

func newRenderFunction(p prose) *renderFunction { return &renderFunction{prose: p} }

func (r *renderFunction) Definition() *tfprotov6.Function {
	claims := parameter(
		"claims",
		tftypes.DynamicPseudoType,
		"A `cidrplan_allocator` or a `cidrplan_blocks` as a whole, such as `cidrplan_allocator.k8s`; or claims by any key: the result of `claims`, the results of several together, "+
			"and entries of your own, of which `owner` and `cidr` are needed.",
	)
	claims.AllowUnknownValues = true
	format := parameter(
		"format",
		tftypes.String,
		"What is written: "+choice(
			register.Formats,
		)+". `csv` imports into a spreadsheet as it is: quoted as RFC 4180 has it, with line feeds; a file with more than ASCII begins with a byte order mark, by which Excel knows UTF-8. "+
			"`netbox` has the columns of NetBox's import of prefixes up to version 4.1, and `netbox-scope` those from 4.5.5 on. Both have supernets as containers and no free rows, since NetBox shows free space by itself and a row would make it used. "+
			"In all formats but `json`, control characters are escaped and texts of more than 2,000 characters are cut; in `csv` and `netbox`, a text that a spreadsheet would take for a formula gets a `'` in front.",
	)
	definition := defined(
		"Write claims as an address register",
		"Writes the claims of allocators and blocks as the register that a network team keeps: a row for each range in use, and one for each free range of the supernets between. "+
			"Rows are sorted by VRF and address and depend on nothing but the claims, so that `git diff` of the file is the change request.",
		tftypes.String,
		claims,
		format,
	)
	definition.VariadicParameter = parameter(
		"language", tftypes.String,
		"Language of headings and kinds in `csv` and `markdown`: "+choice(register.Languages)+". Defaults to `en`.",
	)
	return definition
}

func (r *renderFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none, format, languages := tftypes.Value{}, textOf(arguments[1]), arguments[2:]
	language := register.Languages[0]
	if len(languages) > 0 {
		language = textOf(languages[0])
	}
	if fault := wrongWords(format, language, len(languages)); fault != nil {
		return none, fault
	}
	claims, err := r.claims(arguments[0])
	if err != nil {
		return none, argumentError(0, err.Error())
	}
	if !claims.IsFullyKnown() {
		return late(tftypes.String), nil
	}
	all, faults := readClaims(claims)
	if len(faults) > 0 {
		return none, argumentError(0, errorText(r.prose.faultMessages(faults)))
	}
	return tftypes.NewValue(tftypes.String, register.Render(all, format, language)), nil
}

// wrongWords is the error of a format or language that there is not, nil where both are right.
func wrongWords(format, language string, languages int) *tfprotov6.FunctionError {
	switch {
	case languages > 1:
		return argumentError(3, "one language is enough")
	case !slices.Contains(register.Formats, format):
		return notOneOf(1, "format", format, register.Formats)
	case !slices.Contains(register.Languages, language) && chinese[strings.ToLower(language)]:
		return argumentError(2, fmt.Sprintf("language = %s is not one of en, zh. Chinese is \"zh\"", shown(language)))
	case !slices.Contains(register.Languages, language):
		return notOneOf(2, "language", language, register.Languages)
	}
	return nil
}

// claims are the claims that are given as such, or those of a resource that is given as a whole.
func (r *renderFunction) claims(given tftypes.Value) (tftypes.Value, error) {
	if _, is := r.prose.plannerOf(given); is {
		v, err := r.prose.view(given, anyPlanner)
		if err != nil {
			return given, err
		}
		return newClaimsFunction(r.prose).of(v), nil
	}
	c := &conformer{}
	conformed := c.field(nil, given, foreignField, foreignField.typ())
	if faults := slices.Concat(c.faults, c.unused); len(faults) > 0 { // a function has no place for warnings
		return given, errors.New(errorText(r.prose.faultMessages(faults)))
	}
	return conformed, nil
}

// chinese are other names of the language zh.
var chinese = map[string]bool{"cn": true, "zh-cn": true, "zh_cn": true, "zh-hans": true, "chinese": true, "中文": true}

// notOneOf is the error of an argument that has to be one of a few words.
func notOneOf(position int64, argument, value string, allowed []string) *tfprotov6.FunctionError {
	return argumentError(position, argument+" = "+notAmong(value, allowed))
}

// readClaims reads claims by any key; faults are what is wrong with them.
func readClaims(v tftypes.Value) (map[string]topology.Foreign, []topology.Fault) {
	r := &reader{}
	claims := each(r.attributes(map[string]tftypes.Value{"claims": v}, nil), "claims", readForeign)
	faults := r.faults
	for key, c := range claims {
		faults = append(faults, topology.CheckForeign(topology.Path{}.Attr("claims").Key(key), c)...)
	}
	return claims, faults
}
