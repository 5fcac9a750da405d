/**
 * The software of an ecosystem's organisations: which client it has, and whether the directory, its
 * software statement or an administrator has suspended it, withdrawn what it was granted, or
 * removed it. Start with {@link io.github.fapipack.participants.Participants}.
 */
package io.github.fapipack.participants;
