DROP TABLE letter_parts, letters, events, event_heads, api_tokens, secret_links, sessions, members, organisations;
