-- Organisations, kinds of principals and of secrets, rules, keys, tokens, enrolment, certificates, audit.
create table organisation (
    id varchar(64) primary key,
    display_name varchar(128) not null,
    disabled boolean default false not null,
    default_rule_set varchar(128) default 'device' not null,
    closes_on_refused_publish boolean default false not null,
    max_connections int default 0 not null,
    created_at timestamp(3) with time zone not null
);
insert into organisation (id, display_name, created_at) values ('default', 'this plant', current_timestamp);

create table organisation_alias (
    alias varchar(64) primary key,
    organisation varchar(64) not null references organisation (id)
);

alter table credential add column organisation varchar(64) default 'default' not null references organisation (id);
alter table credential add column kind varchar(16) default 'BACKEND' not null;
alter table credential add column display_name varchar(128) default '' not null;
alter table credential add column role varchar(16); -- of people only
alter table credential add column disabled boolean default false not null;
alter table credential add column expires_at timestamp(3) with time zone;
alter table credential add column last_used_at timestamp(3) with time zone;
alter table credential alter column rule_set varchar(128) not null;
update credential set kind = 'DEVICE' where rule_set = 'device';
alter table credential drop column name_in_force;
-- null once revoked, so that a name can be issued anew but is never in force twice
alter table credential add column in_force varchar(193)
    generated always as (case when revoked_at is null then organisation || '/' || name end);
create unique index credential_in_force on credential (in_force);

create table credential_secret (
    id bigint generated always as identity primary key,
    credential bigint not null references credential (id) on delete cascade,
    form varchar(16) not null, -- LEGACY: keyed hash of version 1; ISSUED: keyed hash; CHOSEN: Argon2id
    digest varbinary(256) not null,
    created_at timestamp(3) with time zone not null,
    valid_until timestamp(3) with time zone
);
create index credential_secret_of on credential_secret (credential);
insert into credential_secret (credential, form, digest, created_at)
    select id, 'LEGACY', digest, created_at from credential where revoked_at is null;
alter table credential drop column digest;

create table person_key (
    id bigint generated always as identity primary key,
    credential bigint not null references credential (id) on delete cascade,
    fingerprint varchar(64) not null unique, -- SHA256:…
    key_text varchar(4096) not null,
    added_at timestamp(3) with time zone not null
);

create table rule_set (
    organisation varchar(64) not null references organisation (id),
    name varchar(128) not null,
    document clob not null,
    changed_at timestamp(3) with time zone not null,
    primary key (organisation, name)
);

create table data_key (
    purpose varchar(32) primary key,
    wrapped varbinary(256) not null -- AES-256-GCM under the master key
);

create table api_key (
    id varchar(64) primary key,
    organisation varchar(64) not null references organisation (id),
    name varchar(128) not null,
    patterns varchar(16384) not null, -- one a line
    actions varchar(128) not null, -- with commas
    origins varchar(8192) not null, -- one a line
    disabled boolean default false not null,
    created_at timestamp(3) with time zone not null,
    last_used_at timestamp(3) with time zone
);
create table api_key_secret (
    id bigint generated always as identity primary key,
    api_key varchar(64) not null references api_key (id) on delete cascade,
    sealed varbinary(512) not null,
    valid_until timestamp(3) with time zone
);

create table temporary_token (
    id varchar(36) primary key,
    organisation varchar(64) not null references organisation (id),
    identity varchar(256) not null,
    name varchar(128) not null,
    rule_set varchar(128) not null,
    claims varchar(32768) not null, -- JSON
    life_seconds int not null, -- what a refresh gives anew
    digest varbinary(32) not null,
    previous_digest varbinary(32),
    previous_until timestamp(3) with time zone,
    previous_ends_at timestamp(3) with time zone, -- of connections made with the previous password
    expires_at timestamp(3) with time zone not null
);

create table enrolment (
    organisation varchar(64) not null references organisation (id),
    name varchar(128) not null,
    rule_set varchar(128) not null,
    digest varbinary(32) not null,
    created_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null,
    primary key (organisation, name)
);

create table trusted_ca (
    name varchar(128) primary key,
    organisation varchar(64) not null references organisation (id),
    pem varchar(16384) not null,
    name_from varchar(16) not null,
    crl blob
);
create table client_certificate (
    serial varchar(64) primary key,
    organisation varchar(64) not null references organisation (id),
    name varchar(128) not null,
    fingerprint varchar(64) not null, -- SHA-256 in hexadecimal
    issued_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null,
    revoked_at timestamp(3) with time zone
);

create table audit (
    number bigint primary key,
    at timestamp(3) with time zone not null,
    kind varchar(64) not null,
    actor varchar(300) not null,
    origin varchar(300) not null,
    subject varchar(1100) not null,
    detail varchar(1100) not null,
    hash varbinary(32) not null
);
create table audit_bound (
    which varchar(8) primary key, -- begin: what the oldest entry is chained to; head: the newest entry
    number bigint not null,
    hash varbinary(32) not null,
    seal varbinary(32) not null -- keyed, so that nobody moves a bound without the key
);
