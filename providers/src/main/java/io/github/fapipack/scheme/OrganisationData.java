package io.github.fapipack.scheme;

import java.util.Set;

/** What an applicant says of an organisation; see {@link Organisation}. */
public record OrganisationData(String name, String number, String country, Set<String> roles) {}
