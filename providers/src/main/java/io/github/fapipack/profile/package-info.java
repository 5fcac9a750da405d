/**
 * A profile as its realm file has it, and the fields of realms and clients that it may set: how
 * each is read and written, and what a change of one is. Start with {@link
 * io.github.fapipack.profile.ProfileFile}.
 */
package io.github.fapipack.profile;
