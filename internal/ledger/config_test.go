package ledger_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestTLSIsVerifiedByDefault connects to servers with and without TLS, whose certificate nobody has signed.
func TestTLSIsVerifiedByDefault(t *testing.T) {
	s, root := ledgertest.StartTLS(t, "127.0.0.1", time.Hour)
	d := s.New(t)
	other, otherRoot := ledgertest.StartTLS(t, "another.example", time.Hour)
	plain := ledgertest.Start(t, "listen_addresses=127.0.0.1", "port="+ledgertest.FreePort(t))
	at := func(s *ledgertest.Server) string { return s.Address("127.0.0.1") }
	for _, c := range []struct {
		name, conn, mode string // mode is PGSSLMODE
		refused          string // a part of the error; "" is none
	}{
		{"nobody knows who signed the certificate", at(s), "", "certificate"},
		{"the root is known", at(s) + " sslrootcert=" + root, "", ""},
		{"a URL", s.URL("127.0.0.1"), "", "certificate"},
		{"a URL with another argument", s.URL("127.0.0.1") + "?application_name=x", "", "certificate"},
		{"a URL whose password has a question mark", strings.Replace(s.URL("127.0.0.1"), "@", ":pass?word@", 1), "", "certificate"},
		{"a URL whose password ends in a question mark", strings.Replace(s.URL("127.0.0.1"), "@", ":pass?@", 1), "", "certificate"},
		{"a URL of settings alone", fmt.Sprintf("postgres://?host=127.0.0.1&port=%d&user=%s", s.Port, s.User), "", "certificate"},
		{"a password that looks like a setting", at(s) + " password='a sslmode=disable'", "", "certificate"},
		{"a URL that permits it", s.URL("127.0.0.1") + "?ssl=true", "", ""},
		{"a URL with the root", s.URL("127.0.0.1") + "?sslrootcert=" + root, "", ""},
		{"the certificate is for another host", at(other) + " sslrootcert=" + otherRoot, "", "certificate"},
		{"the server has no TLS", at(plain), "", "TLS"},
		{"without TLS, as the connection string says", at(plain) + " sslmode=disable", "", ""},
		{"without verification, as the connection string says", at(s) + " sslmode = 'require'", "", ""},
		{"a URL that says so", s.URL("127.0.0.1") + "?sslmode=require", "", ""},
		{"as the environment says", at(s), "require", ""},
		{"the connection string goes before the environment", at(s) + " sslmode=verify-full", "require", "certificate"},
		{"a Unix socket needs no TLS", d.ConnString, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PGSSLMODE", c.mode)
			l, err := ledger.Open(ledger.Config{ConnString: c.conn, Schema: d.Schema})
			if err != nil {
				t.Fatal(err)
			}
			_, err = l.Ask(t.Context(), ledger.Question{Planner: shop})
			var none ledger.NoLedger // where the connection is made, to a server without one
			var unavailable ledger.Unavailable
			switch {
			case c.refused == "" && err != nil && !errors.As(err, &none):
				t.Errorf("error = %v", err)
			case c.refused != "" && (!errors.As(err, &unavailable) || !strings.Contains(err.Error(), c.refused)):
				t.Errorf("error = %v, want Unavailable because of %q", err, c.refused)
			}
		})
	}
}

