DROP TABLE provisioned_members;
