DROP TABLE identities;
DROP TABLE sign_on_domains;
DROP TABLE sign_on_providers;
