-- seq is the order in which commands were taken; closed says that the state is final; ranking is that of the target that took it.
CREATE TABLE command (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id CHARACTER VARYING(36) NOT NULL UNIQUE,
    device CHARACTER VARYING(128) NOT NULL,
    type CHARACTER VARYING(64) NOT NULL,
    params CHARACTER VARYING NOT NULL,
    state CHARACTER VARYING(16) NOT NULL,
    closed BOOLEAN NOT NULL,
    result CHARACTER VARYING NOT NULL,
    ranking INTEGER NOT NULL,
    sender CHARACTER VARYING(128) NOT NULL,
    created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE INDEX command_closed ON command (closed, seq);
