package ledgertest

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// fresh makes the data of a new server. initdb takes longer than many tests, so it runs once for a version, and its data are copied.
func fresh(s *Server, data string) ([]byte, error) {
	prepared, out, err := preparedData(s)
	if err != nil {
		return out, err
	}
	return s.command("cp", "-R", prepared, data).CombinedOutput()
}

// preparedData is the folder with the data that initdb has made, in a cache outside of the repository. Where it is missing, it makes them.
func preparedData(s *Server) (folder string, out []byte, err error) {
	initdb := filepath.Join(s.bin, "initdb")
	args := []string{"-A", "trust", "-U", s.User, "-E", "UTF8", "--no-locale", "--no-sync", "-D"}
	version, err := exec.Command(initdb, "--version").Output()
	if err != nil {
		return "", nil, err
	}
	cache, err := cacheFolder()
	if err != nil {
		return "", nil, err
	}
	user, err := serverUser()
	if err != nil {
		return "", nil, err
	}
	key := sha256.Sum256(fmt.Append(nil, initdb, string(version), args, user))
	kept := filepath.Join(cache, fmt.Sprintf("postgresql-data-%x", key[:8]))
	folder = filepath.Join(kept, "data")
	if _, err := os.Stat(kept); err == nil {
		return folder, nil, nil
	}
	// A temporary name until they are whole: what an interrupted initdb leaves must not look like data.
	partial, err := os.MkdirTemp(cache, ".postgresql-data-")
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = os.RemoveAll(partial) }()
	if err := own(partial); err != nil {
		return "", nil, err
	}
	if out, err := s.command(initdb, append(args, filepath.Join(partial, "data"))...).CombinedOutput(); err != nil {
		return "", out, err
	}
	if err := os.Rename(partial, kept); err != nil && !errors.Is(err, fs.ErrExist) { // another process was quicker
		return "", nil, err
	}
	return folder, nil, nil
}

// cacheFolder is where data are kept. Where root runs the tests, it is none in a home directory, which the user of the servers cannot read.
func cacheFolder() (string, error) {
	cache, err := "/var/cache", error(nil)
	if os.Getuid() != 0 {
		cache, err = os.UserCacheDir()
	}
	if err != nil {
		return "", err
	}
	cache = filepath.Join(cache, "terraform-provider-cidrplan")
	return cache, os.MkdirAll(cache, 0o755) //nolint:gosec // the user of the servers reads it
}
