package ledger

import (
	"errors"
	"os"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// verifyFull and connectTimeout are defaults: what a connection string or the environment says has priority.
const verifyFull, connectTimeout = "sslmode=verify-full", "connect_timeout=10"

// parse reads a connection string. The default of TLS is verify-full; the library would accept a server without TLS. Of a password that has
// an @, the library would read a part as host and database, which errors show.
func parse(s string) (*pgx.ConnConfig, error) {
	if u, is := dividedURL(s); is && strings.Contains(u.server, "@") {
		return nil, errors.New("the URL has an @ in its host or database; a password has %40 instead")
	}
	if os.Getenv("PGCONNECT_TIMEOUT") == "" {
		s = withDefault(s, connectTimeout)
	}
	conn, err := pgx.ParseConfig(s)
	if err != nil || os.Getenv("PGSSLMODE") != "" || !opportunistic(conn.Config) {
		return conn, err
	}
	return pgx.ParseConfig(withDefault(s, verifyFull))
}

// opportunistic says whether a connection without TLS is tried beside one with it.
func opportunistic(c pgconn.Config) bool {
	with, without := c.TLSConfig != nil, c.TLSConfig == nil && !isSocket(c.Host)
	for _, f := range c.Fallbacks {
		with = with || f.TLSConfig != nil
		without = without || f.TLSConfig == nil && !isSocket(f.Host)
	}
	return with && without
}

func isSocket(host string) bool { return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") }

// withDefault puts a setting before the other settings of a connection string. Of two settings of one name, the library uses the last.
func withDefault(s, setting string) string {
	u, isURL := dividedURL(s)
	switch {
	case !isURL:
		return setting + " " + s
	case u.settings == "":
		return u.user + u.server + "?" + setting
	}
	return u.user + u.server + "?" + setting + "&" + u.settings
}

// connectionURL is a URL of a connection: scheme and user with the @, host and database, and what follows the question mark.
type connectionURL struct{ user, server, settings string }

// dividedURL divides a URL as the library does: user and password end at the first @ before a slash, so a password can contain a
// question mark.
func dividedURL(s string) (u connectionURL, isURL bool) {
	for _, scheme := range []string{"postgres://", "postgresql://"} {
		rest, found := strings.CutPrefix(s, scheme)
		if !found {
			continue
		}
		if user, behind, has := strings.Cut(rest, "@"); has && !strings.Contains(user, "/") {
			scheme, rest = scheme+user+"@", behind
		}
		u.user = scheme
		u.server, u.settings, _ = strings.Cut(rest, "?")
		return u, true
	}
	return u, false
}

// quoted is a part of a connection string in an error of the library.
var quoted = regexp.MustCompile(`(:| after) ".*"`)

// shown is the beginning of an error of the library, up to the string that it shows.
var shown = regexp.MustCompile("(?s)^.*`: ")

// reason is what is wrong with a connection string, without any part of the string: in a string that cannot be read, it is not known which
// part is the password.
func reason(err error) error {
	return errors.New(quoted.ReplaceAllString(shown.ReplaceAllString(err.Error(), ""), ""))
}
