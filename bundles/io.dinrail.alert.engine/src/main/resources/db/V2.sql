-- The alarm at the device that an alert tells of; empty where a rule raised it.
ALTER TABLE alert ADD COLUMN device_condition CHARACTER VARYING(1000) DEFAULT '' NOT NULL;
