create table credential (
    id bigint generated always as identity primary key,
    name varchar(128) not null,
    rule_set varchar(32) not null,
    client_ids varchar(8192) not null, -- one a line
    digest varbinary(32) not null, -- HMAC-SHA256 under the master key, never the secret
    created_at timestamp(3) with time zone not null,
    revoked_at timestamp(3) with time zone,
    -- null once revoked, so that a name can be issued anew but is never in force twice
    name_in_force varchar(128) generated always as (case when revoked_at is null then name end) unique
);

create table master_key (
    one boolean default true primary key check (one),
    fingerprint varbinary(32) not null
);
