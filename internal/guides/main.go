// Command guides writes the Registry's guide of each platform and of distributions from their data, the guides on conflicts and
// on facts of the clouds, and the references of rules and messages. Run it from the root of the module; with -check it writes
// nothing and fails where a guide is out of date.
//
// A guide holds no figure of its own: what is not in internal/profile/data is not in the guide.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// folder is where tfplugindocs looks for guides. It executes files that end in .tmpl as templates,
// so that a guide can show the files of an example.
const folder = "templates/guides"

func main() {
	check := flag.Bool("check", false, "write nothing, fail where a guide is out of date")
	flag.Parse()
	if err := run(profile.Default(), os.DirFS("."), *check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes the guides that differ. With check, it returns an error that names them instead. root is the root of the module.
func run(catalog *profile.Catalog, root fs.FS, check bool) error {
	want, err := Pages(catalog, root)
	if err != nil {
		return err
	}
	stale, err := outdated(root, want)
	if err != nil {
		return err
	}
	var faults []error
	for _, name := range stale {
		page, wanted := want[name]
		switch {
		case check:
			faults = append(faults, fmt.Errorf("%s is not what the data and the rules say, see make docs", name))
		case wanted:
			faults = append(faults, os.WriteFile(filepath.FromSlash(name), page, 0o644))
		default:
			faults = append(faults, os.Remove(filepath.FromSlash(name)))
		}
	}
	return errors.Join(faults...)
}

// Pages are the guides of all platforms and distributions, the guides on conflicts and facts, and the references of rules and messages, by
// file.
func Pages(catalog *profile.Catalog, root fs.FS) (map[string][]byte, error) {
	pages := map[string][]byte{}
	for _, platform := range slices.Concat(catalog.Platforms(), catalog.Distributions()) {
		page, err := Page(catalog, platform)
		if err != nil {
			return nil, fmt.Errorf("guide of %s: %w", platform, err)
		}
		pages[fileOf(platform)] = page
	}
	for file, write := range map[string]func() ([]byte, error){
		conflictsFile: func() ([]byte, error) { return ConflictsPage(root) },
		rulesFile:     func() ([]byte, error) { return RulesPage(catalog, root) },
		messagesFile:  MessagesPage,
		factsFile:     func() ([]byte, error) { return FactsPage(clouds.Default()) },
	} {
		page, err := write()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		pages[file] = page
	}
	return pages, nil
}

func fileOf(platform string) string { return folder + "/platform-" + platform + ".md.tmpl" }

// outdated are the files that differ from the pages, are missing, or belong to a platform that no longer exists.
func outdated(root fs.FS, want map[string][]byte) ([]string, error) {
	there, err := fs.Glob(root, fileOf("*"))
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(want))
	for _, name := range there {
		if _, ok := want[name]; !ok {
			names = append(names, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		page, wanted := want[name]
		written, err := fs.ReadFile(root, name)
		return wanted && err == nil && bytes.Equal(page, written)
	}), nil
}
