-- Run once by the PostgreSQL image, as its superuser, when the volume is new.
-- The passwords come from the container's environment; without them this fails.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

-- Owns the database and its tables: migrations and content.
CREATE ROLE dreamtree_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner_password';
-- Serves: owns nothing, so row-level security holds for it.
CREATE ROLE dreamtree_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app_password';

CREATE DATABASE dreamtree OWNER dreamtree_owner;
REVOKE ALL ON DATABASE dreamtree FROM PUBLIC;
GRANT CONNECT ON DATABASE dreamtree TO dreamtree_app;
