-- Nobody but the owner of the schema may do anything; the script of roles grants what each role needs.

-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
	EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', current_schema());
	EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
	EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC', current_schema());
END
$$;
-- +goose StatementEnd
