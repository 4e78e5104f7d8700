create table device (
    id varchar(128) primary key,
    fleet varchar(128),
    gateway varchar(128),
    type varchar(128),
    added_at timestamp(3) with time zone not null
);