// TestTLSIsAsAServiceFileSays: a file of connections by name has settings as well, which the default does not replace.
func TestTLSIsAsAServiceFileSays(t *testing.T) {
	s, _ := ledgertest.StartTLS(t, "127.0.0.1", time.Hour)
	plain := ledgertest.Start(t, "listen_addresses=127.0.0.1", "port="+ledgertest.FreePort(t))
	file := filepath.Join(t.TempDir(), "pg_service.conf")
	if err := os.WriteFile(file, []byte("[unverified]\nsslmode=require\n[plain]\nsslmode=disable\n[silent]\nuser=x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PGSERVICEFILE", file)
	twice := func(s *ledgertest.Server) string {
		return fmt.Sprintf("host=127.0.0.1,127.0.0.1 port=%d,%d user=%s dbname=postgres", s.Port, s.Port, s.User)
	}
	for _, c := range []struct{ conn, refused string }{
		{s.Address("127.0.0.1") + " service=unverified", ""},
		{twice(s) + " service=unverified", ""},
		{plain.Address("127.0.0.1") + " service=plain", ""},
		{twice(plain) + " service=plain", ""},
		{s.Address("127.0.0.1") + " service=silent", "certificate"},
		{twice(plain) + " service=silent", "TLS"},
	} {
		l, err := ledger.Open(ledger.Config{ConnString: c.conn, Schema: "none"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Ask(t.Context(), ledger.Question{Planner: shop})
		var none ledger.NoLedger // where the connection is made
		if c.refused == "" && !errors.As(err, &none) || c.refused != "" && !strings.Contains(fmt.Sprint(err), c.refused) {
			t.Errorf("%s: error = %v, want %q", c.conn, err, c.refused)
		}
	}
}

// TestDefaultsLeavePasswordsAlone: a default becomes the first setting of a connection string, and no part of a password.
func TestDefaultsLeavePasswordsAlone(t *testing.T) {
	for conn, want := range map[string]string{
		"":                               "a=b ",
		"host=db":                        "a=b host=db",
		"postgres://u:p@db/x":            "postgres://u:p@db/x?a=b",
		"postgres://u:p@db/x?c=d":        "postgres://u:p@db/x?a=b&c=d",
		"postgresql://u:p?@db/x":         "postgresql://u:p?@db/x?a=b",
		"postgres://u:p?c=d@db/x?e=f":    "postgres://u:p?c=d@db/x?a=b&e=f",
		"postgres://db/x?password=p@q?r": "postgres://db/x?a=b&password=p@q?r",
		"postgres://u:p/q@db/x?c=d":      "postgres://u:p/q@db/x?a=b&c=d",
		"postgres://?host=db":            "postgres://?a=b&host=db",
	} {
		if got := ledger.WithDefault(conn, "a=b"); got != want {
			t.Errorf("%s: got %s, want %s", conn, got, want)
		}
	}
}

func TestAConfigurationThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]ledger.Config{
		"a port that is none":          {ConnString: "port=abc", Schema: "cidrplan"},
		"a URL that is none":           {ConnString: "postgres://a b", Schema: "cidrplan"},
		"a root that is no file":       {ConnString: "host=127.0.0.1 sslrootcert=/no/such/file", Schema: "cidrplan"},
		"no schema":                    {},
		"a schema longer than a name":  {Schema: strings.Repeat("a", 64)},
		"a schema with a zero byte":    {Schema: "a\x00b"},
		"a schema of the system":       {Schema: "pg_ledger"},
		"a schema of the standard":     {Schema: "information_schema"},
		"the schema of each role":      {Schema: "$user"},
		"a password with a slash":      {ConnString: "postgres://u:1/hunter2@host/db", Schema: "cidrplan"},
		"a password with an @":         {ConnString: "postgresql://u:hun@hunter2/x@host/db", Schema: "cidrplan"},
		"a user with an @":             {ConnString: "postgres://u@x@host/db?sslmode=require", Schema: "cidrplan"},
		"a connection with a password": {ConnString: "postgres://u:hunter2@host:port/db", Schema: "cidrplan"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ledger.Open(c)
			var bad ledger.BadConfig
			if !errors.As(err, &bad) {
				t.Errorf("error = %v, want BadConfig", err)
			}
			if err != nil && strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error has the password: %v", err)
			}
		})
	}
}

func TestASchemaMayBeAsLongAsANameOfTheDatabase(t *testing.T) {
	longest := strings.Repeat("a", 63)
	if l, err := ledger.Open(ledger.Config{ConnString: "host=/tmp user=x", Schema: longest}); err != nil || l.Schema() != longest {
		t.Errorf("got %v", err)
	}
}

