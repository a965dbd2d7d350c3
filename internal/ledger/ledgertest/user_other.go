//go:build !unix

package ledgertest

import "os/exec"

func own(string) error { return nil }

func (s *Server) command(name string, args ...string) *exec.Cmd { return exec.Command(name, args...) }

func serverUser() (uint32, error) { return 0, nil }
