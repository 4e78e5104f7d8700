alter table device add column site varchar(128);