// TestTheEnvironmentBoundsHowLongAConnectionTakes connects to what accepts connections and never answers.
func TestTheEnvironmentBoundsHowLongAConnectionTakes(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }() // nothing is written to it
	t.Setenv("PGCONNECT_TIMEOUT", "1")
	_, port, _ := net.SplitHostPort(silent.Addr().String())
	l, err := ledger.Open(ledger.Config{ConnString: "host=127.0.0.1 port=" + port + " user=x sslmode=disable", Schema: "cidrplan"})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	var unavailable ledger.Unavailable
	if _, err = l.Ask(t.Context(), ledger.Question{Planner: shop}); !errors.As(err, &unavailable) {
		t.Errorf("error = %v, want Unavailable", err)
	}
	if took := time.Since(began); took > 8*time.Second { // the default is 10 seconds
		t.Errorf("it took %s", took)
	}
}

// TestPartsOfAConnectionAreNotShown: where a connection string cannot be read, each part of it can be of the password.
func TestPartsOfAConnectionAreNotShown(t *testing.T) {
	for _, conn := range []string{
		"hunter2", "host=db hunter2", "password='hunter2", "password='hunt hunter2", "password = x hunter2",
		"postgres://u:hunter2@host:port/db", "postgres://u:hunter2%zz@host/db", "postgres://u%zz:hunter2@host/db",
		"postgres://u:x/y?hunter2@host/db", "postgres://u:hunter2/x@host/db", "postgres://host/hunter2%zz", "POSTGRES://u:hunter2@host/db",
		"postgres://host/db?hunter2%zz=1", "postgres://host/db?x=hunter2%zz", `postgres://host/db?hun"hunter2`,
	} {
		_, err := ledger.Open(ledger.Config{ConnString: conn, Schema: "cidrplan"})
		var bad ledger.BadConfig
		if !errors.As(err, &bad) || bad.Environment {
			t.Errorf("%s: error = %v, want BadConfig", conn, err)
			continue
		}
		for _, secret := range []string{"hunter2", "connect_timeout"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error has %s: %v", conn, secret, err)
			}
		}
	}
}

func TestTheEnvironmentIsAtFault(t *testing.T) {
	t.Setenv("PGPORT", "abc")
	_, err := ledger.Open(ledger.Config{Schema: "cidrplan"})
	var bad ledger.BadConfig
	if !errors.As(err, &bad) || !bad.Environment || bad.Error() != "invalid port" {
		t.Errorf("error = %#v, want that of the environment", err)
	}
}

func TestTheEnvironmentSaysWhereTheDatabaseIs(t *testing.T) {
	d := ledgertest.New(t)
	t.Setenv("PGHOST", d.Server.Directory)
	t.Setenv("PGUSER", d.Server.User)
	t.Setenv("PGDATABASE", "postgres")
	l, err := ledger.Open(ledger.Config{Schema: d.Schema})
	if err != nil {
		t.Fatal(err)
	}
	plan(t, l, shop, pod("web", "10.0.0.0/20"))
}

func TestADatabaseWithoutALedgerOrWithAnotherVersion(t *testing.T) {
	d := ledgertest.New(t)
	l, err := ledger.Open(ledger.Config{ConnString: d.ConnString, Schema: "no such schema"})
	if err != nil {
		t.Fatal(err)
	}
	var none ledger.NoLedger
	if _, err := tryPlan(t.Context(), l, shop); !errors.As(err, &none) || none.Schema != "no such schema" {
		t.Errorf("error = %v, want NoLedger", err)
	}
	for have, sql := range map[int64]string{
		ledger.Version() + 1: `INSERT INTO migration (version_id, is_applied) SELECT max(version_id) + 1, true FROM migration`,
		ledger.Version() - 1: `DELETE FROM migration WHERE version_id = (SELECT max(version_id) FROM migration)`,
	} {
		other := ledgertest.New(t)
		other.Exec(t, sql)
		var version ledger.OtherVersion
		if _, err := tryPlan(t.Context(), other.Ledger, shop); !errors.As(err, &version) || version.Have != have {
			t.Errorf("error = %v, want OtherVersion %d", err, have)
		}
		if err := other.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "t"}); !errors.As(err, &version) {
			t.Errorf("apply: %v, want OtherVersion", err)
		}
	}
}
