-- Four roles of the ledger in schema {schema}. Run it as the role that made the ledger, as a member of that role, or as a superuser; it may be
-- run again, and is to be run after each migration. Give a role to a login with: GRANT {planner} TO ci_plan;
--
-- {reader} reads. {planner} also holds ranges in plans. {allocator} also applies and releases. {admin} owns the ledger: it migrates,
-- and may change everything.
{begin}
DO $roles$
DECLARE
	role text;
	maker text;
BEGIN
	SELECT pg_get_userbyid(nspowner) INTO maker FROM pg_namespace WHERE nspname = {schema_text};
	IF maker IS NULL THEN
		RAISE EXCEPTION 'the database % has no schema %: create the ledger first', current_database(), {schema_text};
	ELSIF NOT pg_has_role(maker, 'USAGE') THEN
		RAISE EXCEPTION 'role % is no member of role %, which made the ledger: GRANT % TO %', current_user, maker,
			quote_ident(maker), quote_ident(current_user);
	END IF;
	FOREACH role IN ARRAY ARRAY[{reader_text}, {planner_text}, {allocator_text}, {admin_text}] LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
			BEGIN
				EXECUTE format('CREATE ROLE %I NOLOGIN', role);
			EXCEPTION WHEN duplicate_object OR unique_violation THEN
				NULL; -- another database of the server has made it since
			END;
		END IF;
	END LOOP;
	IF maker NOT IN ({admin_text}, current_user) THEN
		EXECUTE format('GRANT %I TO %I', {admin_text}, maker); -- what it made gets another owner below
	END IF;
END
$roles$;

-- A restored backup may have lost it.
REVOKE ALL ON SCHEMA {schema} FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC;

GRANT {reader} TO {planner};
GRANT {planner} TO {allocator};
GRANT {admin} TO CURRENT_USER;

GRANT USAGE ON SCHEMA {schema} TO {reader};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {reader};
GRANT EXECUTE ON FUNCTION {schema}.addresses_of(cidr) TO {reader};
GRANT EXECUTE ON FUNCTION {schema}.lock_ledger_shared() TO {reader};
GRANT EXECUTE ON FUNCTION {schema}.heeds_delegation(text, text) TO {reader};
GRANT EXECUTE ON FUNCTION {schema}.lock_ledger() TO {planner};
GRANT EXECUTE ON FUNCTION {schema}.hold(text, text, boolean, jsonb) TO {planner};
GRANT EXECUTE ON FUNCTION {schema}.apply(text, text, bigint, bigint, text, jsonb) TO {allocator};
GRANT EXECUTE ON FUNCTION {schema}.release(text, text, text, interval) TO {allocator};

-- The functions run with the rights of their owner, so that is to be a role that may do nothing else.
DO $roles$
DECLARE
	object record;
BEGIN
	FOR object IN
		SELECT 1 AS step, format('ALTER SCHEMA %I OWNER TO ', nspname) AS change FROM pg_namespace WHERE nspname = {schema_text}
		UNION ALL
		SELECT 2, format('ALTER TABLE %s OWNER TO ', c.oid::regclass)
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = {schema_text} AND c.relkind IN ('r', 'p', 'v')
		UNION ALL
		SELECT 2, format('ALTER FUNCTION %s OWNER TO ', p.oid::regprocedure)
			FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = {schema_text}
				AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
		UNION ALL
		SELECT 2, format('ALTER TYPE %s OWNER TO ', t.oid::regtype)
			FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
			WHERE n.nspname = {schema_text} AND c.relkind = 'c'
		ORDER BY 1
	LOOP
		EXECUTE object.change || quote_ident({admin_text});
	END LOOP;
END
$roles$;
{commit}