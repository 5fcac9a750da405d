/**
 * A profile, read from its realm file; the fields of realms and clients that it may set, and how
 * each is read, written and changed. Start with {@link io.github.fapipack.profile.ProfileFile}.
 */
package io.github.fapipack.profile;
