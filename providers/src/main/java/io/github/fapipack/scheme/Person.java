package io.github.fapipack.scheme;

import java.util.Set;

/** A member of an organisation, or somebody who is invited (then without an id). */
public record Person(String id, String name, String email, Set<Duty> duties) {}
