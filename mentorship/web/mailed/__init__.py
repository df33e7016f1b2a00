"""The pages that links in mails lead to; none of them asks her to sign in."""
