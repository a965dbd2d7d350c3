package cli

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// SARIF 2.1.0, as far as it is written.
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string     `json:"id"`
		ShortDescription *sarifText `json:"shortDescription,omitempty"`
		FullDescription  *sarifText `json:"fullDescription,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations,omitempty"`
		RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		ID       *int           `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
)

// sarifLevels are the levels of SARIF.
var sarifLevels = map[string]string{"error": "error", "warn": "warning", messages.Note: "note"}

// writeSARIF writes a report for code scanning. The key of a finding is its fingerprint, so that the same conflict stays one alert.
func (c *command) writeSARIF(out io.Writer, r report) error {
	driver := sarifDriver{
		Name: "cidrplan", Version: c.version, InformationURI: "https://github.com/cidrplan/terraform-provider-cidrplan",
		Rules: []sarifRule{},
	}
	var names []string
	for _, f := range r.Findings {
		if !slices.Contains(names, f.Rule) {
			names = append(names, f.Rule)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		rule := sarifRule{ID: name}
		if known, is := rules.Find(name, c.writer.Catalog); is && known.Title != "" {
			rule.ShortDescription, rule.FullDescription = &sarifText{known.Title}, &sarifText{known.Broken}
		}
		driver.Rules = append(driver.Rules, rule)
	}
	run := sarifRun{Tool: sarifTool{driver}, Results: []sarifResult{}}
	for _, f := range r.Findings {
		result := sarifResult{
			RuleID: f.Rule, RuleIndex: slices.Index(names, f.Rule), Level: sarifLevels[f.Level],
			Message: sarifText{f.Title + "\n\n" + f.Text}, Locations: []sarifLocation{f.First.location(r.Files)},
			PartialFingerprints: map[string]string{"cidrplanKey/v1": f.Key},
		}
		if f.Second != nil {
			related := f.Second.location(r.Files)
			related.ID, related.Message = new(int), &sarifText{strings.TrimSpace(f.Second.Kind + " " + f.Second.CIDR)}
			result.RelatedLocations = append(result.RelatedLocations, related)
		}
		run.Results = append(run.Results, result)
	}
	return encode(out, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// uri is the name of a file as a reference relative to where the command ran, or as a URI if the name is absolute.
func uri(file string) string {
	u := url.URL{Path: filepath.ToSlash(file)}
	if filepath.IsAbs(file) {
		u.Scheme, u.Path = "file", "/"+strings.TrimPrefix(u.Path, "/")
	}
	return u.String()
}

// location is the file that has the resource of a party, or the first one. States have no lines that mean anything.
func (p party) location(files []string) sarifLocation {
	file := p.File
	if file == "" {
		file = files[0]
	}
	location := sarifLocation{Physical: &sarifPhysical{sarifArtifact{uri(file)}, sarifRegion{1}}}
	if p.Address != "" {
		location.Logical = []sarifLogical{{p.Address, "resource"}}
	}
	return location
}
