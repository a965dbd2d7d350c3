package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// OldestServer is the oldest major version of PostgreSQL in which a ledger can be. Since it, the owner of a database can create btree_gist.
const OldestServer = 13

// OldServer is a server that is older than OldestServer. Version is the one that it reports.
type OldServer struct{ Version string }

func (e OldServer) Error() string {
	return fmt.Sprintf("the server has version %s, the ledger needs %d", e.Version, OldestServer)
}

// checkServer refuses a version of a server such as "12.22 (Debian 12.22-1)". It accepts one that begins with no number.
func checkServer(version string) error {
	digits := version[:len(version)-len(strings.TrimLeft(version, "0123456789"))]
	major, err := strconv.Atoi(digits)
	if err == nil && major < OldestServer {
		return OldServer{Version: version}
	}
	return nil
}
